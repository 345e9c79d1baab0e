package preflab.app.train;

/** One finding of the check before a start. */
record CheckLine(Verdict verdict, String text) {

    enum Verdict {
        GOOD, WARNING, BAD
    }

    static CheckLine good(String text) {
        return new CheckLine(Verdict.GOOD, text);
    }

    static CheckLine warning(String text) {
        return new CheckLine(Verdict.WARNING, text);
    }

    static CheckLine bad(String text) {
        return new CheckLine(Verdict.BAD, text);
    }
}
