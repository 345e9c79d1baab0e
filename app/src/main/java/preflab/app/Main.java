package preflab.app;

import javafx.application.Application;
import preflab.app.cli.Cli;
import preflab.app.user.Logging;
import preflab.app.user.UserFolders;
import preflab.app.shell.PreflabApp;

/**
 * Where every process of Preflab starts: the window without arguments, a command with them. Not a JavaFX
 * {@code Application} itself, because such a class cannot be started from the class path; no class of the toolkit is
 * loaded for a command.
 */
public final class Main {

    private Main() {
    }

    /** Starts the window or runs one command; ends the process with the command's exit code. */
    public static void main(String[] args) {
        Logging.setUp(args);
        UserFolders.setPlugins();
        if (args.length == 0) {
            Application.launch(PreflabApp.class);
        } else {
            System.exit(Cli.runOnStandardStreams(args));
        }
    }
}
