package preflab.engine.template;

/** What stands behind {@code is}. */
@FunctionalInterface
interface Test {

    boolean holds(Object value, Arguments arguments);
}
