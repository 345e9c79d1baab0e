package preflab.projects.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import preflab.engine.train.TrainSettings;
import preflab.projects.chart.Numbers;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunSummary;

/** Puts what runs were made of side by side, from what is stored: specs of any age and of unknown objectives too. */
final class Differences {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static final String ENVIRONMENT = "environment";

    /** Where a run does not have a setting. */
    static final String NONE = "–";

    private record Setting(String group, String name) {
    }

    private Differences() {
    }

    /** Facts of a run's environment that its settings or its data say already. */
    private static final Set<String> SAID = Set.of("seed", "dataset_sha256", "evaluation_sha256", "device",
            "precision");

    /** Parts of what is compared, in the order in which they are read. */
    private static final List<String> GROUPS = List.of("data", "model", "objective", "hyper", "settings",
            ENVIRONMENT);

    /**
     * Everything that was set, read and found, alike or not.
     *
     * @param specs
     *            as stored, one for each run
     * @param environments
     *            as many
     * @param data
     *            facts of the rows, as many
     */
    static List<Difference> all(List<String> specs, List<Map<String, String>> environments,
            List<Map<String, String>> data) {
        List<Map<Setting, String>> runs = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Map<Setting, String> run = settings(specs.get(i));
            data.get(i).forEach((name, value) -> run.put(new Setting("data", name), value));
            environments.get(i).forEach((name, value) -> run.put(new Setting(ENVIRONMENT, name), value));
            SAID.forEach(name -> run.remove(new Setting(ENVIRONMENT, name)));
            runs.add(run);
        }
        return sideBySide(runs);
    }

    /**
     * What runs share that differ only in their seed; equal where all other settings are. What other programs leave of a
     * run's settings does not tell two ways of training apart, so each such run stands for itself.
     */
    static Object allButSeed(RunSummary run, String spec) {
        if (!run.hasRunFile()) {
            return run.id();
        }
        Map<Setting, String> settings = settings(spec);
        settings.remove(new Setting("settings", "training.seed"));
        return settings;
    }

    /** The values of one group of settings, by name, as they are shown. */
    static Map<String, String> named(String spec, String group) {
        Map<String, String> named = new LinkedHashMap<>();
        settings(spec).forEach((setting, value) -> {
            if (setting.group().equals(group)) {
                named.put(setting.name(), value);
            }
        });
        return named;
    }

    /** Name and version of the held-out rows; – for none. */
    static String evaluation(String spec) {
        JsonNode rows = parse(spec).path("evaluation");
        return rows.isObject() ? rows.path("dataset").asText() + " v" + rows.path("version").asText() : NONE;
    }

    static Optional<String> evaluationHash(String spec) {
        return Optional.ofNullable(parse(spec).path("evaluation").path("sha256").textValue());
    }

    /** The frozen reference; empty for the initial model. */
    static Optional<String> reference(String spec) {
        return Optional.ofNullable(parse(spec).path("reference").textValue());
    }

    private static List<Difference> sideBySide(List<Map<Setting, String>> runs) {
        Set<Setting> all = new LinkedHashSet<>();
        runs.forEach(run -> all.addAll(run.keySet()));
        return all.stream().sorted(Comparator.comparingInt(setting -> GROUPS.indexOf(setting.group())))
                .map(setting -> new Difference(setting.group(), setting.name(),
                        runs.stream().map(run -> run.getOrDefault(setting, NONE)).toList()))
                .toList();
    }

    /** What a run's held-out metrics were measured on; equal where they can be compared. */
    static String heldOut(String spec) {
        JsonNode root = parse(spec);
        return root.path("evaluation").path("sha256").asText() + " "
                + root.path("settings").path(TrainSettings.EVALUATION_ROWS.id()).asText();
    }

    private static Map<Setting, String> settings(String spec) {
        JsonNode root = parse(spec);
        Map<Setting, String> settings = new LinkedHashMap<>();
        settings.put(new Setting("data", "dataset"), dataset(root.path("dataset")));
        settings.put(new Setting("data", "evaluation"), dataset(root.path("evaluation")));
        settings.put(new Setting("model", "model"), root.path("model").asText(NONE));
        settings.put(new Setting("model", "reference"), text(root.path("reference")));
        settings.put(new Setting("objective", "objective"), root.path("objective").asText(NONE));
        addAll(settings, "hyper", root.path("hyper"));
        addAll(settings, "settings", root.path("settings"));
        return settings;
    }

    /** The rows that a place of a run file names; empty where it names none. */
    static Optional<DatasetVersionId> version(JsonNode rows) {
        return rows.isObject()
                ? Optional.of(new DatasetVersionId(rows.path("dataset").asText(), rows.path("version").asInt(1),
                        rows.path("sha256").asText()))
                : Optional.empty();
    }

    static JsonNode parse(String spec) {
        try {
            return JSON.readTree(spec);
        } catch (JsonProcessingException e) {
            throw new ProjectException(ProjectException.Code.NOT_COMPARABLE, "a run's settings cannot be read", e);
        }
    }

    private static void addAll(Map<Setting, String> settings, String group, JsonNode object) {
        object.properties().forEach(
                property -> settings.put(new Setting(group, property.getKey()), text(property.getValue())));
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return NONE;
        }
        return value.isFloatingPointNumber() ? Numbers.exact(value.doubleValue()) : value.asText();
    }

    /** Equal rows are equal data whatever their name, so the name shows and the hash decides between versions. */
    private static String dataset(JsonNode node) {
        if (!node.isObject()) {
            return NONE;
        }
        String hash = node.path("sha256").asText();
        return node.path("dataset").asText() + " v" + node.path("version").asText() + " ("
                + hash.substring(0, Math.min(8, hash.length())) + ")";
    }
}
