package preflab.datasets.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.check.DatasetCheck.Settings;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;

class DatasetCheckTest {

    private static final String STORY = "The quick brown fox jumps over the lazy dog while seven old owls watch it from"
            + " the tall dark trees";

    private static Map<String, List<Integer>> found(Settings settings, PreferenceExample... rows) {
        return check(settings, Examples.view(rows)).findings().stream()
                .collect(Collectors.toMap(Finding::id, Finding::rows));
    }

    private static DatasetCheck check(Settings settings, ExampleView view) {
        return DatasetCheck.of(view, settings, (done, total) -> {
        }, () -> false);
    }

    @Test
    void goodRowsRaiseNothing() {
        assertThat(found(Settings.USUAL, Examples.paired("1+1=", "2", "3"), Examples.paired("2+2=", "4", "5")))
                .isEmpty();
    }

    @Test
    void equalRowsAreDuplicatesOfTheFirst() {
        assertThat(found(Settings.USUAL, Examples.paired("p", "a", "b"), Examples.paired("q", "a", "b"),
                Examples.paired("p", "a", "b"), Examples.paired("p", "a", "b"))).containsOnlyKeys("duplicates")
                .containsEntry("duplicates", List.of(2, 3));
    }

    @Test
    void rowsThatDifferInAWordAreNearAndRowsThatShareHalfAreNot() {
        Map<String, List<Integer>> found = found(Settings.USUAL, Examples.demonstration("Tell me a story", STORY),
                Examples.demonstration("tell me a STORY!", STORY + " tonight"),
                Examples.demonstration("Tell me a story", STORY.substring(0, STORY.length() / 2)
                        + " and so on and on until nobody is left who would listen to any of it"));

        assertThat(found).containsEntry("near_duplicates", List.of(1));
    }

    @Test
    void nearDuplicatesAreFoundWhateverTheSeed() {
        for (long seed = 0; seed < 20; seed++) {
            Settings settings = new Settings(List.of(), null, 0, 0.8, seed);
            assertThat(found(settings, Examples.demonstration("p", STORY + " a"),
                    Examples.demonstration("p", STORY + " b"))).containsKey("near_duplicates");
        }
    }

    @Test
    void contradictionsAreAnswersJudgedBothWays() {
        assertThat(found(Settings.USUAL, Examples.unpaired("p", "a", true), Examples.unpaired("q", "a", false),
                Examples.unpaired("p", "a", false))).containsEntry("contradictory", List.of(0, 2));
        assertThat(found(Settings.USUAL, Examples.paired("p", "a", "b"), Examples.paired("p", "b", "a"),
                Examples.paired("p", "a", "c"))).containsEntry("contradictory", List.of(0, 1));
        assertThat(found(Settings.USUAL, Examples.stepwise("p", true, Step.labelled("a", StepLabel.GOOD)),
                Examples.stepwise("p", false, Step.labelled("a", StepLabel.GOOD)),
                Examples.stepwise("p", Step.labelled("a", StepLabel.GOOD))))
                .containsEntry("contradictory", List.of(0, 1));
    }

    @Test
    void equalAndEmptyAnswersAreNamed() {
        assertThat(found(Settings.USUAL, Examples.paired("p", "a", "a"), Examples.paired("q", " ", "x")))
                .containsEntry("equal_answers", List.of(0)).containsEntry("empty_answers", List.of(1));
        assertThat(found(Settings.USUAL, Examples.prompt("p"))).isEmpty();
        assertThat(found(Settings.USUAL, Examples.ranked("p", "a", "b", "a"))).containsKey("equal_answers");
    }

    @Test
    void promptsOfHeldOutDataLeakWhateverTheirSpacing() {
        ExampleView heldOut = Examples.view(Examples.demonstration("What  is it?", "x"));

        assertThat(found(Settings.USUAL.against(List.of(heldOut)), Examples.demonstration("who?", "y"),
                Examples.demonstration("what is it?", "z"))).containsEntry("leakage", List.of(1));
    }

    @Test
    void promptsInSeveralSplitsOfTheFileAreNamed() {
        assertThat(found(Settings.USUAL, split("p", "a", "train"), split("p", "b", "test"), split("q", "c", "test")))
                .containsEntry("several_parts", List.of(0, 1));
    }

    private static Paired split(String prompt, String chosen, String part) {
        Paired row = Examples.paired(prompt, chosen, "worse");
        return new Paired(row.id(), row.prompt(), row.chosen(), row.rejected(),
                new Source("f", 1, Map.of("split", "\"" + part + "\"")));
    }

    @Test
    void lengthsAreHeldAgainstTheLimit() {
        ExampleView view = Examples.view(Examples.paired("aaaa", "bb", "b"), Examples.paired("aaaaaaaa", "b", "c"),
                Examples.paired("a", "b", "c"));

        DatasetCheck check = check(Settings.USUAL.tokens(String::length, 5), view);

        assertThat(check.findings()).extracting(Finding::id).containsExactly("prompt_too_long", "too_long");
        assertThat(check.findings()).extracting(Finding::rows).containsExactly(List.of(1), List.of(0, 1));
        TokenLengths lengths = check.lengths().orElseThrow();
        assertThat(lengths.shareCut(5)).as("(1 + 4) of 6 + 9 + 2").isEqualTo(5.0 / 17);
        assertThat(lengths.histogram(5)).as("widths of 2 up to 9").containsExactly(0, 1, 0, 1, 1);
        assertThat(lengths.longerThan(8)).isEqualTo(1);
    }

    @Test
    void labelsOutOfBalanceAreNamed() {
        PreferenceExample[] rows = IntStream.range(0, 20).mapToObj(i -> Examples.unpaired("p" + i, "a", i > 0))
                .toArray(PreferenceExample[]::new);

        DatasetCheck check = check(Settings.USUAL, Examples.view(rows));

        assertThat(check.findings()).extracting(Finding::problem)
                .containsExactly("19 accepted against 1 rejected rows");
        assertThat(check.balance().counts()).containsEntry("accepted", 19L).containsEntry("rejected", 1L);
        assertThat(check.prompts()).isEqualTo(20);
    }

    private static Map<String, Long> counts(DatasetCheck check, String id) {
        return check.compositions().stream().filter(composition -> composition.id().equals(id)).findFirst()
                .orElseThrow()
                .counts();
    }

    @Test
    void rowsAreCountedByRepeatsPromptsAndHeldOutPrompts() {
        ExampleView heldOut = Examples.view(Examples.demonstration("TELL me a story", "x"),
                Examples.demonstration("something else", "y"), Examples.demonstration("and else", "z"));

        DatasetCheck check = check(Settings.USUAL.against(List.of(heldOut)),
                Examples.view(Examples.demonstration("Tell me a story", STORY),
                        Examples.demonstration("Tell me a story", STORY + " tonight"),
                        Examples.demonstration("Tell me a story", STORY), Examples.demonstration("a", "b")));

        assertThat(counts(check, "repeats")).containsExactly(Map.entry("unlike any earlier row", 2L),
                Map.entry("nearly an earlier row", 1L), Map.entry("equal to an earlier row", 1L));
        assertThat(counts(check, "prompts")).containsExactly(Map.entry("alone with its prompt", 1L),
                Map.entry("2 rows a prompt", 0L), Map.entry("3 to 7 rows a prompt", 3L),
                Map.entry("8 rows or more", 0L));
        assertThat(counts(check, "held_out")).containsExactly(Map.entry("prompt not trained on", 2L),
                Map.entry("prompt trained on", 1L));
        assertThat(check.compositions()).extracting(Composition::id).containsExactly("prompts", "repeats", "held_out");
    }

    @Test
    void pairsAreCountedByTheLongerAnswerAndSplitsBySharedPrompts() {
        DatasetCheck check = check(Settings.USUAL, Examples.view(split("p", "longest", "train"),
                split("p", "b", "test"), split("q", "equal", "test"), split("r", "c", "test")));

        assertThat(counts(check, "pair_lengths")).containsExactly(Map.entry("the longer one chosen", 1L),
                Map.entry("the shorter one chosen", 2L), Map.entry("equally long", 1L));
        assertThat(counts(check, "splits")).containsExactly(Map.entry("prompt in one split", 2L),
                Map.entry("prompt in several", 2L));
    }

    @Test
    void aCheckIsCancelled() {
        assertThatThrownBy(() -> DatasetCheck.of(Examples.view(Examples.prompt("p")), Settings.USUAL, (a, b) -> {
        }, () -> true)).isInstanceOf(CancellationException.class);
    }
}
