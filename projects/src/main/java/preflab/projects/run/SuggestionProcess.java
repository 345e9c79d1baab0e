package preflab.projects.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.SuggestionQuality;
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.run.Suggesting.Suggested;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/**
 * {@link Suggesting#make} in a process of its own ({@code label suggest … --json}), so that a window never loads a model.
 *
 * @param launcher
 *            starts this program
 */
public record SuggestionProcess(SelfLauncher launcher) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOOK_EVERY_MILLIS = 200;

    /** With this program. */
    public static SuggestionProcess ofThisProgram() {
        return new SuggestionProcess(SelfLauncher.thisProgram());
    }

    /**
     * As {@link Suggesting#make}; blocks until the process has ended.
     *
     * @throws InterruptedException
     *             the process is ended then, and nothing changed
     */
    public Suggested make(Workspace workspace, int run, Optional<Basis> basis, DatasetVersionId version,
            Progress progress) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("label", "suggest", version.dataset() + "@" + version.version(),
                        "--project", workspace.folder().toString(), "--run", Integer.toString(run), "--json"));
        basis.ifPresent(by -> arguments.addAll(List.of("--by", by.id())));
        try {
            Files.createDirectories(workspace.cache());
            Path log = Files.createTempFile(workspace.cache(), "suggest", ".log");
            try {
                return followed(launcher.start(arguments, log,
                        RunLauncher.environment(Runtime.getRuntime().availableProcessors())), log, run, progress);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    "cannot follow the process that makes suggestions: " + e.getMessage(), e);
        }
    }

    private static Suggested followed(Process process, Path log, int run, Progress progress)
            throws IOException, InterruptedException {
        try {
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (progress.cancelled()) {
                    throw new CancellationException("suggesting was cancelled; nothing changed");
                }
                last(log, "progress").ifPresent(
                        event -> progress.at(event.path("rows").asLong(), event.path("of").asLong()));
            }
            return last(log, "suggested").map(event -> suggested(event, run)).orElseThrow(() -> failed(run, log));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Suggested suggested(JsonNode event, int run) {
        JsonNode quality = event.path("quality");
        return new Suggested(run, Basis.of(event.path("by").asText()).orElseThrow(),
                event.path("suggestions").asInt(),
                new SuggestionQuality(quality.path("n").asInt(), number(quality, "accuracy"),
                        number(quality, "majority"), number(quality, "kappa"), number(quality, "auc")));
    }

    /** Numbers that are none come as texts. */
    private static double number(JsonNode quality, String name) {
        JsonNode value = quality.path(name);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** The last event of this name; libraries may have written other lines, and the last one may not be whole yet. */
    private static Optional<JsonNode> last(Path log, String name) throws IOException {
        for (String line : Files.readAllLines(log, StandardCharsets.UTF_8).reversed()) {
            if (line.startsWith("{\"event\":\"" + name) && line.endsWith("}")) {
                try {
                    return Optional.of(JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    throw new ProjectException(ProjectException.Code.SYSTEM, "not understood: " + line, e);
                }
            }
        }
        return Optional.empty();
    }

    private static ProjectException failed(int run, Path log) {
        String said;
        try {
            said = Files.readAllLines(log, StandardCharsets.UTF_8).stream().filter(line -> !line.isBlank())
                    .reduce((_, second) -> second).orElse("it said nothing");
        } catch (IOException e) {
            said = "see " + log;
        }
        return new ProjectException(ProjectException.Code.SYSTEM, "run " + run + " made no suggestions: " + said);
    }
}
