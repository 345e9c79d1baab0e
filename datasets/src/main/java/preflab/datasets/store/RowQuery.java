package preflab.datasets.store;

import java.util.List;
import java.util.Objects;

/**
 * Which rows are asked for, and in what order.
 *
 * @param text
 *            a string that stands, as it is, in one of the row's texts (capitals of A–Z do not matter); empty for all
 * @param filters
 *            all of them hold
 * @param sort
 *            rows that lack the number come last; equal ones keep their order
 * @param descending
 *            whether the highest comes first
 */
public record RowQuery(String text, List<RowFilter> filters, RowNumber sort, boolean descending) {

    /** Every row in its order. */
    public static final RowQuery ALL = new RowQuery("", List.of(), RowNumber.ROW, false);

    public RowQuery {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(sort, "sort");
        filters = List.copyOf(filters);
    }

    /** The same rows with this text. */
    public RowQuery withText(String newText) {
        return new RowQuery(newText, filters, sort, descending);
    }

    /** The same with these conditions instead. */
    public RowQuery withFilters(List<RowFilter> newFilters) {
        return new RowQuery(text, newFilters, sort, descending);
    }

    /** The same rows in another order. */
    public RowQuery sortedBy(RowNumber number, boolean highestFirst) {
        return new RowQuery(text, filters, number, highestFirst);
    }
}
