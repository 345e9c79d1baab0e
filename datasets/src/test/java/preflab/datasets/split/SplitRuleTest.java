package preflab.datasets.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import preflab.datasets.split.SplitRule.Marked;

class SplitRuleTest {

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of("Step 1: ", "a", " ", "\n", "\n\n", ". ", "$x.y$", "Step 12.", "é", "日本。", "\r\n", "no")
                .list().ofMaxSize(14).map(parts -> String.join("", parts));
    }

    @Property(tries = 300)
    void stepsJoinedAreTheAnswerAndNoneIsBlank(@ForAll("answers") String answer,
            @ForAll @IntRange(min = 1, max = 5) int most) {
        for (SplitRule rule : List.of(Marked.LINE, Marked.BLANK_LINE, Marked.STEP_NUMBER, Marked.SENTENCE,
                new SplitRule.Tokens(most, text -> text.split("\\s+").length))) {
            List<String> steps = rule.split(answer);
            assertThat(String.join("", steps)).isEqualTo(answer);
            if (!answer.isBlank()) {
                assertThat(steps).noneMatch(String::isBlank);
            }
        }
    }

    @Test
    void linesKeepTheirLineFeedsAndEmptyLinesJoinTheLineBefore() {
        assertThat(Marked.LINE.split("12+35=47\n47+8=55\n\n#### 55")).containsExactly("12+35=47\n", "47+8=55\n\n",
                "#### 55");
    }

    @Test
    void paragraphsEndAtBlankLinesOnly() {
        assertThat(Marked.BLANK_LINE.split("a\nb\n\nc\n \nd")).containsExactly("a\nb\n\n", "c\n \n", "d");
    }

    @Test
    void numberedStepsBeginAtTheirMarkAlsoWithinALine() {
        assertThat(Marked.STEP_NUMBER.split("Let us see. Step 1: add. Step 2: carry.\n**Step 3:** done"))
                .containsExactly("Let us see. ", "Step 1: add. ", "Step 2: carry.\n", "**Step 3:** done");
        assertThat(Marked.STEP_NUMBER.split("a missstep 1: is none")).hasSize(1);
    }

    @Test
    void sentencesSpareNumbersAndFormulas() {
        assertThat(Marked.SENTENCE.split("It is 3.5 now. Let $f. G$ be so. Done."))
                .containsExactly("It is 3.5 now. ", "Let $f. G$ be so. ", "Done.");
    }

    @Test
    void tokensAreCountedAndWordsStayWhole() {
        SplitRule rule = new SplitRule.Tokens(2, text -> text.strip().split("\\s+").length);

        assertThat(rule.split("one two  three four\nfive")).containsExactly("one two", "  three four", "\nfive");
        assertThat(rule.id()).isEqualTo("tokens:2");
    }

    @Test
    void rulesAreFoundByName() {
        assertThat(SplitRule.of("blank_line")).contains(Marked.BLANK_LINE);
        assertThat(SplitRule.known()).isEqualTo("line, blank_line, step_number, sentence");
    }
}
