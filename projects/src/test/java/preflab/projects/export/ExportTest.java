package preflab.projects.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.Sample;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.ToyRuns;
import preflab.projects.store.EventWriter;
import preflab.projects.store.Specs;
import preflab.projects.workspace.OpenWorkspace;

class ExportTest extends OpenWorkspace {

    private static final String NASTY = "</td><script>alert('x')</script>&nbsp;\" \u0001 ]]> http://evil.example";

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theReportIsWellFormedAndLoadsNothing() throws Exception {
        int a = ToyRuns.finished(workspace, "first", Map.of(), 500, 200, 250);
        int b = ToyRuns.finished(workspace, "second", Map.of("optimizer.learning_rate", "0.001"), 500, 200, 400);
        int c = ToyRuns.finished(workspace, "third", Map.of("training.seed", "9"), 500, 200, 190);
        Path file = Path.of("target", "report", "report.html");
        HtmlReport.write(Comparison.of(workspace, List.of(a, b, c), a), file);
        String html = Files.readString(file);
        Document document = parsed(html);

        assertThat(html).doesNotContain("http://", "https://", "<script", "src=", "href=", "@import", "url(");
        assertThat(document.getElementsByTagName("figure").getLength()).isEqualTo(6);
        assertThat(html).contains("80.0 %", "against ★", "these seeds only", "+30.0", "optimizer.learning_rate");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        int run = workspace.runs().create(Specs.sft(NASTY));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Sampled(0, "samples",
                    List.of(new Sample(0, NASTY, NASTY, Optional.of(NASTY), Optional.of(false)))));
            writer.on(new RunEvent.Measured(1, Map.of(NASTY, Double.NaN, "loss", Double.POSITIVE_INFINITY)));
            writer.on(new RunEvent.Measured(2, Map.of(NASTY, 1.0, "loss", 1.0)));
            writer.on(new RunEvent.Ended(Outcome.DIVERGED, 2, NASTY, Map.of()));
        }
        Document document = parsed(HtmlReport.html(Comparison.of(workspace, List.of(run))));

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).contains("</td><script>");
    }

    @Test
    void csvKeepsEveryValueExactly() throws Exception {
        int run = workspace.runs().create(Specs.sft("numbers"));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Measured(1, Map.of("loss", Math.PI)));
            writer.on(new RunEvent.Measured(2, Map.of("loss", Double.NaN, "odd,\"key\"", Double.NEGATIVE_INFINITY)));
        }
        Path file = folder.resolve("new/metrics.csv");
        MetricExport.csv(workspace, run, file);

        assertThat(file).hasContent("step,key,value\n1,loss,3.141592653589793\n2,loss,NaN\n"
                + "2,\"odd,\"\"key\"\"\",-Infinity\n");
    }

    @Test
    void jsonHoldsSpecOutcomeAndPoints() throws Exception {
        int run = ToyRuns.finished(workspace, "json", Map.of(), 10, 2, 5);
        Path file = folder.resolve("run.json");
        MetricExport.json(workspace, run, file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());

        assertThat(json.path("state").asText()).isEqualTo("FINISHED");
        assertThat(json.path("spec").path("name").asText()).isEqualTo("json");
        assertThat(json.path("environment").path("device").asText()).isEqualTo("cpu");
        assertThat(json.path("metrics").path("eval/accuracy").toString()).isEqualTo("[[0,0.2],[100,0.3],[200,0.5]]");
    }

    @Test
    void eventFilesOfTensorBoardHoldEveryValueUnderCheckedRecords() throws Exception {
        int run = ToyRuns.finished(workspace, "a/b: β", Map.of(), 20, 4, 10);
        Path logs = folder.resolve("logs");
        Path own = TensorBoardExport.write(workspace, run, logs);

        assertThat(own.getFileName().toString()).isEqualTo("001 a_b_ β");
        byte[] bytes;
        try (Stream<Path> files = Files.list(own)) {
            bytes = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int records = 0;
        while (buffer.hasRemaining()) {
            byte[] data = new byte[(int) buffer.getLong(buffer.position())];
            assertThat(masked(bytes, buffer.position(), 8)).isEqualTo(buffer.getInt(buffer.position() + 8));
            buffer.position(buffer.position() + 12).get(data);
            assertThat(masked(data, 0, data.length)).isEqualTo(buffer.getInt());
            records++;
        }
        // the version, 200 steps of 4 metrics, 3 evaluations of 3
        assertThat(records).isEqualTo(1 + 200 * 4 + 3 * 3);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("brain.Event:2", "rewards/margins");
    }

    private static int masked(byte[] data, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, from, length);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }
}
