package preflab.app.widget;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;

/**
 * The tooltip of a cell or a mark whose text changes. It is made once, when it is first needed: making one for every text
 * took a quarter of the time in which a table is filled.
 */
public final class Tip {

    /** A tooltip is for a sentence, not for a page. */
    private static final int LONGEST = 600;
    private static final double WIDEST = 520;

    private final Control owner;
    private Tooltip tooltip;

    /** Without a text yet. */
    public Tip(Control owner) {
        this.owner = owner;
    }

    /** Shows this under the pointer; null or empty for nothing. */
    public void show(String text) {
        if (text == null || text.isEmpty()) {
            owner.setTooltip(null);
            return;
        }
        if (tooltip == null) {
            tooltip = new Tooltip();
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(WIDEST);
        }
        tooltip.setText(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        owner.setTooltip(tooltip);
    }
}
