package preflab.app.ui;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.label.Suggestion;
import preflab.projects.workspace.Workspace;

/** Answers in steps that are hard to show: long ones, and texts in several scripts. */
public final class LabelFixture {

    private static final String LONG = "Multiply both sides by the common denominator and collect the terms, keeping"
            + " in mind that the sign of the second factor changes when it is moved across; ";

    private LabelFixture() {
    }

    /** A long answer of 24 steps, one in Arabic, one in Chinese and Japanese. */
    public static DatasetVersionId addScripts(Workspace workspace) {
        List<Step> many = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            many.add(new Step("Step " + (i + 1) + ": " + LONG.repeat(1 + i % 4) + "x = " + i + ".\n",
                    StepLabel.UNMARKED, i % 3 == 0 ? OptionalDouble.of(0.9 - 0.07 * i) : OptionalDouble.empty()));
        }
        return workspace.datasets().add("scripts", Kind.STEPWISE, List.of(
                row(0, "Solve the equation. " + LONG.repeat(3), many),
                row(1, "ما مجموع ١٢ و ٣٥ و ٨؟", List.of(
                        Step.valued("نجمع أولًا ١٢ + ٣٥ = ٤٧، وهو مجموع العددين الأولين.\n", 0.9),
                        Step.valued("ثم نضيف ٨ فنحصل على ٤٧ + 8 = 55.\n", 0.7),
                        Step.valued("الجواب النهائي هو ٥٤\n", -0.8))),
                row(2, "计算 12+35+8 的和，并说明每一步。", List.of(
                        Step.valued("首先计算 12+35=47，因为个位 2+5=7，十位 1+3=4。\n", 0.95),
                        Step.valued("次に 47+8=55 を計算します。繰り上がりに注意してください。\n", 0.2),
                        Step.valued("所以最終答案是 54。\n", -0.1))))
                .iterator(), "generated");
    }

    /** Worked sums of three steps with values, every second one wrong in its first step. */
    public static DatasetVersionId addSums(Workspace workspace, String name, int rows) {
        return workspace.datasets().add(name, Kind.STEPWISE,
                IntStream.range(0, rows).mapToObj(LabelFixture::sum).iterator(), "generated");
    }

    /** Somebody's verdicts on the first rows, three steps each: all good, but the last bad on every so many-th row. */
    public static void label(Workspace workspace, String dataset, String name, int rows, int every) {
        LabelSession session = LabelSession.open(
                workspace.datasets().view(workspace.datasets().resolve(dataset)), workspace.labels(),
                SessionSpec.of(LabelTask.STEPS, Author.annotator(name)), Clock.systemUTC());
        for (int row = 0; row < rows; row++) {
            session.judge(StepLabel.GOOD);
            session.judge(StepLabel.GOOD);
            session.judge((row + 1) % every == 0 ? StepLabel.BAD : StepLabel.GOOD);
        }
    }

    /** Opinions of some run on the first rows: on so many steps, or on the whole where {@code steps} is 0. */
    public static void suggest(Workspace workspace, String dataset, int rows, int steps) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int step = steps == 0 ? Suggestion.WHOLE : 0; step < steps; step++) {
                suggestions.add(new Suggestion(row, step, (0.93 + 0.31 * row + 0.42 * step) % 1,
                        "run 14 (pipa_m, value head)"));
            }
        }
        workspace.labels().suggest(workspace.datasets().resolve(dataset), suggestions);
    }

    private static Stepwise sum(int i) {
        boolean right = i % 2 == 0;
        int first = i + 7 + (right ? 0 : 10);
        List<Step> steps = List.of(Step.valued(i + "+7=" + first + "\n", right ? 0.9 : -0.7),
                Step.valued(first + "+5=" + (first + 5) + "\n", right ? 0.8 : 0.2),
                Step.valued("#### " + (first + 5), right ? 1 : -1));
        return new Stepwise(new ExampleId(i), Content.of(i + "+7+5="), steps, Optional.of(right),
                new Source("sums.jsonl", i + 1L));
    }

    private static Stepwise row(int i, String prompt, List<Step> steps) {
        return new Stepwise(new ExampleId(i), Content.of(prompt), steps, Optional.of(false),
                new Source("scripts.jsonl", i + 1L));
    }
}
