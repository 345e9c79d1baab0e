package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Sample;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.export.HtmlReport;
import preflab.projects.run.PreparedRuns;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.RunState;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.OpenWorkspace;

class ClaimsTest extends OpenWorkspace {

    private int run(String rate, int seed, int right) {
        return ToyRuns.finished(workspace, "rate " + rate,
                Map.of("optimizer.learning_rate", rate, "training.seed", String.valueOf(seed)), 200, 40, right);
    }

    private List<Integer> seeds(String rate, int... right) {
        List<Integer> runs = new ArrayList<>();
        for (int seed = 0; seed < right.length; seed++) {
            runs.add(run(rate, seed + 1, right[seed]));
        }
        return runs;
    }

    @Test
    void runsAlikeButForTheSeedAreOneWayOfTraining() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 80, 82, 81));
        runs.addAll(seeds("0.003", 120, 121, 119));
        Comparison comparison = Comparison.of(workspace, runs, runs.getFirst());

        Claim claim = comparison.claims().getFirst();
        assertThat(comparison.claims()).hasSize(1);
        assertThat(claim.ourRuns()).containsExactly(4, 5, 6);
        assertThat(claim.theirRuns()).containsExactly(1, 2, 3);
        assertThat(claim.decided()).isTrue();
        assertThat(claim.sentence()).startsWith("rate 0.003 beats rate 0.001 by 19.5 points [").endsWith(
                "200 problems of sums-test v1 watched while training × 3 seeds.");
        assertThat(HtmlReport.html(comparison)).contains("rate 0.003 beats rate 0.001 by 19.5 points");
    }

    @Test
    void whatSeedsAloneCouldDoIsNotClaimed() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 60, 120, 90));
        runs.addAll(seeds("0.003", 70, 130, 100));
        Claim claim = Comparison.of(workspace, runs, runs.getFirst()).claims().getFirst();

        assertThat(claim.decided()).isFalse();
        assertThat(claim.permutationP()).as("the problems alone would claim it").isLessThan(0.05);
        assertThat(claim.sentence()).startsWith("Cannot tell rate 0.003 from rate 0.001: +5.0 points [−")
                .contains("3 more seeds of each would detect ± ");
    }

    @Test
    void oneSeedSpeaksForItselfOnly() {
        int low = run("0.001", 1, 80);
        int high = run("0.003", 1, 120);
        Claim claim = Comparison.of(workspace, List.of(low, high), low).claims().getFirst();

        assertThat(claim.seedsKnown()).isFalse();
        assertThat(claim.sentence()).contains("beats", "× 1 seed, these seeds only");
    }

    @Test
    void aRepeatedSeedIsNoNewSeed() {
        int low = run("0.001", 1, 80);
        int again = run("0.001", 1, 80);
        int high = run("0.003", 1, 81);
        Claim claim = Comparison.of(workspace, List.of(low, again, high), high).claims().getFirst();

        assertThat(claim.ourRuns()).containsExactly(again);
        assertThat(claim.sentence()).startsWith("Cannot tell").contains("run several seeds of each");
    }

    @Test
    void manyComparisonsAreCorrected() {
        List<Integer> runs = new ArrayList<>();
        for (String rate : List.of("0.001", "0.002", "0.003", "0.004")) {
            runs.add(run(rate, 1, 80 + runs.size() * 6));
        }
        List<Claim> claims = Comparison.of(workspace, runs, 1).claims();

        assertThat(claims).hasSize(3).allSatisfy(claim -> assertThat(claim.comparisons()).isEqualTo(3));
        // six problems better, none worse: 2/2^6 alone
        assertThat(claims.getFirst().sentence()).contains("corrected for 3 comparisons");
        assertThat(Comparison.of(workspace, runs).claims()).isEmpty();
    }

    private void asked(int run, String dataset, String sha256, int n, int right) {
        List<Sample> answers = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            answers.add(new Sample(row, "test " + row, "#### 1", Optional.of("1"), Optional.of(row < right)));
        }
        workspace.runs().afterTraining().keep(new LateEvaluation(run, 200, new DatasetVersionId(dataset, 1, sha256),
                "greedy, up to 128 tokens", Instant.EPOCH, Map.of("eval/accuracy", (double) right / n), answers));
    }

    @Test
    void theClaimIsMadeOnTestProblemsAndSaysSo() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 80, 82, 81));
        runs.addAll(seeds("0.003", 120, 121, 119));
        for (int run : runs) {
            asked(run, "kept-back", "c".repeat(64), 400, run <= 3 ? 200 + run : 216 + run);
        }
        Comparison comparison = Comparison.of(workspace, runs, runs.getFirst());

        assertThat(comparison.claims()).extracting(Claim::test).containsExactly(true, false);
        // 220, 221 and 222 of 400 right against 201, 202 and 203: 19/400
        assertThat(comparison.claims().getFirst().sentence()).startsWith("rate 0.003 beats rate 0.001 by 4.8 points [")
                .endsWith("400 test problems of kept-back v1 (unproved: not all rows trained on or watched are here)"
                        + " × 3 seeds; rate 0.003 was the best of 2 on validation (200 problems watched while"
                        + " training).");
        assertThat(comparison.claims().getLast().sentence()).contains("watched while training")
                .doesNotContain("the best of");
        MetricRow row = comparison.metrics().getLast();
        assertThat(row.key()).startsWith("test/accuracy kept-back v1 (unproved");
        assertThat(row.estimates().getFirst().orElseThrow().value()).isEqualTo(201.0 / 400);
        assertThat(row.estimates().getLast().orElseThrow().versusBaseline().orElseThrow().difference())
                .isEqualTo((222 - 201) / 400.0, within(1e-12));
    }

    /** 82, 120 and 90 of 200 right on average: what is watched chooses, and says that it is no claim. */
    @Test
    void settingsAreChosenByWhatWasWatched() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 80, 82, 84));
        runs.addAll(seeds("0.003", 119, 120, 121));
        runs.addAll(seeds("0.01", 90, 90));
        Comparison comparison = Comparison.of(workspace, runs);

        Choice choice = comparison.choice().orElseThrow();
        assertThat(choice.runs()).containsExactly(4, 5, 6);
        assertThat(choice.sentence())
                .isEqualTo("Best of 3 ways of training on validation: rate 0.003, 60.0 % right; next"
                        + " rate 0.01, 45.0 % (200 problems watched while training, mean over seeds, last evaluation). Choose"
                        + " settings by this; it flatters whatever is chosen by it, so claim on test problems.");
        assertThat(HtmlReport.html(comparison)).contains("Best of 3 ways of training on validation: rate 0.003");
        assertThat(Comparison.of(workspace, runs.subList(0, 3)).choice()).as("seeds of one way").isEmpty();
    }

    @Test
    void levelWaysAreCalledLevel() {
        List<Integer> runs = List.of(run("0.001", 1, 80), run("0.003", 1, 80));

        assertThat(Comparison.of(workspace, runs).choice().orElseThrow().sentence())
                .startsWith("rate 0.001 and rate 0.003 are level on validation: 40.0 % right");
    }

    @Test
    void theBasisOfAClaimIsToldWithIt() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 80, 82, 81));
        runs.addAll(seeds("0.003", 120, 121, 119));
        runs.addAll(seeds("0.01", 90, 91, 92));
        Claim claim = Comparison.of(workspace, runs, 1).claims().getFirst();

        assertThat(claim.basis()).isEqualTo("95 % interval: t, crossed random seeds and problems, for this comparison"
                + " alone; p is corrected for all 2 (Holm). Paired permutation test clustered by problem, these seeds"
                + " only: p < 0.001.");
    }

    @Test
    void whatWasAskedLaterIsDotsOfItsOwnName() {
        int run = run("0.001", 1, 80);
        asked(run, "kept-back", "c".repeat(64), 10, 4);

        Chart accuracy = Comparison.of(workspace, List.of(run)).charts().stream()
                .filter(chart -> chart.title().equals("eval/accuracy")).findFirst().orElseThrow();
        assertThat(accuracy.series()).extracting(ChartSeries::name).containsExactly("rate 0.001",
                "rate 0.001: kept-back v1, asked later");
        assertThat(accuracy.series().getLast().points().size()).isEqualTo(1);
        assertThat(accuracy.series().getLast().points().value(0)).isEqualTo(0.4);
        assertThat(accuracy.series()).extracting(ChartSeries::later).containsExactly(false, true);
    }

    @Test
    void waysThatGetTheSameOnesRightAreNotToldApart() {
        int low = run("0.001", 1, 80);
        int high = run("0.003", 1, 80);

        assertThat(Comparison.of(workspace, List.of(low, high), low).claims().getFirst().sentence()).isEqualTo(
                "rate 0.003 and rate 0.001 get the same ones right: 200 problems of sums-test v1 watched while training"
                        + " × 1 seed; harder problems, or more of them, could tell them apart.");
    }

    @Test
    void whatWasWatchedWhileTrainingIsNoTestWhateverItIsCalled() {
        int low = run("0.001", 1, 80);
        int high = run("0.003", 1, 120);
        asked(low, "another-name", "b".repeat(64), 200, 90); // the hash of the watched rows
        asked(high, "another-name", "b".repeat(64), 200, 130);

        assertThat(Comparison.of(workspace, List.of(low, high), low).claims()).extracting(Claim::test)
                .containsExactly(false, false);
    }

    @Test
    void askingAgainReplacesTheAnswersAndALaterCheckpointSpeaks() {
        int run = run("0.001", 1, 80);
        asked(run, "kept-back", "c".repeat(64), 10, 3);
        asked(run, "kept-back", "c".repeat(64), 10, 4);

        assertThat(workspace.runs().afterTraining().evaluations(run)).hasSize(1).first()
                .satisfies(late -> assertThat(late.metrics()).containsEntry("eval/accuracy", 0.4));
        assertThat(workspace.runs().afterTraining().evaluations(run).getFirst().answers()).hasSize(10);
    }

    @Test
    void moreSeedsArePreparedForBothAndWait() {
        List<Integer> runs = new ArrayList<>(seeds("0.001", 60, 120));
        runs.addAll(seeds("0.003", 70, 130));
        Claim claim = Comparison.of(workspace, runs, runs.getFirst()).claims().getFirst();

        List<Integer> prepared = PreparedRuns.moreSeeds(workspace, List.of(claim.theirRuns(), claim.ourRuns()), 2);

        assertThat(prepared.stream().map(workspace.runs()::summary))
                .allMatch(run -> run.state() == RunState.QUEUED).extracting(RunSummary::seed)
                .containsExactly(3, 3, 4, 4);
        assertThat(prepared.stream().map(run -> workspace.runs().spec(run).settings().asText()
                .get("optimizer.learning_rate"))).containsExactly("0.001", "0.003", "0.001", "0.003");
        assertThat(workspace.runs().waiting()).isEqualTo(prepared);
        assertThat(PreparedRuns.next(workspace.runs())).contains(prepared.getFirst());
        workspace.runs().discardWaiting(List.of(1, prepared.getFirst()));
        assertThat(workspace.runs().waiting()).isEqualTo(prepared.subList(1, 4));
        assertThat(workspace.runs().list()).as("runs that were trained stay").hasSize(7);
    }
}
