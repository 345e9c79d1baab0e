package preflab.engine.template;

/** Something that can be called: a function, a method bound to its value, a macro. */
@FunctionalInterface
interface Callable {

    Object call(Arguments arguments);
}
