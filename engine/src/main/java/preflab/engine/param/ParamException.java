package preflab.engine.param;

/** A setting that cannot be used: the message names it, its value and what is allowed. */
public final class ParamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ParamException(String message) {
        super(message);
    }
}
