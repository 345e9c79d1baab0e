package preflab.engine.batch;

/** What becomes of a row on its way into batches. */
public enum RowFate {
    /** It is trained on as it is. */
    WHOLE("used whole"),
    /** It is trained on, but its prompt was cut. */
    CUT_PROMPT("used, its prompt cut"),
    /** It is trained on, but a completion of it was cut. */
    CUT_COMPLETION("used, a completion cut"),
    /** It is trained on, but its prompt and a completion were cut. */
    CUT_BOTH("used, its prompt and a completion cut"),
    /** It is longer than the limit, and such rows are left out. */
    DROPPED("left out as too long"),
    /** It says nothing to the objective, such as a rejected answer to SFT. */
    SILENT("says nothing to the objective"),
    /** Its prompt fills the limit: cutting leaves nothing of an answer. */
    PROMPT_FILLS("the prompt fills the limit, nothing is left to learn from"),
    /** Its two sides are the same tokens, from the start or after cutting. */
    EQUAL_SIDES("both sides are equal"),
    /** No token of an answer is marked. */
    NOTHING_MARKED("no token takes part in the loss");

    private final String label;

    RowFate(String label) {
        this.label = label;
    }

    /** In words, for people. */
    public String label() {
        return label;
    }

    /** Whether the row becomes a training example. */
    public boolean trained() {
        return this == WHOLE || cut();
    }

    /** Whether it becomes one without all of its tokens. */
    public boolean cut() {
        return this == CUT_PROMPT || this == CUT_COMPLETION || this == CUT_BOTH;
    }
}
