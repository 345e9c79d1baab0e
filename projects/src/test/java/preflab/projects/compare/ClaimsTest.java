package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.projects.export.HtmlReport;
import preflab.projects.workspace.Workspace;

class ClaimsTest {

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("toy.preflab"));
    }

    @AfterEach
    void close() {
        workspace.close();
    }

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
                "200 problems of sums-test v1 × 3 seeds.");
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
}
