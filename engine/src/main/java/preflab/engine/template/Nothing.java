package preflab.engine.template;

/** Python's {@code None}. */
enum Nothing {
    NONE
}
