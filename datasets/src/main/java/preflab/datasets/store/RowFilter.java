package preflab.datasets.store;

import java.util.Objects;

/** One condition on rows. */
public sealed interface RowFilter {

    /**
     * The number lies within bounds, both included; ±∞ leaves a side open. Rows that lack the number are left out.
     */
    record Between(RowNumber number, double least, double most) implements RowFilter {
        public Between {
            Objects.requireNonNull(number, "number");
            if (!(least <= most)) {
                throw new IllegalArgumentException(
                        number.label() + " from " + least + " to " + most + " is no range");
            }
        }
    }

    /** The row has the mark. */
    record Marked(RowMark mark) implements RowFilter {
    }

    /** The row comes from this file (a source's name, as the rows say). */
    record FromFile(String file) implements RowFilter {
    }

    /** The row falls into this part of a split. */
    record InPart(SplitPlan plan, SplitPlan.Part part) implements RowFilter {
    }
}
