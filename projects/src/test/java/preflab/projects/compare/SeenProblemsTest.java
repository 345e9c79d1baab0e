package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import preflab.datasets.Examples;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.Origin;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.Specs;
import preflab.projects.workspace.DatasetLineage;
import preflab.projects.workspace.OpenWorkspace;

/** Two runs, asked the same 200 problems after training: what may be said depends on the rows they saw before. */
class SeenProblemsTest extends OpenWorkspace {

    private static final int ASKED = 200;

    private DatasetVersionId watched;

    @BeforeEach
    void addWatched() {
        watched = problems("watched", 1000, 1010, List.of());
    }

    private DatasetVersionId problems(String name, int from, int to, List<DatasetVersionId> parents) {
        return workspace.datasets().add(name, Kind.UNPAIRED,
                IntStream.range(from, to).mapToObj(n -> Examples.unpaired("problem " + n, "answer", true)).iterator(),
                new Origin("made", parents.isEmpty() ? "made" : "split", parents, Map.of()), Progress.NONE);
    }

    private int run(String name, DatasetVersionId data, DatasetVersionId evaluation, String model) {
        RunSpec toy = Specs.sft(name, Map.of("optimizer.learning_rate", name));
        return ToyRuns.finished(workspace, new RunSpec(toy.version(), name, data, Optional.of(evaluation), model,
                toy.reference(), toy.objective(), toy.hyper(), toy.settings()), 10, 1, 5);
    }

    /** Both runs answer problems first, first + 1, …; the second one gets more of them right. */
    private Claim claim(DatasetVersionId asked, int first, int low, int high) {
        for (int run : List.of(low, high)) {
            List<Sample> answers = IntStream.range(0, ASKED).mapToObj(row -> new Sample(row, "problem " + (first + row),
                    "#### 1", Optional.of("1"), Optional.of(row % 10 < (run == high ? 8 : 3)))).toList();
            workspace.runs().afterTraining().keep(new LateEvaluation(run, 200, asked, "greedy", Instant.EPOCH,
                    Map.of("eval/accuracy", 0.5), answers));
        }
        return Comparison.of(workspace, List.of(low, high), low).claims().getFirst();
    }

    private Claim claim(DatasetVersionId learned, DatasetVersionId asked, int first) {
        return claim(asked, first, run("0.001", learned, watched, "builtin:sums"),
                run("0.002", learned, watched, "builtin:sums"));
    }

    @Test
    void theOtherPartOfASplitIsATest() {
        DatasetVersionId all = problems("all", 0, 600, List.of());
        DatasetVersionId learned = problems("train", 200, 600, List.of(all));
        Claim claim = claim(learned, problems("test", 0, 200, List.of(all)), 0);

        assertThat(claim.test()).isTrue();
        assertThat(claim.sentence()).contains("200 test problems of test v1 × 1 seed");
        assertThat(DatasetLineage.of(workspace).line(learned)).contains(learned.sha256(), all.sha256()).hasSize(2);
    }

    @Test
    void aPartOfTheRowsTrainedOnIsNoTest() {
        DatasetVersionId all = problems("all", 0, 600, List.of());
        Claim claim = claim(all, problems("test", 0, 200, List.of(all)), 0);

        assertThat(claim.test()).isFalse();
        assertThat(claim.sentence()).contains("200 problems of test v1 trained on × 1 seed");
    }

    @Test
    void aSecondImportOfTheSameProblemsHidesNothing() {
        Claim claim = claim(problems("first-import", 0, 300, List.of()), problems("again", 0, 200, List.of()), 0);

        assertThat(claim.test()).isFalse();
    }

    @Test
    void aPartOfTheRowsWatchedIsNoTest() {
        DatasetVersionId learned = problems("train", 200, 600, List.of());
        DatasetVersionId both = problems("both", 50, 1010, List.of(watched));
        Claim claim = claim(problems("test", 0, 200, List.of()), 0, run("0.001", learned, both, "builtin:sums"),
                run("0.002", learned, watched, "builtin:sums"));

        assertThat(claim.test()).isFalse();
        assertThat(claim.sentence()).contains("200 problems of test v1, 150 of them watched while training");
    }

    @Test
    void twoCopiesOfOneParentThatShareSomeRowsAreATestOnTheOthers() {
        DatasetVersionId all = problems("all", 0, 600, List.of());
        DatasetVersionId filtered = problems("filtered", 150, 600, List.of(all));
        Claim claim = claim(filtered, problems("deduplicated", 0, 200, List.of(all)), 0);

        assertThat(claim.test()).isTrue();
        assertThat(claim.sentence()).contains("150 test problems of deduplicated v1 (50 more, trained on or watched,"
                + " left out) × 1 seed");
        // each ten of the 150 fresh ones: 8 right against 3
        assertThat(claim.difference()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whatTheModelLearnedInAnEarlierRunIsNoTest() {
        DatasetVersionId earlier = problems("earlier", 0, 200, List.of());
        DatasetVersionId learned = problems("train", 200, 600, List.of());
        int first = run("0.5", earlier, watched, "builtin:sums");
        Claim claim = claim(earlier, 0, run("0.001", learned, watched, "builtin:sums"),
                run("0.002", learned, watched, "run:" + first + "@200"));

        assertThat(claim.test()).isFalse();
        assertThat(claim.sentence()).contains("trained on");
    }

    @Test
    void rowsThatAreNotHereProveNothingAndTheSentenceSaysSo() {
        DatasetVersionId test = problems("test", 0, 200, List.of());
        Claim unknown = claim(new DatasetVersionId("elsewhere", 1, "e".repeat(64)), test, 0);

        assertThat(unknown.test()).isTrue();
        assertThat(unknown.sentence()).contains("200 test problems of test v1 (unproved: not all rows trained on or"
                + " watched are here) × 1 seed");
    }

    @Test
    void rowsThatAreNotHereAreSeenWholeByTheLineage() {
        DatasetVersionId elsewhere = new DatasetVersionId("elsewhere", 1, "e".repeat(64));
        Claim claim = claim(elsewhere, problems("test", 0, 200, List.of(elsewhere)), 0);

        assertThat(claim.test()).isFalse();
        assertThat(claim.sentence()).contains("200 problems of test v1 trained on");
    }

    @Test
    void deletedRowsAreStillKnownByTheirPrompts() {
        DatasetVersionId all = problems("all", 0, 600, List.of());
        DatasetVersionId test = problems("test", 0, 200, List.of());
        int low = run("0.001", all, watched, "builtin:sums");
        int high = run("0.002", all, watched, "builtin:sums");
        assertThat(claim(test, 0, low, high).test()).isFalse();

        workspace.datasets().trash().put(all);

        assertThat(Comparison.of(workspace, List.of(low, high), low).claims().getFirst().test()).isFalse();
    }
}
