package preflab.engine.template;

/**
 * What a name stands for that nobody has set: false, empty, printed as nothing, and an error in any computation.
 *
 * @param what
 *            says what was looked for
 */
record Undefined(String what) {

    static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined of(Object owner, Object key) {
        return new Undefined("a " + Values.typeName(owner) + " has no " + Values.repr(key));
    }

    Fault fault() {
        return new Fault(what);
    }
}
