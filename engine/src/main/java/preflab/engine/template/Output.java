package preflab.engine.template;

/** The text a template makes, which must stay below 64 MB. */
final class Output {

    private static final int LONGEST = 1 << 25;

    private final StringBuilder text = new StringBuilder();

    void add(String more) {
        if (text.length() + (long) more.length() > LONGEST) {
            throw new Fault("the template makes more than " + LONGEST + " characters");
        }
        text.append(more);
    }

    String text() {
        return text.toString();
    }
}
