package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import preflab.projects.store.RunMark;
import preflab.projects.store.RunState;
import preflab.projects.store.RunSummary;

/** One line of the table of runs: a run, or several that belong together. Immutable. */
public final class RunRow {

    /** Values shown by name; above it only their number is. */
    private static final int NAMED = 3;

    private final String name;
    private final List<RunSummary> runs;
    private final List<RunFields> fields;
    private final List<RunMark> marks;
    private final Optional<RunRow> baseline;
    private final List<Integer> numbers;
    /** A table asks for the same cell thousands of times while it sorts. */
    private final Map<String, RunCell> cells = new ConcurrentHashMap<>();

    RunRow(String name, List<RunSummary> runs, List<RunFields> fields, List<RunMark> marks,
            Optional<RunRow> baseline) {
        this.name = name;
        this.runs = List.copyOf(runs);
        this.fields = List.copyOf(fields);
        this.marks = List.copyOf(marks);
        this.baseline = baseline;
        this.numbers = runs.stream().map(RunSummary::id).toList();
    }

    RunRow against(RunRow base) {
        return new RunRow(name, runs, fields, marks, Optional.of(base));
    }

    /** What to call the line. */
    public String name() {
        return name;
    }

    /** The runs behind it, newest first; never empty. */
    public List<RunSummary> runs() {
        return runs;
    }

    /** Numbers of the runs behind it. */
    public List<Integer> numbers() {
        return numbers;
    }

    /** Whether several runs share this line. */
    public boolean isGroup() {
        return runs.size() > 1;
    }

    /** The state all its runs are in; empty where they differ. */
    public Optional<RunState> state() {
        return runs.stream().map(RunSummary::state).distinct().count() == 1
                ? Optional.of(runs.getFirst().state())
                : Optional.empty();
    }

    /** Whether all its runs were put out of the way. */
    public boolean isArchived() {
        return marks.stream().allMatch(RunMark::archived);
    }

    /** What is said of all its runs: the tags that each of them has, the note where it is the same. */
    public RunMark mark() {
        SortedSet<String> tags = new TreeSet<>(marks.getFirst().tags());
        marks.forEach(mark -> tags.retainAll(mark.tags()));
        boolean sameNote = marks.stream().map(RunMark::note).distinct().count() == 1;
        return RunMark.NONE.withTags(tags).withNote(sameNote ? marks.getFirst().note() : "").withArchived(isArchived());
    }

    /** Whether its runs have notes that are not the same. */
    public boolean hasSeveralNotes() {
        return marks.stream().map(RunMark::note).distinct().count() > 1;
    }

    /** Several lines as one, for what is done to all of them; there must be one. */
    public static RunRow together(List<RunRow> lines) {
        return lines.size() == 1
                ? lines.getFirst()
                : new RunRow(lines.size() + " lines", lines.stream().flatMap(line -> line.runs.stream()).toList(),
                        lines.stream().flatMap(line -> line.fields.stream()).toList(),
                        lines.stream().flatMap(line -> line.marks.stream()).toList(), Optional.empty());
    }

    /**
     * The cell of a column.
     *
     * @param column
     *            a setting, metric or property, as in a filter
     */
    public RunCell cell(String column) {
        return cells.computeIfAbsent(column, this::made);
    }

    /**
     * Makes cells ahead, off the thread of the window: of many runs each takes a while.
     *
     * @param columns
     *            those that are shown
     * @param sorting
     *            the one that all lines are sorted by; empty for none
     */
    public void prepare(List<String> columns, String sorting) {
        if (isGroup()) {
            columns.forEach(this::cell);
        }
        if (!sorting.isEmpty()) {
            cell(sorting);
        }
    }

    private RunCell made(String column) {
        RunCell own = own(column);
        boolean metric = fields.stream().anyMatch(run -> run.isMetric(column));
        return metric && baseline.isPresent() && !baseline.get().numbers().equals(numbers())
                ? own.minus(baseline.get().cell(column))
                : own;
    }

    private RunCell own(String column) {
        if (column.equals("name")) {
            return new RunCell(name, OptionalDouble.empty(), OptionalDouble.empty());
        }
        List<Object> values = new ArrayList<>();
        fields.forEach(run -> run.get(column).ifPresent(values::add));
        if (values.isEmpty() || !isGroup()) {
            return RunCell.of(values.stream().findFirst());
        }
        return fields.stream().anyMatch(run -> run.isMetric(column)) ? spread(values) : several(values);
    }

    private static RunCell spread(List<Object> values) {
        List<Double> numbers = values.stream().map(Double.class::cast).toList();
        return new RunCell(CellText.of(numbers), OptionalDouble.of(CellText.mean(numbers)), OptionalDouble.empty());
    }

    private static RunCell several(List<Object> values) {
        List<Object> different = values.stream().distinct().toList();
        if (different.size() == 1) {
            return RunCell.of(Optional.of(values.getFirst()));
        }
        String text = different.size() <= NAMED
                ? different.stream().map(value -> RunCell.of(Optional.of(value)).text()).sorted()
                        .collect(Collectors.joining(", "))
                : different.size() + " values";
        return new RunCell(text, OptionalDouble.empty(), OptionalDouble.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunRow that && name.equals(that.name) && runs.equals(that.runs)
                && marks.equals(that.marks)
                && baseline.map(RunRow::runs).equals(that.baseline.map(RunRow::runs));
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, runs, marks);
    }

    @Override
    public String toString() {
        return "RunRow[" + name + ", runs " + numbers() + "]";
    }
}
