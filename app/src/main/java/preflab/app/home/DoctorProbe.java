package preflab.app.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import preflab.app.widget.Words;
import preflab.projects.run.SelfLauncher;

/** Runs {@code doctor --json} in a process of its own, so that the window never loads the engine. */
public final class DoctorProbe implements HealthProbe {

    private static final int PATIENCE_SECONDS = 120;

    @Override
    public Health look() throws IOException, InterruptedException {
        Path log = Files.createTempFile("preflab-doctor", ".log");
        try {
            Process doctor = SelfLauncher.thisProgram().start(List.of("doctor", "--json"), log, Map.of());
            if (!doctor.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                doctor.destroyForcibly();
                throw new IOException("the self-test did not end within " + PATIENCE_SECONDS + " s");
            }
            return parse(Files.readAllLines(log, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** The report is one JSON object on a line of its own; libraries may have written other lines. */
    static Health parse(List<String> lines) throws IOException {
        for (String line : lines.reversed()) {
            if (line.startsWith("{")) {
                return health(new ObjectMapper().readTree(line));
            }
        }
        throw new IOException("the self-test said: " + String.join(" / ", lines));
    }

    private static Health health(JsonNode report) {
        List<Health.Check> checks = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            checks.add(new Health.Check(check.path("name").asText(), check.path("ok").asBoolean(),
                    check.path("detail").asText()));
        }
        return new Health(words(report.path("engine")), words(report.path("device")), memory(report.path("memory")),
                checks);
    }

    private static String memory(JsonNode node) {
        return node.has("total_bytes")
                ? Words.bytes(node.path("free_bytes").asLong()) + " free of "
                        + Words.bytes(node.path("total_bytes").asLong())
                : words(node);
    }

    private static String words(JsonNode node) {
        if (node.isValueNode()) {
            return node.asText();
        }
        List<String> parts = new ArrayList<>();
        node.properties().forEach(e -> parts.add(e.getKey().replace('_', ' ') + " " + e.getValue().asText()));
        return String.join(", ", parts);
    }
}
