package preflab.engine.objective.golden;

/** A file that does not hold worked examples in the known format: the message says which file and what is wrong. */
public final class GoldenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GoldenException(String message) {
        super(message);
    }

    public GoldenException(String message, Throwable cause) {
        super(message, cause);
    }
}
