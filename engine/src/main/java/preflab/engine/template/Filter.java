package preflab.engine.template;

/** What stands behind {@code |}. */
@FunctionalInterface
interface Filter {

    Object apply(Object value, Arguments arguments);
}
