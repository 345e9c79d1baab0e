package preflab.projects.store;

/** Something about a project could not be done; the message says what, to what, and what is possible. */
public final class ProjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable names of what can go wrong. */
    public enum Code {
        /** The folder holds no project, or something that is not one is in the way. */
        NOT_A_PROJECT,
        /** A newer program wrote the project. */
        NEWER_PROJECT,
        /** SQLite's locks cannot be trusted on this file system. */
        NETWORK_FOLDER,
        /** There is no run with this number. */
        NO_SUCH_RUN,
        /** Another process is executing this run. */
        RUN_IS_BUSY,
        /** The run is in a state in which this cannot be done. */
        WRONG_STATE,
        /** No model can be found under this name. */
        NO_SUCH_MODEL,
        /** Runs cannot be compared like this. */
        NOT_COMPARABLE,
        /** The file holds no run of another program that can be read. */
        NOT_A_RUN,
        /** The operating system refused to read, write or start something. */
        SYSTEM
    }

    private final Code code;

    public ProjectException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public ProjectException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
