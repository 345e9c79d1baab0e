package preflab.projects.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import preflab.datasets.importer.Progress;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/**
 * A command of this program in a process of its own, so that a window never loads a model. The command prints JSON, one
 * object a line: {@code {"event":"progress","rows","of"}} while it works, and what came of it at the end.
 *
 * @param launcher
 *            starts this program
 */
public record ChildCommand(SelfLauncher launcher) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOOK_EVERY_MILLIS = 200;
    private static final String PROGRESS = "{\"event\":\"progress\"";

    /**
     * Blocks until the process has ended.
     *
     * @param result
     *            how the line begins that says what came of it
     * @param subject
     *            what a failure is said of
     * @throws InterruptedException
     *             the process is ended then
     * @throws CancellationException
     *             if the progress says so; the process is ended then
     */
    public JsonNode run(Workspace workspace, List<String> arguments, String result, String subject, Progress progress)
            throws InterruptedException {
        try {
            Files.createDirectories(workspace.cache());
            Path log = Files.createTempFile(workspace.cache(), arguments.getFirst(), ".log");
            try {
                Process process = launcher.start(arguments, log,
                        RunLauncher.environment(Runtime.getRuntime().availableProcessors()));
                return followed(process, log, result, subject, progress);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    subject + ": cannot follow its process: " + e.getMessage(), e);
        }
    }

    private static JsonNode followed(Process process, Path log, String result, String subject, Progress progress)
            throws IOException, InterruptedException {
        try {
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (progress.cancelled()) {
                    throw new CancellationException(subject + " was cancelled; nothing changed");
                }
                last(log, PROGRESS).ifPresent(
                        event -> progress.at(event.path("rows").asLong(), event.path("of").asLong()));
            }
            Optional<JsonNode> found = process.exitValue() == 0 ? last(log, result) : Optional.empty();
            return found.orElseThrow(() -> failed(subject, log));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The last line that begins so; libraries may have written other lines, and the last one may not be whole yet. */
    private static Optional<JsonNode> last(Path log, String beginning) throws IOException {
        for (String line : Files.readAllLines(log, StandardCharsets.UTF_8).reversed()) {
            if (line.startsWith(beginning) && line.endsWith("}")) {
                try {
                    return Optional.of(JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    throw new ProjectException(ProjectException.Code.SYSTEM, "not understood: " + line, e);
                }
            }
        }
        return Optional.empty();
    }

    private static ProjectException failed(String subject, Path log) {
        String said;
        try {
            said = Files.readAllLines(log, StandardCharsets.UTF_8).stream().filter(line -> !line.isBlank())
                    .reduce((_, second) -> second).orElse("it said nothing");
        } catch (IOException e) {
            said = "see " + log;
        }
        return new ProjectException(ProjectException.Code.SYSTEM, subject + " failed: " + said);
    }
}
