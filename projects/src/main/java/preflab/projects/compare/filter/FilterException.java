package preflab.projects.compare.filter;

/** A filter that cannot be read; the message says what was expected, {@link #at} where. */
public final class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int at;

    FilterException(int at, String message) {
        super(message);
        this.at = at;
    }

    /** Index of the character where reading stopped, from 0; the text's length for its end. */
    public int at() {
        return at;
    }
}
