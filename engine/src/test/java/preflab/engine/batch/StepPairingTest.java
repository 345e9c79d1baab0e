package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.engine.objective.Group;
import preflab.engine.objective.Scores;

class StepPairingTest {

    private static final StepThreshold HALF = new StepThreshold(0.5);

    /** Rows as "p+" (a right answer to the prompt p) or "p-". */
    private static ExampleView rows(String... rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (String row : rows) {
            boolean right = row.endsWith("+");
            list.add(new Stepwise(new ExampleId(list.size()), Content.of(row.substring(0, 1)),
                    List.of(Step.valued("ab", right ? 1 : 0.5), Step.valued(right ? "cd" : "ef", right ? 1 : -1)),
                    Optional.of(right),
                    new Source("test", 1)));
        }
        return ExampleView.of(new DatasetVersionId("steps", 1, "0".repeat(64)), Kind.STEPWISE, list);
    }

    @Test
    void everyWrongAnswerStandsAgainstOneRightAnswerToItsPromptInTurn() {
        assertThat(StepPairing.of(rows("p-", "q+", "p+", "p-", "r-", "p+", "p-", "q+"), 8, HALF))
                .containsExactly(new StepPairing(2, 0), new StepPairing(5, 3), new StepPairing(2, 6));
    }

    @Test
    void tokensOfTheWrongAnswerCarryTheirStepsLabel() {
        Collator collator = new Collator(Scores.StepPairs.class, StepPairingTest::encode, HALF);
        Examples examples = Examples.of(rows("p-", "p+", "q+"), 3, collator,
                new Truncation(100, 0, Truncation.Mode.KEEP, Truncation.Mode.CUT_RIGHT, -1));
        assertThat(examples.silent()).isEqualTo(1);
        List<Sequence> pair = examples.items().getFirst().sequences();
        assertThat(pair).extracting(Sequence::group).containsExactly(Group.CHOSEN, Group.REJECTED);
        assertThat(labels(pair.get(0))).containsOnly(true);
        assertThat(labels(pair.get(1))).containsExactly(true, true, false, false);
    }

    private static List<Boolean> labels(Sequence sequence) {
        return IntStream.range(0, sequence.activeTokens()).mapToObj(sequence::label).toList();
    }

    /** One token per character. */
    private static Encoded encode(Content prompt, Content completion) {
        String first = ((Content.Plain) prompt).text();
        String second = ((Content.Plain) completion).text();
        return new Encoded((first + second).chars().toArray(), first.length(),
                IntStream.range(0, second.length()).toArray(), false);
    }
}
