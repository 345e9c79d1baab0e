package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Curve;
import preflab.projects.chart.Palette;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Specs;
import preflab.projects.workspace.OpenWorkspace;

class MetricChartsTest extends OpenWorkspace {

    /** Steps 1 … 4 with loss level + step, 10, 20, 30, 40 tokens and half a second each; evaluated at 0 and 4. */
    private int run(int seed, double level) {
        int run = workspace.runs().create(Specs.sft("run", Map.of("training.seed", String.valueOf(seed),
                "training.batch_size", "8", "training.gradient_accumulation_steps", "2")));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Started(Map.of()));
            writer.on(new RunEvent.Measured(0, Map.of("eval/loss", level)));
            for (int step = 1; step <= 4; step++) {
                writer.on(new RunEvent.Measured(step, Map.of("loss", level + step, "tokens", 10.0 * step, "seconds",
                        0.5, "epoch", step / 4.0, "kl", (double) (step * step % 5))));
            }
            writer.on(new RunEvent.Measured(4, Map.of("eval/loss", level / 2)));
            writer.on(new RunEvent.Ended(Outcome.STOPPED, 4, "", Map.of()));
        }
        return run;
    }

    private Chart chart(String key, ChartQuestion question, int... numbers) {
        List<RunSummary> runs = IntStream.of(numbers).mapToObj(workspace.runs()::summary).toList();
        return new MetricCharts(workspace.runs(), runs, Comparison.names(runs),
                IntStream.range(0, numbers.length).boxed().toList(), question).of(key).orElseThrow();
    }

    private Curve curve(String key, XAxis axis, int run) {
        return chart(key, ChartQuestion.ALL.withAxis(axis), run).series().getFirst().points();
    }

    private static double[] places(Curve curve) {
        return IntStream.range(0, curve.size()).mapToDouble(curve::x).toArray();
    }

    private static double[] values(Curve curve) {
        return IntStream.range(0, curve.size()).mapToDouble(curve::value).toArray();
    }

    @Test
    void progressIsCountedInStepsExamplesTokensSecondsOrEpochs() {
        int run = run(1, 2);

        assertThat(places(curve("loss", XAxis.STEP, run))).containsExactly(1, 2, 3, 4);
        // 8 rows twice a step
        assertThat(places(curve("loss", XAxis.EXAMPLES, run))).containsExactly(16, 32, 48, 64);
        // 10 + 20 + 30 + 40
        assertThat(places(curve("loss", XAxis.TOKENS, run))).containsExactly(10, 30, 60, 100);
        assertThat(places(curve("loss", XAxis.TIME, run))).containsExactly(0.5, 1, 1.5, 2);
        assertThat(places(curve("eval/loss", XAxis.EPOCH, run))).as("before training nothing was seen")
                .containsExactly(0, 1);
    }

    @Test
    void overAnotherMetricOnlyValuesLoggedAtTheSameStepAreShown() {
        int run = run(1, 2);
        Curve curve = curve("loss", XAxis.metric("kl"), run);

        // kl: 1, 4, 9 mod 5 = 4, 16 mod 5 = 1
        assertThat(places(curve)).containsExactly(1, 4, 4, 1);
        assertThat(values(curve)).containsExactly(3, 4, 5, 6);
        assertThat(places(curve("eval/loss", XAxis.metric("kl"), run))).as("kl was not logged at step 0")
                .containsExactly(1);
    }

    @Test
    void runsAlikeButForTheSeedAreTheirMeanWithinAStandardDeviation() {
        Chart chart = chart("loss", ChartQuestion.ALL.withBands(true), run(1, 2), run(2, 5), run(3, 8));

        assertThat(chart.series()).hasSize(1);
        assertThat(chart.series().getFirst().name()).endsWith("(n=3)");
        // 3, 6, 9 at step 1: mean 6, squares 9 + 0 + 9 over 2
        assertThat(values(chart.series().getFirst().points())).containsExactly(6, 7, 8, 9);
        assertThat(chart.bands().getFirst().low().value(0)).isEqualTo(3, within(1e-12));
        assertThat(chart.bands().getFirst().high().value(0)).isEqualTo(9, within(1e-12));
    }

    @Test
    void aResumedRunIsMarkedWhereItWentOn() {
        int run = run(1, 2);
        try (EventWriter writer = workspace.runs().writer(run, 2)) {
            writer.on(new RunEvent.Started(Map.of()));
            writer.on(new RunEvent.Measured(3, Map.of("loss", 0.5, "tokens", 7.0)));
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 3, "", Map.of()));
        }
        Chart chart = chart("loss", ChartQuestion.ALL.withAxis(XAxis.TOKENS), run);

        assertThat(values(chart.series().getFirst().points())).containsExactly(3, 4, 0.5);
        assertThat(places(chart.series().getFirst().points())).containsExactly(10, 30, 37);
        assertThat(chart.markers()).hasSize(1);
        assertThat(chart.markers().getFirst().x()).isEqualTo(30);
        assertThat(chart.markers().getFirst().text()).endsWith("resumed after step 2");
        assertThat(chart("kl", ChartQuestion.ALL, run, run(2, 3)).markers()).hasSize(1);
        int silent = workspace.runs().create(Specs.sft("without kl"));
        try (EventWriter writer = workspace.runs().writer(silent)) {
            writer.on(new RunEvent.Started(Map.of()));
            writer.on(new RunEvent.Measured(1, Map.of("loss", 1.0)));
            writer.on(new RunEvent.Ended(Outcome.STOPPED, 1, "", Map.of()));
        }
        try (EventWriter writer = workspace.runs().writer(silent, 1)) {
            writer.on(new RunEvent.Started(Map.of()));
            writer.on(new RunEvent.Ended(Outcome.STOPPED, 1, "", Map.of()));
        }
        assertThat(chart("kl", ChartQuestion.ALL, run, silent).markers()).as("a run without a line has no mark")
                .hasSize(1);
    }

    @Test
    void smoothingRunsOverAllPointsHoweverFewAreDrawnAndWhateverPartIsShown() {
        int points = 6000;
        double[] logged = new double[points + 1];
        double[] smooth = new double[points + 1];
        int run = workspace.runs().create(Specs.sft("long", Map.of("training.steps", String.valueOf(points))));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Started(Map.of()));
            double sum = 0;
            double past = 1;
            for (int step = 1; step <= points; step++) {
                logged[step] = step % 7 == 0 ? 5 : Math.sin(step / 500.0);
                sum = 0.9 * sum + 0.1 * logged[step];
                past *= 0.9;
                smooth[step] = sum / (1 - past);
                writer.on(new RunEvent.Measured(step, Map.of("loss", logged[step])));
            }
            writer.on(new RunEvent.Ended(Outcome.FINISHED, points, "", Map.of()));
        }
        ChartQuestion question = ChartQuestion.ALL.withSmoothing(0.9);

        for (ChartQuestion asked : List.of(question, question.between(3000, 5000))) {
            Chart chart = chart("loss", asked, run);
            Curve drawn = chart.series().getFirst().smooth();
            assertThat(chart.smoothing()).isEqualTo(0.9);
            assertThat(drawn.size()).isBetween(1000, 4500);
            for (int i = 0; i < drawn.size(); i++) {
                assertThat(drawn.value(i)).isCloseTo(smooth[(int) drawn.step(i)], within(1e-9));
            }
        }
        assertThat(chart("loss", ChartQuestion.ALL, run).series().getFirst().smooth().isEmpty()).isTrue();
        assertThat(chart("loss", question.between(3000, 5000), run).series().getFirst().smooth().step(0))
                .isEqualTo(3000);
    }

    @Test
    void aMeanOverSeedsIsSmoothedFromItsFirstPointToo() {
        Chart whole = chart("loss", ChartQuestion.ALL.withBands(true).withSmoothing(0.5), run(1, 2), run(2, 4));
        Chart part = chart("loss", ChartQuestion.ALL.withBands(true).withSmoothing(0.5).between(3, 4), 1, 2);

        // means 4, 5, 6, 7: 4; (1 + 2.5)/0.75 …
        assertThat(values(whole.series().getFirst().smooth())[1]).isCloseTo(3.5 / 0.75, within(1e-12));
        assertThat(values(part.series().getFirst().smooth())).hasSize(2)
                .isEqualTo(Arrays.copyOfRange(values(whole.series().getFirst().smooth()), 2, 4));
        assertThat(values(part.series().getFirst().points())).containsExactly(6, 7);
    }

    @Test
    void runsThatKeptNoCountHaveNoLineOverIt() {
        int old = ToyRuns.finished(workspace, "old", Map.of(), 20, 4, 10);
        Chart chart = chart("loss", ChartQuestion.ALL.withAxis(XAxis.TOKENS), run(1, 2), old);

        assertThat(chart.series().get(0).points().size()).isEqualTo(4);
        assertThat(chart.series().get(1).points().isEmpty()).isTrue();
    }

    @Test
    void overASettingEachRunIsAPointAndSeedsHaveAMean() {
        int[] runs = {toy("0.001", 1, 10), toy("0.001", 2, 14), toy("0.1", 1, 18)};
        Chart chart = chart("eval/accuracy",
                ChartQuestion.ALL.withAxis(XAxis.setting("optimizer.learning_rate")), runs);

        assertThat(chart.xLabel()).isEqualTo("optimizer.learning_rate");
        assertThat(chart.scales().logX()).as("a hundredfold is laid out by its logarithm").isTrue();
        assertThat(chart.series()).hasSize(4);
        assertThat(chart.series().getFirst().name()).isEqualTo("mean");
        assertThat(chart.series().getFirst().colour()).as("no run's").isEqualTo(Palette.NEUTRAL);
        // (10 + 14) / 2 and 18 of 20
        assertThat(values(chart.series().getFirst().points())).containsExactly(0.6, 0.9);
        assertThat(places(chart.series().get(2).points())).containsExactly(0.001);
        List<RunSummary> all = IntStream.of(runs).mapToObj(workspace.runs()::summary).toList();
        assertThat(MetricCharts.axes(workspace.runs(), all)).contains(XAxis.setting("optimizer.learning_rate"),
                XAxis.metric("loss")).doesNotContain(XAxis.setting("training.seed"));
    }

    private int toy(String rate, int seed, int right) {
        return ToyRuns.finished(workspace, "rate " + rate,
                Map.of("optimizer.learning_rate", rate, "training.seed", String.valueOf(seed)), 20, 4, right);
    }
}
