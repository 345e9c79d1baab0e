package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.store.EventWriter;
import preflab.projects.store.ProjectException;
import preflab.projects.store.Specs;
import preflab.projects.workspace.OpenWorkspace;

class ComparisonTest extends OpenWorkspace {

    @Test
    void wilsonMatchesThePublishedExample() {
        // 81 of 263: Newcombe (1998), method 3: 0.2553 to 0.3662
        Interval interval = Statistics.wilson(81, 263);

        assertThat(interval.low()).isEqualTo(0.2553, within(5e-5));
        assertThat(interval.high()).isEqualTo(0.3662, within(5e-5));
        assertThat(Statistics.wilson(0, 20).low()).isEqualTo(0, within(1e-12));
        assertThat(Statistics.wilson(20, 20).high()).isEqualTo(1, within(1e-12));
        assertThat(interval.method()).isEqualTo("Wilson");
    }

    @Test
    void mcNemarCountsDiscordantRowsAsCoins() {
        // 2 · (C(10,0) + C(10,1) + C(10,2)) / 2^10 = 112/1024
        assertThat(Statistics.mcNemar(8, 2)).isEqualTo(112 / 1024.0, within(1e-12));
        assertThat(Statistics.mcNemar(5, 5)).isEqualTo(1);
        assertThat(Statistics.mcNemar(0, 0)).isEqualTo(1);
    }

    @Test
    void pairedDifferenceIsSeededAndCoversTheTruth() {
        boolean[] ours = new boolean[200];
        boolean[] theirs = new boolean[200];
        for (int i = 0; i < 200; i++) {
            ours[i] = i % 2 == 0;
            theirs[i] = i % 4 == 0;
        }
        PairedDifference difference = Statistics.paired(ours, theirs);

        assertThat(difference.difference()).isEqualTo(0.25);
        assertThat(difference.better()).isEqualTo(50);
        assertThat(difference.worse()).isZero();
        // ±1.96 · √(0.25 · 0.75 / 200) = ±0.0600
        assertThat(difference.interval().low()).isEqualTo(0.19, within(0.01));
        assertThat(difference.interval().high()).isEqualTo(0.31, within(0.01));
        assertThat(Statistics.paired(ours, theirs)).isEqualTo(difference);
        PairedDifference none = Statistics.paired(ours, ours);
        assertThat(none.interval().low()).isZero();
        assertThat(none.interval().high()).isZero();
        assertThat(Statistics.paired(new boolean[]{true, true}, new boolean[2]).interval().low()).isEqualTo(1);
        assertThat(difference.scope()).isEqualTo("these seeds only");
    }

    @Test
    void accuracyIsComparedOverTheSameRowsWithBaselineStartAndBaseModel() {
        int low = ToyRuns.finished(workspace, "low", Map.of(), 100, 40, 50);
        int high = ToyRuns.finished(workspace, "high", Map.of("optimizer.learning_rate", "0.001"), 100, 40, 80);
        Comparison comparison = Comparison.of(workspace, List.of(low, high), low);
        MetricRow accuracy = comparison.metrics().getFirst();
        Estimate first = accuracy.estimates().get(0).orElseThrow();
        Estimate second = accuracy.estimates().get(1).orElseThrow();

        assertThat(accuracy.key()).isEqualTo("eval/accuracy");
        assertThat(first.value()).isEqualTo(0.5);
        assertThat(first.versusBaseline()).isEmpty();
        assertThat(first.interval()).contains(Statistics.wilson(50, 100));
        assertThat(second.step()).isEqualTo(200);
        assertThat(second.versusBaseline().orElseThrow().difference()).isEqualTo(0.3);
        assertThat(second.versusStart().orElseThrow().better()).isEqualTo(40);
        assertThat(comparison.base().orElseThrow().accuracy()).isEqualTo(0.4);
        assertThat(comparison.base().orElseThrow().model()).isEqualTo("builtin:sums");
    }

    @Test
    void onlySettingsThatDifferAreListed() {
        int a = ToyRuns.finished(workspace, "a", Map.of("training.seed", "1"), 10, 1, 2);
        int b = ToyRuns.finished(workspace, "b", Map.of("training.seed", "2"), 10, 1, 2);

        assertThat(Comparison.of(workspace, List.of(a, b)).differences()).containsExactly(
                new Difference("settings", "training.seed", List.of("1", "2")),
                new Difference("environment", "run", List.of("a", "b")));
    }

    @Test
    void settingsDataAndEnvironmentsStandSideBySideInThatOrder() {
        DatasetVersionId rows = workspace.datasets().add("sums", Kind.SFT,
                IntStream.range(0, 30).mapToObj(i -> new Demonstration(new ExampleId(i), Content.of(i + "+1="),
                        Content.of(String.valueOf(i + 1)), new Source("sums.jsonl", i + 1L))).iterator(),
                "made for this");
        RunSpec known = Specs.sft("a");
        int a = ToyRuns.finished(workspace, new RunSpec(known.version(), "a", rows, known.evaluation(), known.model(),
                known.reference(), known.objective(), known.hyper(), known.settings()), 10, 1, 2);
        int b = ToyRuns.finished(workspace, "b", Map.of(), 10, 1, 2);
        Comparison comparison = Comparison.of(workspace, List.of(b, a));

        assertThat(comparison.sideBySide()).extracting(Difference::group).isSubsetOf("data", "model", "objective",
                "hyper", "settings", "environment").startsWith("data").endsWith("environment");
        assertThat(comparison.sideBySide()).contains(new Difference("data", "dataset rows", List.of("–", "30")),
                new Difference("data", "dataset origin", List.of("–", "made for this")),
                new Difference("environment", "run", List.of("b", "a")));
        assertThat(comparison.sideBySide().size()).isGreaterThan(comparison.differences().size() + 20);
        assertThat(comparison.differences()).extracting(Difference::name).contains("dataset", "dataset rows");
        assertThat(new Difference("hyper", "beta", List.of("1", "2")).fullName()).isEqualTo("objective.beta");
    }

    @Test
    void accuraciesOnDifferentHeldOutRowsAreNotOverlaidSilently() {
        RunSpec spec = Specs.sft("a");
        int a = ToyRuns.finished(workspace, spec, 10, 1, 2);
        int b = ToyRuns.finished(workspace, new RunSpec(spec.version(), "b", spec.dataset(),
                Optional.of(new DatasetVersionId("other", 1, "f".repeat(64))), spec.model(), spec.reference(),
                spec.objective(), spec.hyper(), spec.settings()), 10, 1, 2);
        Map<String, String> notes = new HashMap<>();
        Comparison.of(workspace, List.of(a, b)).charts().forEach(chart -> notes.put(chart.title(), chart.yLabel()));

        assertThat(notes).containsEntry("eval/accuracy", "asked different held-out rows")
                .containsEntry("eval/loss", "asked different held-out rows").containsEntry("loss", "");
    }

    @Test
    void chartsKeepOneColourPerRunAndSayWhatIsNotComparable() {
        int a = ToyRuns.finished(workspace, "same", Map.of(), 10, 1, 2);
        int b = ToyRuns.finished(workspace, "same", Map.of(), 10, 1, 2);
        Comparison comparison = Comparison.of(workspace, List.of(b, a));

        assertThat(comparison.names()).containsExactly("same #2", "same #1");
        assertThat(comparison.charts()).extracting(Chart::title).containsExactly("eval/accuracy", "eval/loss", "loss",
                "rewards/margins", "grad_norm", "learning_rate");
        assertThat(comparison.charts()).allSatisfy(
                chart -> assertThat(chart.series()).extracting(ChartSeries::colour).containsExactly(1, 0));
        assertThat(comparison.charts().getFirst().bands()).hasSize(2);
        assertThat(comparison.charts().get(2).yLabel()).isEmpty();
        assertThat(comparison.charts().get(2).series().getFirst().points().size()).isEqualTo(200);
    }

    @Test
    void lossesOfDifferentObjectivesAreMarkedAsSuch() {
        int sft = ToyRuns.finished(workspace, "sft", Map.of(), 10, 1, 2);
        RunSpec spec = Specs.sft("dpo");
        int dpo = workspace.runs()
                .create(new RunSpec(spec.version(), spec.name(), spec.dataset(), spec.evaluation(), spec.model(),
                        spec.reference(), "dpo", ParamValues.defaults(List.of()), spec.settings()));
        try (EventWriter writer = workspace.runs().writer(dpo)) {
            writer.on(new RunEvent.Measured(1, Map.of("loss", 0.7)));
            writer.on(new RunEvent.Measured(2, Map.of("loss", 0.6)));
        }
        Map<String, String> notes = new HashMap<>();
        Comparison.of(workspace, List.of(sft, dpo)).charts()
                .forEach(chart -> notes.put(chart.title(), chart.yLabel()));

        assertThat(notes).containsEntry("loss", "each objective's own loss").containsEntry("rewards/margins", "");
    }

    @Test
    void answersToTheSamePromptsStandSideBySide() {
        int a = ToyRuns.finished(workspace, "a", Map.of(), 10, 1, 1);
        int b = ToyRuns.finished(workspace, "b", Map.of(), 10, 1, 3);
        List<SideBySide> samples = Comparison.of(workspace, List.of(a, b)).samples();

        assertThat(samples).hasSize(4);
        SideBySide second = samples.get(1);
        assertThat(second.expected()).contains("13");
        assertThat(second.before().orElseThrow().correct()).contains(false);
        assertThat(second.answers()).extracting(answer -> answer.orElseThrow().correct().orElseThrow())
                .containsExactly(false, true);
    }

    @Test
    void aRunThatLoggedNothingComparesWithoutFigures() {
        int done = ToyRuns.finished(workspace, "done", Map.of(), 10, 1, 2);
        int queued = workspace.runs().create(Specs.sft("queued"));
        Comparison comparison = Comparison.of(workspace, List.of(done, queued), done);

        assertThat(comparison.metrics()).allSatisfy(row -> assertThat(row.estimates().get(1)).isEmpty());
        assertThat(comparison.runs().get(1).name()).isEqualTo("queued");
    }

    @Test
    void impossibleComparisonsAreRefusedInWords() {
        int run = ToyRuns.finished(workspace, "a", Map.of(), 10, 1, 2);

        assertThatThrownBy(() -> Comparison.of(workspace, List.of(run), 7)).isInstanceOf(ProjectException.class)
                .hasMessage("the baseline must be one of the runs [1], not 7");
        assertThatThrownBy(() -> Comparison.of(workspace, List.of())).hasMessageContaining("at least one run");
        assertThatThrownBy(() -> Comparison.of(workspace, List.of(99))).hasMessage("the project has no run 99");
    }
}
