package preflab.app.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import preflab.app.widget.Words;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/**
 * A column of the table of rows.
 *
 * @param weight
 *            share of the width; 0 for a narrow one
 * @param text
 *            what a cell says: one line
 */
record ExampleColumn(String title, double weight, Function<PreferenceExample, String> text) {

    /** The number of a row. */
    static final String ROW = "Row";
    /** A cell shows one line; more than this would only cost time. */
    private static final int LONGEST = 400;

    /** The columns that tell most about rows of this kind. */
    static List<ExampleColumn> of(Kind kind) {
        List<ExampleColumn> columns = new ArrayList<>();
        columns.add(new ExampleColumn(ROW, 0, example -> Words.count(example.id().index() + 1L)));
        columns.add(new ExampleColumn("Prompt", 1, example -> line(example.prompt())));
        switch (kind) {
            case PAIRED -> {
                columns.add(wide("Chosen", Paired.class, row -> line(row.chosen())));
                columns.add(wide("Rejected", Paired.class, row -> line(row.rejected())));
            }
            case UNPAIRED -> {
                columns.add(wide("Completion", Unpaired.class, row -> line(row.completion())));
                columns.add(narrow("Verdict", Unpaired.class, row -> row.accepted() ? "accepted" : "rejected"));
            }
            case RANKED -> {
                columns.add(wide("Best", Ranked.class, ExampleColumn::best));
                columns.add(narrow("Answers", Ranked.class, row -> Words.count(row.candidates().size())));
            }
            case STEPWISE -> {
                columns.add(wide("Answer", Stepwise.class, row -> line(row.answer())));
                columns.add(narrow("Steps", Stepwise.class, row -> Words.count(row.steps().size())));
                columns.add(narrow("Verdicts", Stepwise.class, ExampleColumn::verdicts));
            }
            case UNLABELLED -> {
                columns.add(wide("First answer", Unlabelled.class, row -> line(row.completions().getFirst())));
                columns.add(narrow("Answers", Unlabelled.class, row -> Words.count(row.completions().size())));
            }
            case FORGET_RETAIN -> {
                columns.add(wide("Completion", Unlearning.class, row -> line(row.completion())));
                columns.add(narrow("Set", Unlearning.class, row -> row.forget() ? "forget" : "retain"));
            }
            case SFT -> columns.add(wide("Completion", Demonstration.class, row -> line(row.completion())));
            case PROMPTS -> columns
                    .add(narrow("Length", PromptOnly.class, row -> Words.count(row.prompt().text().length())));
        }
        return List.copyOf(columns);
    }

    private static <E extends PreferenceExample> ExampleColumn wide(String title, Class<E> type,
            Function<E, String> text) {
        return new ExampleColumn(title, 1, typed(type, text));
    }

    private static <E extends PreferenceExample> ExampleColumn narrow(String title, Class<E> type,
            Function<E, String> text) {
        return new ExampleColumn(title, 0, typed(type, text));
    }

    private static <E extends PreferenceExample> Function<PreferenceExample, String> typed(Class<E> type,
            Function<E, String> text) {
        return example -> type.isInstance(example) ? text.apply(type.cast(example)) : "";
    }

    private static String best(Ranked row) {
        return row.candidates().stream().max(Comparator.comparingDouble(Ranked.Candidate::score))
                .map(candidate -> line(candidate.completion())).orElse("");
    }

    private static String verdicts(Stepwise row) {
        long bad = row.steps().stream().filter(step -> step.label() == StepLabel.BAD).count();
        long unmarked = row.steps().stream().filter(step -> step.label() == StepLabel.UNMARKED).count();
        boolean valued = row.steps().stream().anyMatch(step -> step.q().isPresent());
        return unmarked == row.steps().size() ? valued ? "Q values" : "unmarked" : bad == 0 ? "no bad" : bad + " bad";
    }

    private static String line(Content content) {
        return line(content.text());
    }

    /** One line: breaks become a mark, so that nothing is hidden. */
    private static String line(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return part.strip().replaceAll("\\R+", " ⏎ ").replace('\t', ' ');
    }
}
