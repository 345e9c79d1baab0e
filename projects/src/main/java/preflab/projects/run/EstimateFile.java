package preflab.projects.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.store.WholeFile;
import preflab.engine.train.MemoryEstimate;
import preflab.engine.train.StepTime;

/** {@code estimate.json} in a run's folder. Without it a run goes on ungraded: it never fails one. */
final class EstimateFile {

    private static final Logger LOG = LoggerFactory.getLogger(EstimateFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "estimate.json";

    private EstimateFile() {
    }

    static void write(Path folder, LaunchEstimate estimate) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode parts = root.putObject("bytes");
        estimate.memory().bytes().forEach((part, bytes) -> parts.put(name(part), bytes));
        estimate.time().ifPresent(time -> root.putObject("step").put("seconds", time.seconds())
                .put("more", time.more()).put("epoch", time.epoch()));
        root.put("steps", estimate.steps()).put("free", estimate.free()).put("gpu", estimate.onGpu());
        try {
            WholeFile.writeText(folder.resolve(NAME), out -> out.write(root.toString()));
        } catch (IOException e) {
            LOG.warn("the estimate cannot be kept in {}: {}", folder, e.toString());
        }
    }

    static Optional<LaunchEstimate> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(file.toFile());
            Map<MemoryEstimate.Part, Long> parts = new EnumMap<>(MemoryEstimate.Part.class);
            for (MemoryEstimate.Part part : MemoryEstimate.Part.values()) {
                JsonNode bytes = root.path("bytes").path(name(part));
                if (bytes.isNumber()) {
                    parts.put(part, bytes.asLong());
                }
            }
            JsonNode step = root.path("step");
            Optional<StepTime> time = step.isObject()
                    ? Optional.of(new StepTime(step.path("seconds").asDouble(), step.path("more").asDouble(),
                            step.path("epoch").asDouble()))
                    : Optional.empty();
            return Optional.of(LaunchEstimate.kept(parts, time, root.path("steps").asInt(),
                    root.path("free").asLong(), root.path("gpu").asBoolean()));
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static String name(MemoryEstimate.Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
