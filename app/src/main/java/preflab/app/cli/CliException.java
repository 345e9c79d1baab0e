package preflab.app.cli;

/** Ends a command with a code and one line for the user: what happened, to what, what is allowed. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Bad usage or bad input. */
    static CliException badInput(String message) {
        return new CliException(Cli.BAD_INPUT, message);
    }

    /** The input was good, the work was not done. */
    static CliException failed(String message) {
        return new CliException(Cli.FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
