package preflab.projects.foreign;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import preflab.projects.store.ImportedRun;

/** {@code trainer_state.json} as Hugging Face's Trainer, and so TRL, LLaMA-Factory and others, leave it. */
final class TrainerState {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-\\d+");

    private TrainerState() {
    }

    /** Whether the text begins like such a file is checked by its list of logged values. */
    static Optional<Found> read(Path file, byte[] bytes) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        JsonNode log = root.path("log_history");
        if (!log.isArray()) {
            return Optional.empty();
        }
        Curves curves = new Curves();
        for (JsonNode entry : log) {
            add(curves, entry);
        }
        if (curves.isEmpty()) {
            throw ForeignImport.bad(file, "its log_history holds no values");
        }
        return Optional.of(new Found(name(file), curves, settings(root), model(file), List.of(), Optional.empty()));
    }

    private static void add(Curves curves, JsonNode entry) {
        JsonNode step = entry.path("step");
        if (!step.isNumber()) {
            return;
        }
        entry.properties().forEach(field -> {
            if (!field.getKey().equals("step") && field.getValue().isNumber()) {
                curves.add(step.asLong(), field.getKey(), field.getValue().asDouble());
            }
        });
    }

    /** Single values beside the log: batch size, steps, epochs. */
    private static Map<String, String> settings(JsonNode root) {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("train_batch_size", "max_steps", "num_train_epochs", "logging_steps", "save_steps",
                "eval_steps")) {
            if (root.path(name).isNumber()) {
                settings.put("trainer." + name, root.path(name).asText());
            }
        }
        return settings;
    }

    /** The folder's name; of a checkpoint the name of the folder it lies in. */
    private static String name(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path above = folder.getParent();
        boolean checkpoint = folder.getFileName() != null
                && CHECKPOINT.matcher(folder.getFileName().toString()).matches();
        Path named = checkpoint && above != null && above.getFileName() != null ? above : folder;
        return named.getFileName() == null ? file.getFileName().toString() : named.getFileName().toString();
    }

    /** What an adapter's or a model's own configuration beside it calls the model it started from. */
    private static String model(Path file) throws IOException {
        for (String[] place : new String[][]{{"adapter_config.json", "base_model_name_or_path"},
                {"config.json", "_name_or_path"}}) {
            Path beside = file.resolveSibling(place[0]);
            if (Files.isRegularFile(beside)) {
                String name = JSON.readTree(Files.readAllBytes(beside)).path(place[1]).asText("");
                if (!name.isBlank()) {
                    return name;
                }
            }
        }
        return ImportedRun.UNKNOWN;
    }
}
