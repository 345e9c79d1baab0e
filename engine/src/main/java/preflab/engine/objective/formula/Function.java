package preflab.engine.objective.formula;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a formula can apply. */
enum Function {
    /** log σ(x). */
    LS(1),
    /** σ(x). */
    SIGMOID(1),
    /** log(1 + eˣ). */
    SOFTPLUS(1), EXP(1), LOG(1), TANH(1), ABS(1), SQUARE(1),
    /** max(0, x). */
    RELU(1),
    /** x without its gradient. */
    SG(1), MIN(2), MAX(2);

    private final int arguments;

    Function(int arguments) {
        this.arguments = arguments;
    }

    int arguments() {
        return arguments;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Function> of(String name) {
        return Arrays.stream(values()).filter(function -> function.id().equals(name)).findFirst();
    }
}
