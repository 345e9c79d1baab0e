package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.Examples;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.importer.Progress;

class RowQueryTest {

    @TempDir
    Path temp;
    private DatasetStore store;

    @BeforeEach
    void open() {
        store = DatasetStore.open(temp);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredView view(PreferenceExample... rows) {
        return store.view(store.add("rows", rows[0].kind(), List.of(rows).iterator(), "made in a test"));
    }

    private static List<Integer> ids(StoredView view, RowQuery query) {
        FoundRows found = view.find(query, Progress.NONE);
        return found.page(0, found.size()).stream().map(row -> row.id().index()).toList();
    }

    private static RowQuery where(RowFilter... filters) {
        return RowQuery.ALL.withFilters(List.of(filters));
    }

    private static RowFilter between(RowNumber number, double least, double most) {
        return new RowFilter.Between(number, least, most);
    }

    private static Paired scored(String prompt, String chosen, String rejected, String better, String worse) {
        Paired row = Examples.paired(prompt, chosen, rejected);
        return new Paired(row.id(), row.prompt(), row.chosen(), row.rejected(),
                new Source("scored.jsonl", 1, Map.of("score_chosen", better, "score_rejected", worse)));
    }

    @Test
    void pairsAreFilteredAndSortedByLengthAndScore() {
        StoredView view = view(scored("aa", "1234", "12", "8.5", "\"3\""), Examples.paired("a", "1", "12345"),
                scored("aaaa", "12", "1", "7", "6.5"));

        assertThat(ids(view, where(between(RowNumber.PROMPT_LENGTH, 2, 4)))).containsExactly(0, 2);
        assertThat(ids(view, where(between(RowNumber.ANSWER_LENGTH, 4, 4)))).containsExactly(0);
        assertThat(ids(view, where(between(RowNumber.LENGTH_DIFFERENCE, Double.NEGATIVE_INFINITY, 0))))
                .containsExactly(1);
        assertThat(ids(view, where(between(RowNumber.SCORE_GAP, 0.5, 0.5)))).containsExactly(2);
        assertThat(ids(view, RowQuery.ALL.sortedBy(RowNumber.ANSWER_LENGTH, true))).containsExactly(1, 0, 2);
        assertThat(ids(view, RowQuery.ALL.sortedBy(RowNumber.ROW, true))).containsExactly(2, 1, 0);
    }

    @Test
    void rowsThatLackANumberComeLastInEitherOrder() {
        StoredView view = view(Examples.paired("a", "b", "c"), scored("a", "b", "c", "1", "0"),
                scored("a", "b", "c", "2", "0"));

        assertThat(ids(view, RowQuery.ALL.sortedBy(RowNumber.SCORE, false))).containsExactly(1, 2, 0);
        assertThat(ids(view, RowQuery.ALL.sortedBy(RowNumber.SCORE, true))).containsExactly(2, 1, 0);
    }

    @Test
    void stepwiseRowsAreFoundByTheirMarksAndValues() {
        StoredView view = view(
                Examples.stepwise("p", true, Examples.step("a", StepLabel.GOOD, 0.5),
                        Step.labelled("b", StepLabel.NEUTRAL)),
                Examples.stepwise("p", false, Step.labelled("a", StepLabel.GOOD), Step.labelled("b", StepLabel.BAD)),
                Examples.stepwise("p", Step.labelled("a", StepLabel.UNMARKED), Step.valued("b", -0.75)));

        assertThat(ids(view, where(new RowFilter.Marked(RowMark.GOOD)))).containsExactly(0, 1);
        assertThat(ids(view, where(new RowFilter.Marked(RowMark.NEUTRAL)))).containsExactly(0);
        assertThat(ids(view, where(new RowFilter.Marked(RowMark.UNMARKED)))).containsExactly(2);
        assertThat(ids(view, where(new RowFilter.Marked(RowMark.WRONG_ANSWER)))).containsExactly(1);
        assertThat(ids(view, where(between(RowNumber.LOWEST_Q, -1, 0)))).containsExactly(2);
        assertThat(RowMark.of(view.kind())).contains(RowMark.GOOD, RowMark.VALUED).doesNotContain(RowMark.ACCEPTED);
    }

    @Test
    void textAndConditionsAndOrderHoldTogether() {
        StoredView view = view(Examples.unpaired("who?", "no \"idea\"", false),
                Examples.unpaired("who is it?", "an IDEA", true), Examples.unpaired("idea", "x", false));

        assertThat(ids(view, RowQuery.ALL.withText("idea"))).containsExactly(0, 1, 2);
        assertThat(ids(view, where(new RowFilter.Marked(RowMark.REJECTED)).withText("idea")
                .sortedBy(RowNumber.PROMPT_LENGTH, false))).containsExactly(0, 2);
        assertThat(ids(view, RowQuery.ALL.withText("\"idea\""))).containsExactly(0);
        assertThat(ids(view, RowQuery.ALL.withText("completion"))).isEmpty();
    }

    @Test
    void partsOfASplitAreTogetherAllRowsAndSharePromptsNever() {
        StoredView view = view(IntStream.range(0, 90).mapToObj(i -> Examples.demonstration("p" + i / 3, "a" + i))
                .toArray(PreferenceExample[]::new));
        SplitPlan plan = new SplitPlan(0.2, 0.1, 5);

        List<Integer> train = ids(view, where(new RowFilter.InPart(plan, SplitPlan.Part.TRAIN)));
        List<Integer> validation = ids(view, where(new RowFilter.InPart(plan, SplitPlan.Part.VALIDATION)));
        List<Integer> test = ids(view, where(new RowFilter.InPart(plan, SplitPlan.Part.TEST)));

        assertThat(validation).hasSize(18);
        assertThat(test).hasSize(9);
        assertThat(train).hasSize(63).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
        assertThat(train.stream().map(i -> i / 3).distinct()).hasSize(21);
    }

    @Test
    void rowsAreFoundByTheFileTheyCameFrom() {
        StoredView view = view(Examples.paired("a", "b", "c"), scored("a", "b", "c", "1", "0"));

        assertThat(view.files()).containsExactly("test", "scored.jsonl");
        assertThat(ids(view, where(new RowFilter.FromFile("scored.jsonl")))).containsExactly(1);
    }

    @Test
    void pagesOfFoundRowsEndWhereTheRowsEnd() {
        StoredView view = view(Examples.prompt("a"), Examples.prompt("b"), Examples.prompt("c"));
        FoundRows found = view.find(RowQuery.ALL.sortedBy(RowNumber.ROW, true), Progress.NONE);

        assertThat(found.page(2, 10)).extracting(row -> row.prompt().text()).containsExactly("a");
        assertThat(found.page(7, 10)).isEmpty();
        assertThat(found.rowAt(0)).isEqualTo(2);
        assertThat(found.get(1).prompt().text()).isEqualTo("b");
    }

    @Test
    void aNumberThatTheKindLacksIsRefused() {
        StoredView view = view(Examples.prompt("a"));

        assertThatThrownBy(() -> ids(view, RowQuery.ALL.sortedBy(RowNumber.SCORE, true)))
                .isInstanceOf(DatasetException.class).hasMessage("prompts rows have no score");
    }

    @Test
    void aSearchThatNobodyWaitsForEndsAndTheNextOneWorks() {
        StoredView view = view(IntStream.range(0, 5000).mapToObj(i -> Examples.prompt("prompt number " + i))
                .toArray(PreferenceExample[]::new));

        assertThatThrownBy(() -> view.find(RowQuery.ALL.withText("zebra"), new Progress() {
            @Override
            public void at(long done, long total) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        })).isInstanceOf(CancellationException.class);
        assertThat(ids(view, RowQuery.ALL.withText("number 4999"))).containsExactly(4999);
    }

    @Test
    void filesWrittenBeforeTheFactsAreQueriedAllTheSame() throws SQLException {
        view(Examples.prompt("longer"), Examples.prompt("short"));
        store.close();
        Path file = temp.resolve("rows").resolve("v0001.db");
        try (Connection connection = Sqlite.connect(file, Sqlite.common())) {
            Sqlite.execute(connection, "DROP TABLE facts");
            Sqlite.execute(connection, "PRAGMA user_version = 1");
        }
        store = DatasetStore.open(temp);

        assertThat(ids(store.view(store.resolve("rows")), RowQuery.ALL.sortedBy(RowNumber.PROMPT_LENGTH, false)))
                .containsExactly(1, 0);
    }
}
