package preflab.engine.train;

/** A run cannot be prepared or carried on: the message says what is wrong, with what, and what is allowed. */
public final class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainException(String message) {
        super(message);
    }

    public TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
