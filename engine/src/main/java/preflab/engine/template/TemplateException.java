package preflab.engine.template;

/** A template cannot be read, uses what is not supported, or refuses its input. The message names line and column. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean raised;

    private TemplateException(String message, boolean raised) {
        super(message);
        this.raised = raised;
    }

    static TemplateException at(Place place, String problem) {
        return new TemplateException(place + ": " + problem, false);
    }

    /** The template's own {@code raise_exception(message)}. */
    static TemplateException raised(Place place, String message) {
        return new TemplateException(place + ": the template says: " + message, true);
    }

    /** Whether the template itself refused its input, by {@code raise_exception}. */
    public boolean isRaisedByTemplate() {
        return raised;
    }
}
