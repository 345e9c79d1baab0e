package preflab.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.user.Logging;

/** Turns what a command threw into one line and an exit code. Stack traces go to the log alone. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {
    }

    static int report(Throwable thrown, PrintWriter err) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof CliException told) {
            return tell(err, told.getMessage(), told.exitCode());
        }
        LOG.error("a command failed", thrown);
        if (cause instanceof NoSuchFileException missing) {
            return tell(err, "there is no file or folder " + missing.getFile(), Cli.BAD_INPUT);
        }
        if (cause instanceof FileSystemException file) {
            return tell(err, "cannot read or write " + file.getMessage(), Cli.FAILED);
        }
        if (isOurs(cause) && cause.getMessage() != null) {
            return tell(err, cause.getMessage(), Cli.BAD_INPUT);
        }
        String where = Logging.folder().map(folder -> "; details are in the newest log in " + folder).orElse("");
        return tell(err, "unexpected: " + cause + where, Cli.FAILED);
    }

    private static int tell(PrintWriter err, String message, int code) {
        err.println("preflab: " + Cli.oneLine(message));
        return code;
    }

    /** A module's own exception says what happened, to what and what is allowed. */
    private static boolean isOurs(Throwable cause) {
        return cause.getClass().getName().startsWith("preflab.");
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapper = thrown instanceof java.io.UncheckedIOException;
        return wrapper && thrown.getCause() instanceof IOException inner ? inner : thrown;
    }
}
