package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

class RunRowsTest {

    @TempDir
    Path folder;

    private Workspace workspace;
    private RunFinder finder;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("toy.preflab"));
        finder = new RunFinder(workspace.runs());
        run("low seed 1", "0.001", 1, 80);
        run("low seed 2", "0.001", 2, 90);
        run("high seed 1", "0.003", 1, 120);
        run("high seed 2", "0.003", 2, 130);
        run("high seed 3", "0.003", 3, 140);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private void run(String name, String rate, int seed, int right) {
        ToyRuns.finished(workspace, name,
                Map.of("optimizer.learning_rate", rate, "training.seed", String.valueOf(seed)), 200, 40, right);
    }

    private List<RunRow> rows(Grouping grouping, OptionalInt baseline) {
        return finder.rows(workspace.runs().list(), new RunFinder.Question("", false, grouping, baseline)).rows();
    }

    @Test
    void runsAlikeButForTheSeedShareALineWithMeanSpreadAndCount() {
        List<RunRow> rows = rows(Grouping.ALL_BUT_SEED, OptionalInt.empty());

        assertThat(rows).extracting(RunRow::name).containsExactly("high", "low");
        assertThat(rows.getFirst().numbers()).containsExactly(5, 4, 3);
        // 0.60, 0.65, 0.70: mean 0.65, standard deviation 0.05
        assertThat(rows.getFirst().cell("eval/accuracy").text()).isEqualTo("0.6500 ± 0.0500 (n=3)");
        assertThat(rows.getFirst().cell("seed").text()).isEqualTo("1, 2, 3");
        assertThat(rows.getFirst().cell("learning_rate").text()).isEqualTo("0.003");
    }

    @Test
    void metricsAreMeasuredAgainstTheBaselinesLine() {
        List<RunRow> rows = rows(Grouping.ALL_BUT_SEED, OptionalInt.of(1));

        assertThat(rows.getFirst().cell("eval/accuracy").versusBaseline().orElseThrow()).isCloseTo(0.65 - 0.425,
                within(1e-12));
        assertThat(rows.getLast().cell("eval/accuracy").versusBaseline()).as("the baseline itself").isEmpty();
        assertThat(rows.getFirst().cell("seed").versusBaseline()).isEmpty();
    }

    @Test
    void anySettingsGroup() {
        assertThat(rows(Grouping.by(List.of("seed")), OptionalInt.empty())).extracting(RunRow::name)
                .containsExactly("seed = 3", "seed = 2", "seed = 1");
    }

    @Test
    void missingValuesComeLastWhicheverWayAColumnIsSorted() {
        List<RunCell> cells = new ArrayList<>(List.of(RunCell.NOTHING, new RunCell("2", OptionalDouble.of(2),
                OptionalDouble.empty()), new RunCell("10", OptionalDouble.of(10), OptionalDouble.empty())));
        cells.sort(RunCell.order(false));
        assertThat(cells).extracting(RunCell::text).containsExactly("2", "10", "–");
        cells.sort(RunCell.order(true).reversed());
        assertThat(cells).extracting(RunCell::text).containsExactly("10", "2", "–");
    }

    @Test
    void tagsNotesAndTheArchiveAreKeptAndFound() {
        workspace.runs().mark(List.of(1, 2), mark -> mark.withTags(List.of("weak", "keep")).withNote(" too low "));
        workspace.runs().mark(List.of(2), mark -> mark.withArchived(true));

        assertThat(finder.find(workspace.runs().list(), "tags ~ weak")).containsExactlyInAnyOrder(1, 2);
        assertThat(finder.find(workspace.runs().list(), "tags = keep")).as("one of two").containsExactlyInAnyOrder(1,
                2);
        assertThat(finder.find(workspace.runs().list(), "tags != keep")).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(finder.find(workspace.runs().list(), "tags in (nothing, weak)")).containsExactlyInAnyOrder(1, 2);
        assertThat(finder.find(workspace.runs().list(), "note = \"too low\" and archived = no")).containsExactly(1);
        assertThat(rows(Grouping.NONE, OptionalInt.empty())).extracting(row -> row.runs().getFirst().id())
                .containsExactly(5, 4, 3, 1);
        assertThatThrownBy(() -> workspace.runs().mark(List.of(1), mark -> mark.withTags(List.of("a,b"))))
                .isInstanceOf(ProjectException.class).hasMessageContaining("no comma");
        assertThat(workspace.runs().marks().get(1).tags()).containsExactly("keep", "weak");
    }

    @Test
    void severalLinesTogetherHaveTheTagsThatEachHasAndTheNoteThatAllShare() {
        workspace.runs().mark(List.of(1, 2), mark -> mark.withTags(List.of("weak", "rate")).withNote("too low"));
        workspace.runs().mark(List.of(3), mark -> mark.withTags(List.of("rate")).withNote("better"));
        List<RunRow> rows = rows(Grouping.NONE, OptionalInt.empty());

        RunRow low = RunRow.together(rows.subList(3, 5));
        assertThat(low.numbers()).containsExactly(2, 1);
        assertThat(low.mark().tags()).containsExactly("rate", "weak");
        assertThat(low.mark().note()).isEqualTo("too low");
        assertThat(low.cell("tags").text()).isEqualTo("rate, weak");
        RunRow three = RunRow.together(rows.subList(2, 5));
        assertThat(three.mark().tags()).containsExactly("rate");
        assertThat(three.mark().note()).isEmpty();
        assertThat(three.hasSeveralNotes()).isTrue();
        assertThat(RunRow.together(rows.subList(0, 1))).isSameAs(rows.getFirst());
    }
}
