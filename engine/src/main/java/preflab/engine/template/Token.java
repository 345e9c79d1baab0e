package preflab.engine.template;

/**
 * A piece of a tag.
 *
 * @param text
 *            a name, an operator, or the value of a string
 */
record Token(Kind kind, String text, Place at) {

    enum Kind {
        NAME, STRING, INTEGER, FLOAT, OPERATOR, END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the tag" : kind == Kind.STRING ? "the string '" + text + "'" : text;
    }
}
