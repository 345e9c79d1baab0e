package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.engine.batch.Truncation.Mode;
import preflab.engine.objective.Scores;

/** One character is one token; ^ begins and $ ends a sequence. */
class TruncationTest {

    private static final int BOS = '^';
    private static final int EOS = '$';
    private static final Source SOURCE = new Source("test", 1);

    private static Encoded encode(Content prompt, Content completion) {
        String before = prompt.text();
        String after = completion.text();
        int[] ids = IntStream.concat(IntStream.concat(IntStream.of(BOS), before.chars()),
                IntStream.concat(after.chars(), IntStream.of(EOS))).toArray();
        return new Encoded(ids, 1 + before.length(), IntStream.rangeClosed(0, after.length()).toArray(), false);
    }

    private static Paired pair(int row, String prompt, String chosen, String rejected) {
        return new Paired(new ExampleId(row), Content.of(prompt), Content.of(chosen), Content.of(rejected), SOURCE);
    }

    private static Examples examples(Truncation truncation, PreferenceExample... rows) {
        Collator collator = new Collator(Scores.Pairs.class, TruncationTest::encode, new StepThreshold(0.5));
        ExampleView view = ExampleView.of(new DatasetVersionId("t", 1, "00"), Kind.PAIRED, Arrays.asList(rows));
        return Examples.of(view, 100, collator, truncation);
    }

    private static Truncation truncation(int maxLength, int maxCompletion, Mode prompts, Mode completions) {
        return new Truncation(maxLength, maxCompletion, prompts, completions, BOS);
    }

    /** The tokens, with a bar where the first one stands that the loss sees. */
    private static String text(Sequence sequence) {
        String all = IntStream.range(0, sequence.length()).mapToObj(i -> String.valueOf((char) sequence.id(i)))
                .collect(Collectors.joining());
        int seam = sequence.activeTokens() == 0 ? all.length() : sequence.activePosition(0);
        return all.substring(0, seam) + "|" + all.substring(seam);
    }

    /** Chosen and rejected of the only row. */
    private static List<String> both(int maxLength, int maxCompletion, Mode prompts, Mode completions, String prompt,
            String chosen, String rejected) {
        Examples made = examples(truncation(maxLength, maxCompletion, prompts, completions),
                pair(5, prompt, chosen, rejected));
        return made.items().getFirst().sequences().stream().map(TruncationTest::text).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            # what                                          length  completions  prompts    completions  prompt   chosen      rejected, and both as cut
            a kept prompt ^abc leaves 4 of 8;               8;      0;           KEEP;      CUT_RIGHT;   abc;     wxyz;       z; ^abc|wxyz;   ^abc|z$
            the same, completions cut at the left;          8;      0;           KEEP;      CUT_LEFT;    abc;     wxyz;       z; ^abc|xyz$;   ^abc|z$
            3 of 11 tokens go off the prompt, on both sides; 8;     0;           CUT_LEFT;  CUT_RIGHT;   abcde;   wxyz;       z; ^de|wxyz$;   ^de|z$
            the same, prompts cut at the right;             8;      0;           CUT_RIGHT; CUT_RIGHT;   abcde;   wxyz;       z; ^ab|wxyz$;   ^ab|z$
            too long by itself: behind the one token kept;  5;      0;           CUT_LEFT;  CUT_RIGHT;   ab;      uvwxyz;     z; ^|uvwx;      ^|z$
            the same, completions cut at the left again;    5;      0;           CUT_LEFT;  CUT_LEFT;    ab;      uvwxyz;     z; ^|xyz$;      ^|z$
            completions keep 4 of 10, ^abcdefg the rest;    10;     4;           CUT_LEFT;  CUT_RIGHT;   abcdefg; uvwxyz;     z; ^cdefg|uvwx; ^cdefg|z$
            a short prompt leaves its part of the rest;     10;     4;           CUT_LEFT;  CUT_RIGHT;   ab;      qrstuvwxyz; z; ^ab|qrstuvw; ^ab|z$
            nothing is cut where nothing is too long;       10;     4;           CUT_LEFT;  CUT_RIGHT;   ab;      uvwxyz;     z; ^ab|uvwxyz$; ^ab|z$
            """)
    void sidesAreCutUntilTheyFit(String what, int maxLength, int maxCompletion, Mode prompts, Mode completions,
            String prompt, String chosen, String rejected, String chosenLeft, String rejectedLeft) {
        assertThat(both(maxLength, maxCompletion, prompts, completions, prompt, chosen, rejected)).as(what)
                .containsExactly(chosenLeft, rejectedLeft);
    }

    @Test
    void eachSideLeavesRowsOutOnItsOwn() {
        PreferenceExample longPrompt = pair(0, "abcdefg", "z", "y"); // 10 tokens
        PreferenceExample longAnswer = pair(1, "a", "uvwxyz", "y"); // 9 tokens
        assertThat(examples(truncation(8, 3, Mode.DROP, Mode.CUT_RIGHT), longPrompt, longAnswer).items())
                .extracting(Item::row).containsExactly(1);
        assertThat(examples(truncation(8, 3, Mode.CUT_LEFT, Mode.DROP), longPrompt, longAnswer).items())
                .extracting(Item::row).containsExactly(0);
        Examples none = examples(truncation(8, 0, Mode.DROP, Mode.DROP), longPrompt, longAnswer);
        assertThat(none.items()).isEmpty();
        assertThat(none.dropped()).isEqualTo(2);
        assertThat(none.nothingLeft()).isEmpty();
    }

    @Test
    void aPromptThatFillsTheLimitIsRefusedOrLeftOutAsStated() {
        PreferenceExample fills = pair(5, "abc", "x", "y");
        Truncation keep = truncation(4, 0, Mode.KEEP, Mode.CUT_RIGHT);
        Examples refused = examples(keep, fills);
        assertThat(refused.items()).isEmpty();
        assertThat(refused.refusal(keep).orElseThrow()).contains("row 5,").contains("data.prompt_truncation");
        assertThat(refused.nothingLeftReport(keep).orElseThrow()).contains("row 5,").contains("cut_left");
        Truncation drop = truncation(4, 0, Mode.DROP, Mode.CUT_RIGHT);
        assertThat(examples(drop, fills).refusal(drop)).isEmpty();
        assertThat(examples(drop, fills).dropped()).isEqualTo(1);
    }

    @Test
    void everyRowThatIsTooLongIsReportedByItsSideAndItsNumber() {
        Truncation truncation = truncation(8, 3, Mode.CUT_LEFT, Mode.CUT_RIGHT);
        Examples made = examples(truncation, pair(0, "a", "b", "c"), pair(1, "abcdefg", "z", "y"),
                pair(2, "abcdefg", "wxyz", "y"), pair(3, "a", "uvwxyz", "y"), pair(4, "ab", "uvwxyz", "y"));
        assertThat(made.rowsOf(RowFate.CUT_PROMPT)).containsExactly(1);
        assertThat(made.rowsOf(RowFate.CUT_BOTH)).containsExactly(2);
        assertThat(made.rowsOf(RowFate.CUT_COMPLETION)).containsExactly(3, 4);
        assertThat(made.cutReport(truncation)).hasValue("4 of 5 rows (80.0 %) are longer than 8 tokens: 1 lost their"
                + " prompt's start (row 1), 2 lost a completion's end (row 3, 4), 1 lost their prompt's start and a"
                + " completion's end (row 2)");
    }

    @Test
    void aPairThatCuttingMadeEqualIsRefused() {
        assertThat(examples(truncation(5, 0, Mode.KEEP, Mode.CUT_RIGHT), pair(5, "ab=", "xa", "xb")).nothingLeft())
                .containsExactly(5);
        assertThat(examples(truncation(5, 0, Mode.KEEP, Mode.CUT_LEFT), pair(5, "ab", "xab", "yab")).nothingLeft())
                .containsExactly(5);
    }

    @Test
    void labelsAndStepsStayWithTheirTokens() {
        Stepwise row = new Stepwise(new ExampleId(0), Content.of("ab"), List.of(Step.labelled("vw", StepLabel.GOOD),
                Step.labelled("xy", StepLabel.BAD), Step.labelled("z", StepLabel.UNMARKED)), Optional.of(false),
                SOURCE);
        Sequence whole = new Collator(Scores.Steps.class, TruncationTest::encode, new StepThreshold(0)).collate(row)
                .getFirst();
        Truncation truncation = truncation(6, 0, Mode.KEEP, Mode.CUT_LEFT); // ^ab and 3 of vwxyz$
        Sequence cut = Prepared.of(List.of(whole), truncation).used().getFirst();
        assertThat(text(cut)).isEqualTo("^ab|yz$");
        assertThat(cut.activeTokens()).as("z and what ends it are unmarked").isEqualTo(1);
        assertThat(cut.label(0)).isFalse();
        assertThat(cut.step(0)).isEqualTo(1);
    }

    @Test
    void whatIsShownAsLostIsWhatTrainingLoses() {
        List<Encoded> answers = List.of(encode(Content.of("abcde"), Content.of("wxyz")),
                encode(Content.of("abcde"), Content.of("z")));
        List<boolean[]> lost = truncation(8, 4, Mode.CUT_LEFT, Mode.CUT_RIGHT).lost(answers).orElseThrow();
        assertThat(lost.get(0)).as("^abcde wxyz$: completions keep 4, the prompt ^ and 3")
                .containsExactly(false, true, true, false, false, false, false, false, false, false, true);
        assertThat(lost.get(1)).containsExactly(false, true, true, false, false, false, false, false);
        assertThat(truncation(8, 0, Mode.DROP, Mode.DROP).lost(answers)).isEmpty();
    }

    @Test
    void completionsCannotAlwaysBeKept() {
        assertThatThrownBy(() -> truncation(8, 0, Mode.KEEP, Mode.KEEP)).hasMessageContaining("completions");
    }

    @Property
    void whatIsTrainedOnFitsAndCompletionsAnswerOnePrompt(@ForAll @IntRange(min = 2, max = 14) int maxLength,
            @ForAll @IntRange(min = 0, max = 16) int maxCompletion, @ForAll Mode prompts, @ForAll Mode completions,
            @ForAll @IntRange(min = 0, max = 12) int prompt, @ForAll @IntRange(min = 0, max = 12) int chosen,
            @ForAll @IntRange(min = 0, max = 12) int rejected) {
        if (completions == Mode.KEEP) {
            return;
        }
        Truncation truncation = truncation(maxLength, maxCompletion, prompts, completions);
        Examples made = examples(truncation, pair(0, "p".repeat(prompt), "c".repeat(chosen), "r".repeat(rejected)));
        for (Item item : made.items()) {
            assertThat(item.sequences()).allSatisfy(sequence -> {
                assertThat(sequence.length()).isLessThanOrEqualTo(maxLength);
                assertThat(sequence.id(0)).isEqualTo(BOS);
                assertThat(sequence.activeTokens()).isEqualTo(sequence.length() - sequence.promptLength());
                if (completions == Mode.CUT_LEFT) {
                    assertThat(sequence.id(sequence.length() - 1)).isEqualTo(EOS);
                }
            });
            assertThat(item.sequences().get(0).samePrompt(item.sequences().get(1))).isTrue();
        }
        assertThat(made.items().size() + made.dropped() + made.nothingLeft().size()).isEqualTo(1);
        assertThat(prompts == Mode.KEEP || made.rowsOf(RowFate.PROMPT_FILLS).isEmpty()).isTrue();
    }
}
