package preflab.engine.tensor;

/** The engine cannot do what was asked: the message says what, to what, and what can be done. */
public final class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TensorException(String message) {
        super(message);
    }

    public TensorException(String message, Throwable cause) {
        super(message, cause);
    }
}
