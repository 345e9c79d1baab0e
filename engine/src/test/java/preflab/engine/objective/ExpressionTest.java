package preflab.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.engine.lab.LossCurve;
import preflab.engine.lab.LossCurves;
import preflab.engine.param.ParamException;

/** Typed losses against the ones written in Java, and what is said of texts that are none. */
class ExpressionTest {

    private static final double[] AT = IntStream.rangeClosed(-40, 40).mapToDouble(i -> i / 4.0).toArray();

    private static LossCurve curve(String objective, Map<String, String> values) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        return LossCurves.of(type, type.values(values), AT).getFirst();
    }

    @Test
    void typedDpoIsDpoBitForBit() {
        LossCurve typed = curve("expression", Map.of("formula", "-ls(beta*h_w - beta*h_l)", "beta", "0.3"));
        LossCurve dpo = curve("dpo", Map.of("beta", "0.3"));

        for (int i = 0; i < AT.length; i++) {
            assertThat(typed.loss(i)).isEqualTo(dpo.loss(i));
            assertThat(typed.pull(i)).isEqualTo(dpo.pull(i));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"-ls(beta*(h_w-h_l)) | dpo", "(h_w-h_l-1/(2*beta))^2 | ipo",
            "square(h_w-h_l-0.5/beta) | ipo", "max(0, 1-beta*(h_w-h_l)) | hinge", "relu(1-beta*(h_w-h_l)) | hinge",
            "-ls(beta*(h_w-h_l)) - 0*A_w | dpo", "softplus(-beta*(S_w-R_w-S_l+R_l)) | dpo",
            "log(1+exp(-beta*(h_w-h_l))) | dpo"})
    void theSameLossWrittenOtherwiseHasTheSameValuesAndSlopes(String formula, String objective) {
        LossCurve typed = curve("expression", Map.of("formula", formula, "beta", "0.25"));
        LossCurve builtIn = curve(objective, Map.of("beta", "0.25"));

        for (int i = 0; i < AT.length; i++) {
            assertThat(typed.loss(i)).isCloseTo(builtIn.loss(i), within(1e-9));
            if (i != 56) { // where hinge bends, either slope will do
                assertThat(typed.pull(i)).isCloseTo(builtIn.pull(i), within(1e-9));
            }
        }
    }

    @Test
    void aFormulaWithoutLogRatiosNeedsNoReference() {
        ObjectiveType<?> type = Objectives.find("expression").orElseThrow();

        assertThat(type.needs().apply(type.values(Map.of("formula", "-ls(beta*(A_w-A_l)-gamma)"))).reference())
                .isFalse();
        assertThat(type.defaultNeeds().reference()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"-ls(beta*(hx-h_l)) | at character 11 | there is no name \"hx\"; known: A_l",
            "-ls(beta*(h_w-h_l) | at character 19 | expected \")\"", "foo(h_w) | at character 1 | no function \"foo\"",
            "h_w h_l | at character 5 | expected an operator or the end", "h_w + | at character 6 | expected a number",
            "min(h_w) | at character 8 | expected \",\"", "1..2*h_w | at character 1 | not a number",
            "beta | at least one of | S_w"})
    void whatIsNoFormulaIsSaidWithItsPlace(String formula, String place, String problem) {
        ObjectiveType<?> type = Objectives.find("expression").orElseThrow();

        assertThatThrownBy(() -> type.values(Map.of("formula", formula))).isInstanceOf(ParamException.class)
                .hasMessageContaining(place).hasMessageContaining(problem);
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackIsSpent() {
        ObjectiveType<?> type = Objectives.find("expression").orElseThrow();

        assertThatThrownBy(() -> type.values(Map.of("formula", "(".repeat(100_000) + "h_w")))
                .isInstanceOf(ParamException.class).hasMessageContaining("nested");
        assertThatThrownBy(() -> type.values(Map.of("formula", "h_w" + "^2".repeat(100_000))))
                .isInstanceOf(ParamException.class).hasMessageContaining("nested");
    }
}
