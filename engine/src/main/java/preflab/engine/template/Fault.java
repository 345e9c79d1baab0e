package preflab.engine.template;

/** What went wrong with values; the renderer adds where. */
final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean raised;

    Fault(String message) {
        this(message, false);
    }

    private Fault(String message, boolean raised) {
        super(message, null, false, false);
        this.raised = raised;
    }

    static Fault raised(String message) {
        return new Fault(message, true);
    }

    static Fault unsupported(String construct) {
        return new Fault(construct + " is not supported in chat templates");
    }

    TemplateException at(Place place) {
        return raised ? TemplateException.raised(place, getMessage()) : TemplateException.at(place, getMessage());
    }
}
