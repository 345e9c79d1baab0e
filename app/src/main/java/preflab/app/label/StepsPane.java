package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.scene.layout.VBox;
import preflab.datasets.example.StepLabel;

/** The steps of an answer, one row each. Rows are kept and filled anew, never rebuilt: a verdict changes one row. */
final class StepsPane extends VBox {

    static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

    private final List<StepRow> rows = new ArrayList<>();
    private final IntConsumer clicked;

    StepsPane(IntConsumer clicked) {
        super(1);
        this.clicked = clicked;
        setId("label-steps");
        setFillWidth(true);
    }

    /**
     * Shows these steps.
     *
     * @param here
     *            the step whose verdict the next key gives
     * @param flipped
     *            what the threshold would make of each, where that differs from what it was
     */
    void show(List<StepLine> lines, int here, double threshold, List<Optional<StepLabel>> flipped) {
        while (rows.size() < lines.size()) {
            rows.add(new StepRow(rows.size(), clicked));
        }
        boolean values = lines.stream().anyMatch(line -> line.q().isPresent());
        for (int i = 0; i < lines.size(); i++) {
            rows.get(i).show(lines.get(i), i == here, threshold, values, flipped.get(i));
        }
        if (getChildren().size() != lines.size()) {
            getChildren().setAll(rows.subList(0, lines.size()));
        }
    }

    /** The row of a step that is shown. */
    StepRow row(int index) {
        return rows.get(index);
    }

    /** Shows the cursor of a split in one row, or in none where {@code offset} is negative. */
    void splitAt(int index, int offset, IntConsumer moved) {
        for (int i = 0; i < getChildren().size(); i++) {
            if (i == index || rows.get(i).isSplitting()) {
                rows.get(i).splitAt(i == index ? offset : -1, moved);
            }
        }
    }
}
