package preflab.projects.run;

import preflab.projects.store.Pending;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts this very program again, headless, in a session of its own, from a checkout's class path as well as from a
 * packaged application.
 */
public record SelfLauncher(String mainClass) {

    /** The program's main class, where it is not packaged. */
    public static final String MAIN_CLASS = "preflab.app.Main";

    /** Starts this program. */
    public static SelfLauncher thisProgram() {
        return new SelfLauncher(MAIN_CLASS);
    }

    /** The command line that would be started. */
    public List<String> commandLine(List<String> arguments) {
        return Pending.value();
    }

    /** Starts the program with these arguments; output and errors are appended to the log, input is empty. */
    public Process start(List<String> arguments, Path log) {
        return Pending.value();
    }
}
