package preflab.projects.compare.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilterTest {

    private static final Map<String, Object> RUN = Map.of("beta", "0.1", "objective", "dpo", "name", "my DPO run",
            "seed",
            2.0, "eval/accuracy", 0.61, "loss", Double.NaN, "optimizer.learning_rate", "1e-4", "other", "x");

    private static boolean finds(String filter) {
        return RunFilter.parse(filter, RUN::containsKey).test(name -> Optional.ofNullable(RUN.get(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "beta > 0.05 and objective in (dpo, ipo)", "beta = 0.10", "objective = DPO",
            "eval/accuracy>=0.61", "not beta < 0.1", "name ~ \"dpo run\"", "seed not in (1, 3)",
            "optimizer.learning_rate <= 0.0001", "objective = ipo or seed = 2 and beta = 0.1", "loss = NaN",
            "(objective = ipo or seed = 2) and beta != 0.2", "BETA > 0 or beta > 0", "objective != ipo"})
    void findsTheRun(String filter) {
        assertThat(RunFilter.parse(filter, name -> true).test(name -> Optional.ofNullable(RUN.get(name)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta > 0.1", "objective in (ipo, kto)", "objective = ipo or seed = 2 and beta = 0.2",
            "(objective = ipo or seed = 2) and beta = 0.2", "not objective = dpo", "loss > 0", "loss >= 0", "loss < 0",
            "seed = 10", "seed not in (2)"})
    void doesNotFindTheRun(String filter) {
        assertThat(finds(filter)).isFalse();
    }

    @Test
    void numbersCompareAsNumbersAndNotAsTexts() {
        assertThat(finds("seed < 10")).isTrue();
    }

    @Test
    void aRunWithoutTheNameIsNotFoundWhateverIsAsked() {
        for (String filter : new String[]{"lambda = 1", "lambda != 1", "lambda not in (1)"}) {
            assertThat(RunFilter.parse(filter, name -> true).test(name -> Optional.empty())).as(filter).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"beta > | 6 | expected a number or a text at the end",
            "beta 0.1 | 5 | expected =, !=, <, <=, >, >=, ~ or in, not “0.1”",
            "gamma > 1 | 0 | no run has a setting or metric “gamma”",
            "beta > 1 objective = dpo | 9 | expected and, or, or the end, not “objective”",
            "objective in (dpo | 17 | expected “)” at the end", "objective in dpo | 13 | expected “(”, not “dpo”",
            "and beta = 1 | 0 | expected the name of a setting or a metric, not “and”",
            "beta = 1 and | 12 | expected the name of a setting or a metric at the end",
            "name = \"dpo | 7 | the quote that begins here does not end",
            "beta = 1 & seed = 2 | 9 | “&” means nothing here; quote texts that hold it"})
    void errorsPointAtTheCharacter(String filter, int at, String message) {
        FilterException error = catchThrowableOfType(FilterException.class, () -> finds(filter));

        assertThat(error).hasMessage(message);
        assertThat(error.at()).isEqualTo(at);
    }

    @Test
    void aNameThatNoRunHasIsMetWithThoseItMayStandFor() {
        FilterException error = catchThrowableOfType(FilterException.class,
                () -> RunFilter.parse("bta > 1", RUN::containsKey, RUN::keySet));
        assertThat(error).hasMessage("no run has a setting or metric “bta”; did you mean beta?");
        assertThat(catchThrowableOfType(FilterException.class,
                () -> RunFilter.parse("accuracy > 1", RUN::containsKey, RUN::keySet)))
                .hasMessageEndingWith("did you mean eval/accuracy?");
        assertThat(catchThrowableOfType(FilterException.class,
                () -> RunFilter.parse("zzz > 1", RUN::containsKey, RUN::keySet))).hasMessageEndingWith("“zzz”");
        assertThat(Meant.distance("kitten", "sitting")).isEqualTo(3);
    }
}
