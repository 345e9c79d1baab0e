package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;

class OutputTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void numbersThatAreNotFiniteAreStrings() {
        output(true).json(Map.of("loss", Double.NaN));
        output(true).json(Map.of("loss", Double.NEGATIVE_INFINITY));
        assertThat(out.toString().lines()).containsExactly("{\"loss\":\"NaN\"}", "{\"loss\":\"-Infinity\"}");
    }

    @Test
    void jsonSilencesWordsAndWordsSilenceJson() {
        output(true).text("words");
        output(false).json(Map.of("a", 1));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void progressGoesToStandardError() {
        output(true).progress("half-way");
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("half-way" + System.lineSeparator());
    }

    @Test
    void eventsAreLinesInOrderWithTheirMetrics() {
        EventPrinter printer = new EventPrinter(7, 3, output(true));
        printer.on(new RunEvent.Measured(1, Map.of("loss", 0.5, "kl", Double.POSITIVE_INFINITY)));
        printer.on(new RunEvent.Ended(Outcome.DIVERGED, 1, "loss is NaN", Map.of()));
        assertThat(out.toString().lines()).containsExactly(
                "{\"event\":\"measured\",\"run\":7,\"step\":1,\"metrics\":{\"kl\":\"Infinity\",\"loss\":0.5}}",
                "{\"event\":\"ended\",\"run\":7,\"step\":1,\"outcome\":\"DIVERGED\",\"message\":\"loss is NaN\",\"metrics\":{}}");
    }

    private Output output(boolean json) {
        return new Output(new PrintWriter(out, true), new PrintWriter(err, true), json);
    }
}
