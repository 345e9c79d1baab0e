package preflab.datasets.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;

class ChecksTest {

    @Test
    void duplicatesAreRowsWithEqualTextsWhateverTheirLabels() {
        ExampleView view = Examples.view(Examples.unpaired("a", "x", true), Examples.unpaired("b", "x", true),
                Examples.unpaired("a", "x", false), Examples.unpaired("b", "x", true),
                Examples.unpaired("a", "x", true), Examples.unpaired("ax", "", true));

        Duplicates duplicates = Duplicates.of(view);

        assertThat(duplicates.groups()).containsExactly(List.of(0, 2, 4), List.of(1, 3));
        assertThat(duplicates.surplus()).isEqualTo(3);
    }

    @Test
    void aTextMovedFromThePromptToTheAnswerIsNoDuplicate() {
        ExampleView view = Examples.view(Examples.demonstration("ab", "c"), Examples.demonstration("a", "bc"));

        assertThat(Duplicates.of(view).groups()).isEmpty();
    }

    @Test
    void leakageSeesThroughCapitalsAndWhiteSpace() {
        ExampleView training = Examples.view(Examples.paired("What is 1 + 1?", "2", "3"));
        Paired chat = new Paired(new ExampleId(0), Examples.chat("what is 1 + 1?"), Examples.reply("2"),
                Examples.reply("4"), new Source("test", 1));
        ExampleView heldOut = Examples.view(Examples.paired("What is 2 + 2?", "4", "5"),
                Examples.paired(" what is\n1 + 1?", "2", "11"), chat, Examples.paired("What is 1+1?", "2", "11"));

        PromptOverlap overlap = PromptOverlap.between(training, heldOut);

        assertThat(overlap.rows()).containsExactly(1, 2);
        assertThat(overlap.share()).isEqualTo(0.5);
    }

    @Test
    void balanceCountsEveryLabelOfTheKind() {
        ExampleView answers = Examples.view(Examples.unpaired("a", "x", true), Examples.unpaired("b", "y", true));
        ExampleView steps = Examples.view(
                Examples.stepwise("a", Step.labelled("1", StepLabel.GOOD), Step.labelled("2", StepLabel.NEUTRAL)),
                Examples.stepwise("b", Step.valued("1", 0.5), Examples.step("2", StepLabel.BAD, -1)));

        assertThat(LabelBalance.of(answers).counts()).isEqualTo(Map.of("accepted", 2L, "rejected", 0L));
        assertThat(LabelBalance.of(steps).counts())
                .isEqualTo(Map.of("good", 1L, "neutral", 1L, "bad", 1L, "unmarked", 1L, "with q", 2L));
        assertThat(LabelBalance.of(Examples.view(Examples.prompt("a"))).counts()).isEmpty();
    }

    @Test
    void lengthsAreCountedPartByPart() {
        ExampleView view = Examples.view(Examples.paired("1", "22", "333"), Examples.paired("1", "4444", ""));

        Lengths lengths = Lengths.of(view, String::length);

        assertThat(lengths.parts().keySet()).containsExactly("prompt", "chosen", "rejected");
        assertThat(lengths.parts().get("chosen")).isEqualTo(new Lengths.Summary(2, 2, 2, 4, 4, 6));
        assertThat(lengths.parts().get("chosen").mean()).isEqualTo(3);
    }

    @Test
    void quantilesAreLengthsThatOccur() {
        ExampleView view = Examples.view(java.util.stream.IntStream.rangeClosed(1, 100)
                .mapToObj(i -> Examples.prompt("x".repeat(i))).toArray(preflab.datasets.example.PromptOnly[]::new));

        assertThat(Lengths.of(view, String::length).parts().get("prompt"))
                .isEqualTo(new Lengths.Summary(100, 1, 50, 95, 100, 5050));
    }
}
