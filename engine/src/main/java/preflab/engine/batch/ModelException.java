package preflab.engine.batch;

/** A model folder cannot be used or written: the message names the file, what is wrong with it and what is allowed. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
