package preflab.engine.objective.formula;

/** A text that is no formula; the message names the place, counted in characters from 1. */
public final class FormulaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    FormulaException(String text, int position, String problem) {
        super("at character " + (position + 1) + ", " + text.substring(0, position) + "▸" + text.substring(position)
                + ": " + problem);
        this.position = position;
    }

    /** Characters before the place. */
    public int position() {
        return position;
    }
}
