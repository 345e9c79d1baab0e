package preflab.engine.objective;

/** The loss as LaTeX for typesetting, and as plain text for terminals. */
public record Formula(String latex, String plain) {
}
