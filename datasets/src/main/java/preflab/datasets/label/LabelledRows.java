package preflab.datasets.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;

/**
 * The rows of the next version: the data with people's verdicts on top. Labelled rows say in side columns who labelled
 * them ({@code labelled_by}), why labelling ended ({@code finish_reason}) and, where somebody gave a value of their own,
 * the values from before ({@code q_before}).
 */
public final class LabelledRows {

    /** Side column: names as a JSON list. */
    public static final String LABELLED_BY = "labelled_by";
    /** Side column: as PRM800K has it. */
    public static final String FINISH_REASON = "finish_reason";
    /** Side column: a JSON list with null where there was none, one entry per step of the data. */
    public static final String Q_BEFORE = "q_before";
    /** All of them. */
    public static final Set<String> COLUMNS = Set.of(LABELLED_BY, FINISH_REASON, Q_BEFORE);

    private final ExampleView rows;
    private final LabelBook book;
    private final LabelTask task;
    private final PublishPolicy policy;

    public LabelledRows(ExampleView rows, LabelBook book, LabelTask task, PublishPolicy policy) {
        this.rows = Objects.requireNonNull(rows, "rows");
        this.book = Objects.requireNonNull(book, "book");
        this.task = Objects.requireNonNull(task, "task");
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** The kind of the next version. */
    public Kind kind() {
        return switch (task) {
            case STEPS -> Kind.STEPWISE;
            case ANSWERS -> rows.kind() == Kind.STEPWISE ? Kind.STEPWISE : Kind.UNPAIRED;
            case PAIRS -> Kind.PAIRED;
        };
    }

    /** Rows with a verdict. */
    public int labelled() {
        return (int) IntStream.range(0, rows.size()).filter(row -> !book.spoken(row).isEmpty()).count();
    }

    /** Rows on which annotators differ and nobody adjudicated. */
    public int differing() {
        return (int) IntStream.range(0, rows.size())
                .filter(row -> Settled.of(book.spoken(row), policy.differing()).differing()).count();
    }

    /** The rows in order, made while they are asked for. */
    public Stream<PreferenceExample> stream() {
        return IntStream.range(0, rows.size()).mapToObj(this::row).flatMap(Optional::stream);
    }

    private Optional<PreferenceExample> row(int index) {
        PreferenceExample row = rows.get(index);
        Settled settled = Settled.of(book.spoken(index), policy.differing());
        RowLabel label = settled.label();
        boolean bad = label.finish().filter(reason -> reason == FinishReason.BAD_PROBLEM).isPresent();
        if (settled.leftOut() || (policy.onlyLabelled() && settled.authors().isEmpty())
                || (bad && !policy.badProblems())) {
            return Optional.empty();
        }
        return switch (task) {
            case STEPS -> Optional.of(steps(row, label, settled.authors()));
            case ANSWERS -> answer(row, label, settled.authors());
            case PAIRS -> pair(row, label, settled.authors());
        };
    }

    private PreferenceExample steps(PreferenceExample row, RowLabel label, List<String> authors) {
        List<Step> data = Judged.steps(row, label.ends(), policy.split());
        List<Step> steps = new ArrayList<>(data.size());
        boolean valued = false;
        for (int i = 0; i < data.size(); i++) {
            Step judged = label.step(i).on(data.get(i));
            valued |= label.step(i).q().isPresent();
            steps.add(new Step(judged.text(), policy.published(judged.label()), judged.q()));
        }
        Map<String, String> more = side(label, authors);
        if (valued && row instanceof Stepwise stepwise) {
            more.put(Q_BEFORE, stepwise.steps().stream().map(Step::q)
                    .map(q -> q.isPresent() ? Double.toString(q.getAsDouble()) : "null")
                    .collect(Collectors.joining(",", "[", "]")));
        }
        Optional<Boolean> right = switch (row) {
            case Stepwise stepwise -> stepwise.answerCorrect();
            case Unpaired unpaired -> Optional.of(unpaired.accepted());
            default -> Optional.empty();
        };
        return new Stepwise(row.id(), row.prompt(), steps, right, with(row.source(), more));
    }

    private Optional<PreferenceExample> answer(PreferenceExample row, RowLabel label, List<String> authors) {
        Source source = with(row.source(), side(label, authors));
        return switch (row) {
            case Stepwise e -> Optional.of(new Stepwise(e.id(), e.prompt(), e.steps(),
                    label.accepted().or(e::answerCorrect), source));
            case Unpaired e -> Optional.of(new Unpaired(e.id(), e.prompt(), e.completion(),
                    label.accepted().orElse(e.accepted()), source));
            case Demonstration e -> label.accepted()
                    .map(accepted -> new Unpaired(e.id(), e.prompt(), e.completion(), accepted, source));
            default -> throw new IllegalArgumentException("a " + row.kind().id() + " row holds no single answer");
        };
    }

    /** Ties are no pairs; a pair nobody judged stays as it was, two answers nobody judged are left out. */
    private Optional<PreferenceExample> pair(PreferenceExample row, RowLabel label, List<String> authors) {
        Optional<Choice> choice = label.choice();
        if (choice.isEmpty()) {
            return row instanceof Paired ? Optional.of(row) : Optional.empty();
        }
        if (choice.get() == Choice.TIE) {
            return Optional.empty();
        }
        List<Content> pair = choice.get() == Choice.FIRST ? Judged.pair(row) : Judged.pair(row).reversed();
        return Optional.of(new Paired(row.id(), row.prompt(), pair.getFirst(), pair.getLast(),
                with(row.source(), side(label, authors))));
    }

    private static Map<String, String> side(RowLabel label, List<String> authors) {
        Map<String, String> side = new HashMap<>();
        if (!authors.isEmpty()) {
            side.put(LABELLED_BY,
                    authors.stream().map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                            .collect(Collectors.joining(",", "[", "]")));
        }
        label.finish().ifPresent(reason -> side.put(FINISH_REASON, '"' + reason.id() + '"'));
        return side;
    }

    private static Source with(Source source, Map<String, String> more) {
        if (more.isEmpty()) {
            return source;
        }
        Map<String, String> side = new HashMap<>(source.side());
        side.putAll(more);
        return new Source(source.file(), source.row(), side);
    }
}
