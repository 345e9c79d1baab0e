package preflab.projects.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.workspace.Workspace;

/** The metrics of a run as files for other programs. */
public final class MetricExport {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private MetricExport() {
    }

    /** {@code step,key,value} lines with full precision; NaN, Infinity and -Infinity are written as such. */
    public static void csv(Workspace workspace, int run, Path file) {
        RunStore runs = workspace.runs();
        StringBuilder text = new StringBuilder("step,key,value\n");
        for (String key : runs.metricKeys(run)) {
            Series series = runs.series(run, key);
            for (int i = 0; i < series.size(); i++) {
                text.append(series.step(i)).append(',').append(quoted(key)).append(',').append(series.value(i))
                        .append('\n');
            }
        }
        TextFile.write(file, text);
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** One JSON object: spec, environment, outcome and every metric's points; values that JSON lacks are texts. */
    public static void json(Workspace workspace, int run, Path file) {
        RunStore runs = workspace.runs();
        RunSummary summary = runs.summary(run);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField("run", run);
            json.writeStringField("name", summary.name());
            json.writeStringField("state", summary.state().name());
            json.writeStringField("message", summary.message());
            json.writeFieldName("spec");
            json.writeTree(JSON.readTree(runs.specJson(run)));
            json.writePOJOField("environment", runs.environment(run));
            json.writeObjectFieldStart("metrics");
            for (String key : runs.metricKeys(run)) {
                json.writeFieldName(key);
                points(json, runs.series(run, key));
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write run " + run + " as JSON", e);
        }
        TextFile.write(file, text.getBuffer());
    }

    private static void points(JsonGenerator json, Series series) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < series.size(); i++) {
            json.writeStartArray();
            json.writeNumber(series.step(i));
            json.writeNumber(series.value(i)); // the generator quotes NaN and infinities
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
