package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Unlearning;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.Sequence;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Objectives;

/** Which sequences make up an optimizer step, and data of which none can be made. */
class StepRowsTest {

    @TempDir
    Path folder;

    /** A prompt of the tokens 10·row, 10·row + 1 and a completion of {@code length} tokens 100 + row. */
    private static Sequence sequence(int row, Group group, int length) {
        int[] ids = new int[2 + length];
        ids[0] = 10 * row;
        ids[1] = 10 * row + 1;
        Arrays.fill(ids, 2, ids.length, 100 + row);
        return Sequence.of(row, group, new Encoded(ids, 2, new int[length], false), true);
    }

    private static Item item(int row, Group group, int length) {
        return new Item(row, List.of(sequence(row, group, length)));
    }

    private static List<Integer> ids(Sequence sequence) {
        return IntStream.range(0, sequence.length()).mapToObj(sequence::id).toList();
    }

    private static List<Sequence> mismatched(List<Item> items) {
        return Mismatch.only(items, true).stream().flatMap(item -> item.sequences().stream()).toList();
    }

    @Test
    void mismatchedCompletionsAreThoseOfTheStepCycledByOne() {
        List<Item> step = List.of(item(1, Group.ACCEPTED, 3), item(2, Group.REJECTED, 1), item(3, Group.ACCEPTED, 2));
        List<Sequence> mismatched = mismatched(Mismatch.added(step, 100));
        assertThat(mismatched).extracting(StepRowsTest::ids).containsExactly(List.of(10, 11, 103, 103),
                List.of(20, 21, 101, 101, 101), List.of(30, 31, 102));
        assertThat(mismatched).extracting(Sequence::activeTokens).containsExactly(2, 3, 1);
    }

    @Test
    void bothSidesOfAPairGoToTheSameOtherPrompt() {
        List<Item> step = IntStream.of(1, 2)
                .mapToObj(
                        row -> new Item(row,
                                List.of(sequence(row, Group.ACCEPTED, 1), sequence(row, Group.REJECTED, 2))))
                .toList();
        assertThat(mismatched(Mismatch.added(step, 100))).extracting(StepRowsTest::ids).containsExactly(
                List.of(10, 11, 102), List.of(10, 11, 102, 102), List.of(20, 21, 101), List.of(20, 21, 101, 101));
    }

    @Test
    void rowsThatShareAPromptPassTheirCompletionsToAnotherOne() {
        List<Item> step = List.of(item(1, Group.ACCEPTED, 1), item(1, Group.REJECTED, 2), item(2, Group.ACCEPTED, 3));
        assertThat(mismatched(Mismatch.added(step, 100))).extracting(StepRowsTest::ids).containsExactly(
                List.of(10, 11, 102, 102, 102), List.of(10, 11, 102, 102, 102), List.of(20, 21, 101, 101));
        assertThat(mismatched(Mismatch.added(step.subList(0, 2), 100))).isEmpty();
    }

    @Test
    void aMismatchedCompletionThatDoesNotFitLosesItsEnd() {
        List<Item> step = List.of(item(1, Group.ACCEPTED, 1), item(2, Group.ACCEPTED, 9));
        Sequence cut = mismatched(Mismatch.added(step, 5)).getFirst();
        assertThat(ids(cut)).containsExactly(10, 11, 102, 102, 102);
        assertThat(cut.activeTokens()).isEqualTo(3);
    }

    @Test
    void everyRowToForgetBringsARowToRetainAlong() {
        List<Item> items = List.of(item(0, Group.FORGET, 1), item(1, Group.RETAIN, 1), item(2, Group.RETAIN, 1),
                item(3, Group.RETAIN, 1), item(4, Group.FORGET, 1));
        Needs needs = Objectives.find("npo_rt").orElseThrow().defaultNeeds();
        StepRows rows = new StepRows(items, needs, 3, 100, 5);
        assertThat(rows.size()).isEqualTo(2);
        List<Integer> retained = IntStream.range(0, 2).boxed().flatMap(step -> rows.at(step).stream())
                .map(item -> item.sequences().get(1)).map(Sequence::row).toList();
        assertThat(retained.subList(0, 3)).containsExactlyInAnyOrder(1, 2, 3); // all before any comes again
        assertThat(rows.at(1)).isEqualTo(rows.at(1));
        assertThat(rows.at(0)).allSatisfy(item -> assertThat(item.sequences()).extracting(Sequence::group)
                .containsExactly(Group.FORGET, Group.RETAIN));
    }

    @Test
    void rowsToRetainPlayNoPartWhereNothingIsRetained() {
        List<Item> items = List.of(item(0, Group.FORGET, 1), item(1, Group.RETAIN, 1));
        StepRows rows = new StepRows(items, Objectives.find("npo").orElseThrow().defaultNeeds(), 2, 100, 5);
        assertThat(rows.at(0)).containsExactly(items.getFirst(), items.getFirst());
    }

    private String refusal(String objective, ExampleView rows, Map<String, String> settings) {
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec(objective, rows, settings), rows, Optional.empty(),
                folder.resolve("never-read"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        return run.ended().message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kto", "step_kto"})
    void aStepOfOneRowHasNoMismatchedCompletions(String objective) {
        ExampleView rows = objective.equals("kto") ? Tiny.unpaired(6) : Tiny.steps(6);
        assertThat(refusal(objective, rows, Map.of("batch_size", "1"))).contains("a step of 1 row",
                "at least 2 rows", "set z0 to a number");
    }

    @Test
    void aSingleRowHasNoMismatchedCompletions() {
        assertThat(refusal("kto", Tiny.unpaired(1), Map.of())).contains("1 row of", "at least 2 rows");
    }

    @Test
    void aStepOfOneRowIsEnoughWhereTheReferencePointIsANumber() {
        Tiny.Recorder run = Tiny.run(folder, "kto", Tiny.unpaired(6), Map.of("batch_size", "1", "z0", "0"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(run.series("kl")).containsOnly(0.0);
    }

    @Test
    void unlearningWithoutTheRowsItTakesIsRefused() {
        assertThat(refusal("npo_rt", unlearning(true), Map.of())).contains("no row to retain", "lambda = 0");
        assertThat(refusal("ga", unlearning(false), Map.of())).contains("no row to forget", "marked as forget");
    }

    @Test
    void stepPairsWithoutAPromptOfBothSortsAreRefused() {
        assertThat(refusal("step_dpo", Tiny.steps(1), Map.of())).contains("no prompt has both", "step_kto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"odpo", "mappo", "weighted_dpo"})
    void pairsWithoutTheirNumberAreRefused(String objective) {
        assertThat(refusal(objective, Tiny.pairs(8), Map.of())).contains("because of row 0", "score_chosen");
    }

    @Test
    void withoutARetainTermRowsToForgetAreEnough() {
        Tiny.Recorder run = Tiny.run(folder, "graddiff", unlearning(true), Map.of("lambda", "0", "steps", "1"));
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kto", "npo_kl"})
    void heldOutRowsAreJudgedTheSameWhateverTheBatchSize(String objective) {
        ExampleView rows = objective.equals("kto") ? Tiny.unpaired(9) : Tiny.unlearning(9);
        double whole = heldOutLoss(objective, rows, "9");
        assertThat(heldOutLoss(objective, rows, "2")).isCloseTo(whole,
                within(1e-5 * Math.abs(whole)));
    }

    /** From a reference that is not the policy, so that z₀ is not 0 by itself. */
    private double heldOutLoss(String objective, ExampleView rows, String batchSize) {
        RunSpec spec = Tiny.spec(objective, rows, Map.of("batch_size", batchSize, "steps", "1", "evaluation.rows", "9",
                "optimizer.learning_rate", "1e-9"));
        Tiny.Recorder recorder = new Tiny.Recorder();
        new Trainer(spec, new TrainInputs(rows, Optional.of(rows), Tiny.model(folder, 7),
                Optional.of(Tiny.model(folder, 8)), folder.resolve("checkpoints")), recorder, new StopSignal()).run();
        assertThat(recorder.ended().outcome()).as(recorder.ended().message()).isEqualTo(Outcome.FINISHED);
        return recorder.series("eval/loss").getFirst();
    }

    private static ExampleView unlearning(boolean forget) {
        List<PreferenceExample> list = IntStream.range(0, 8)
                .mapToObj(i -> (PreferenceExample) new Unlearning(new ExampleId(i), Content.of("1+" + i + "="),
                        Content.of("#### " + (1 + i)), forget, new Source("tiny", 1)))
                .toList();
        return Tiny.view(Kind.FORGET_RETAIN, list);
    }
}
