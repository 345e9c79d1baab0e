package preflab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides where logs go, before the first logger exists: a file under the user's state folder, or, in a run's own
 * process, the standard error stream that the launcher sent to the run's {@code process.log}. Never standard output.
 */
public final class Logging {

    /** Read by {@code logback.xml}. */
    private static final String FOLDER = "preflab.log.folder";

    private Logging() {
    }

    /** Call once, first of all. */
    public static void setUp(String[] args) {
        if (args.length > 0 && args[0].equals("run-worker")) {
            System.setProperty("logback.configurationFile", "logback-run.xml");
            return;
        }
        if (System.getProperty(FOLDER) == null) {
            System.setProperty(FOLDER, usable(userFolder()).toString());
        }
    }

    /** The folder of the log files; empty in a run's own process. */
    public static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
    }

    private static Path userFolder() {
        String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        if (system.contains("mac")) {
            return home.resolve("Library/Logs/Preflab");
        }
        if (system.contains("windows")) {
            return environment("LOCALAPPDATA").orElse(home).resolve("Preflab").resolve("logs");
        }
        return environment("XDG_STATE_HOME").orElse(home.resolve(".local/state")).resolve("preflab");
    }

    private static Optional<Path> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank()).map(Path::of);
    }

    /** A home that cannot be written (a container, a locked-down account) must not stop the program. */
    private static Path usable(Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException e) {
            // falls through: logs then live in the temporary folder
        }
        return Path.of(System.getProperty("java.io.tmpdir")).resolve("preflab-" + System.getProperty("user.name"));
    }
}
