package preflab.projects.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One cell of the table of runs.
 *
 * @param text
 *            as shown; – where there is nothing
 * @param number
 *            what it is sorted by, where it is a number: of several runs the mean
 * @param versusBaseline
 *            a metric minus the baseline's; empty for the baseline itself and for all that is no metric
 */
public record RunCell(String text, OptionalDouble number, OptionalDouble versusBaseline) {

    static final RunCell NOTHING = new RunCell("–", OptionalDouble.empty(), OptionalDouble.empty());

    /** Numbers by size, then texts by alphabet. */
    private static final Comparator<RunCell> BY_VALUE = Comparator
            .comparing((RunCell cell) -> cell.number().isEmpty())
            .thenComparingDouble(cell -> cell.number().orElse(0))
            .thenComparing(RunCell::text, String.CASE_INSENSITIVE_ORDER);

    /** What a column is sorted by; lines without a value come last either way. */
    public static Comparator<RunCell> order(boolean descending) {
        return (a, b) -> {
            int missing = Boolean.compare(a.isMissing(), b.isMissing());
            // a table turns the whole order round for a descending column: turned before, missing stays last
            return missing != 0 ? descending ? -missing : missing : BY_VALUE.compare(a, b);
        };
    }

    private boolean isMissing() {
        return text.equals(NOTHING.text()) || number.stream().anyMatch(Double::isNaN);
    }

    static RunCell of(Optional<Object> value) {
        return value.map(it -> it instanceof Double number
                ? new RunCell(CellText.of(number), OptionalDouble.of(number), OptionalDouble.empty())
                : text(it instanceof Collection<?> several ? joined(several) : it.toString())).orElse(NOTHING);
    }

    private static String joined(Collection<?> several) {
        return several.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static RunCell text(String text) {
        return text.isEmpty() ? NOTHING : new RunCell(text, CellText.number(text), OptionalDouble.empty());
    }

    RunCell minus(RunCell baseline) {
        return number.isPresent() && baseline.number().isPresent()
                ? new RunCell(text, number, OptionalDouble.of(number.getAsDouble() - baseline.number().getAsDouble()))
                : this;
    }
}
