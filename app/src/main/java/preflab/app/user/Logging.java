package preflab.app.user;

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
            System.setProperty(FOLDER, UserFolders.logs().toString());
        }
    }

    /** The folder of the log files; empty in a run's own process. */
    public static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
    }
}
