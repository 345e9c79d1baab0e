package preflab.app.label;

/** What the line under the example asks for. */
enum Ask {
    NOTHING("", ""), NOTE("Note", "free words about this example"), JUMP("Go to example", "a number"), SEARCH("Find",
            "words in a prompt or an answer"), VALUE("Q of this step",
                    "a number from −1 to 1"), RULE("Split every",
                            "line, blank line, step number, sentence or 24 tokens");

    private final String title;
    private final String hint;

    Ask(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }
}
