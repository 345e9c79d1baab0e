package preflab.app.compare;

import java.util.Comparator;
import preflab.engine.batch.RowSide;
import preflab.projects.compare.ExampleRow;

/** What examples are sorted by. */
enum ExampleOrder {
    ROW("row"), LARGEST("largest change"), CHOSEN_FELL("chosen fell most"), REJECTED_ROSE(
            "rejected rose most"), DISPUTED("runs disagree");

    private final String label;

    ExampleOrder(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** From one source to another; −1 for either where there is none. */
    Comparator<ExampleRow> comparator(int from, int to) {
        boolean known = from >= 0 && to >= 0;
        return switch (this) {
            case ROW -> Comparator.comparingInt(ExampleRow::row);
            case DISPUTED -> Comparator.comparing(ExampleRow::isDisputed).reversed();
            case LARGEST -> Comparator.comparingDouble(row -> known ? -row.largestChange(from, to) : 0);
            case CHOSEN_FELL -> Comparator
                    .comparingDouble(row -> known ? row.change(RowSide.CHOSEN, from, to).orElse(0) : 0);
            case REJECTED_ROSE -> Comparator
                    .comparingDouble(row -> known ? -row.change(RowSide.REJECTED, from, to).orElse(0) : 0);
        };
    }
}
