package preflab.app.label;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import preflab.datasets.example.TokenCounter;
import preflab.datasets.label.LabelSession;

/** Takes what is typed into the line under the example. */
final class TypingControl {

    private final LabelModel model;
    private final Consumer<Function<LabelSession, String>> run;

    private TokenCounter tokens = text -> {
        throw new IllegalArgumentException("no model is known whose tokens could be counted");
    };

    /**
     * @param run
     *            acts on the session
     */
    TypingControl(LabelModel model, Consumer<Function<LabelSession, String>> run) {
        this.model = model;
        this.run = run;
    }

    void setTokens(TokenCounter counter) {
        tokens = counter;
    }

    void ask(Ask ask) {
        model.askProblemProperty().set("");
        model.askProperty().set(ask);
    }

    /** What stands in the line when it opens. */
    String startText(Ask ask) {
        return ask == Ask.NOTE && model.pageProperty().get() != null ? model.pageProperty().get().note() : "";
    }

    /** Takes what was typed, or says why not. */
    void answer(String text) {
        Ask ask = model.askProperty().get();
        TypedAnswer typed = new TypedAnswer(model.totalProperty().get(), tokens);
        Optional<String> problem = typed.problem(ask, text);
        model.askProblemProperty().set(problem.orElse(""));
        if (problem.isEmpty()) {
            model.askProperty().set(Ask.NOTHING);
            run.accept(typed.act(ask, text.strip()));
        }
    }
}
