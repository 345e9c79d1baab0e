package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.engine.objective.Group;
import preflab.engine.objective.Scores;

/** One character is one token; 1 begins and 2 ends a sequence. */
class CollatorTest {

    private static final Source SOURCE = new Source("test", 1);
    private static final ExampleId ID = new ExampleId(5);
    private static final Content PROMPT = Content.of("ab=");

    private static Encoded encode(Content prompt, Content completion) {
        String before = prompt.text();
        String after = completion.text();
        int[] ids = IntStream.concat(IntStream.concat(IntStream.of(1), before.chars()),
                IntStream.concat(after.chars(), IntStream.of(2))).toArray();
        return new Encoded(ids, 1 + before.length(), IntStream.rangeClosed(0, after.length()).toArray(), false);
    }

    private static List<Sequence> collate(Class<? extends Scores> scores, PreferenceExample example) {
        return new Collator(scores, CollatorTest::encode, new StepThreshold(0.5)).collate(example);
    }

    private static Paired pair(String chosen, String rejected) {
        return new Paired(ID, PROMPT, Content.of(chosen), Content.of(rejected), SOURCE);
    }

    private static Unpaired unpaired(boolean accepted) {
        return new Unpaired(ID, PROMPT, Content.of("xyz"), accepted, SOURCE);
    }

    private static Stepwise steps(Optional<Boolean> right, Step... steps) {
        return new Stepwise(ID, PROMPT, List.of(steps), right, SOURCE);
    }

    @Test
    void aPairGivesChosenAndRejectedTogether() {
        List<Sequence> both = collate(Scores.Pairs.class, pair("xy", "z"));
        assertThat(both).extracting(Sequence::group).containsExactly(Group.CHOSEN, Group.REJECTED);
        assertThat(both.get(0).length()).isEqualTo(7); // <s> a b = x y </s>
        assertThat(both.get(0).activeTokens()).isEqualTo(3); // x y </s>
        assertThat(both.get(0).activePosition(0)).isEqualTo(4);
        assertThat(both.get(1).activeTokens()).isEqualTo(2);
    }

    @Test
    void demonstrationsAreWhatIsGood() {
        Class<? extends Scores> shape = Scores.Demonstrations.class;
        assertThat(collate(shape, new Demonstration(ID, PROMPT, Content.of("x"), SOURCE))).hasSize(1);
        assertThat(collate(shape, unpaired(true))).hasSize(1);
        assertThat(collate(shape, unpaired(false))).isEmpty();
        assertThat(collate(shape, pair("good", "b"))).singleElement()
                .satisfies(s -> assertThat(s.activeTokens()).isEqualTo(5));
        assertThat(collate(shape, steps(Optional.of(true), Step.valued("x", 1)))).hasSize(1);
        assertThat(collate(shape, steps(Optional.of(false), Step.valued("x", 1)))).isEmpty();
        assertThat(collate(shape, steps(Optional.empty(), Step.valued("x", 1)))).isEmpty();
    }

    @Test
    void bestAndWorstOfRankedCandidatesMakeAPairAndTiesMakeNone() {
        Ranked ranked = new Ranked(ID, PROMPT, List.of(new Ranked.Candidate(Content.of("middle"), 0),
                new Ranked.Candidate(Content.of("best"), 2), new Ranked.Candidate(Content.of("bad"), -1)), SOURCE);
        List<Sequence> both = collate(Scores.Pairs.class, ranked);
        assertThat(both).extracting(Sequence::activeTokens).containsExactly(5, 4);
        Ranked tie = new Ranked(ID, PROMPT, List.of(new Ranked.Candidate(Content.of("one"), 1),
                new Ranked.Candidate(Content.of("two"), 1)), SOURCE);
        assertThat(collate(Scores.Pairs.class, tie)).isEmpty();
    }

    @Test
    void aPairSplitsIntoAcceptedAndRejected() {
        assertThat(collate(Scores.Unpaired.class, pair("x", "y"))).extracting(Sequence::group)
                .containsExactly(Group.ACCEPTED, Group.REJECTED);
    }

    @Test
    void tokensInheritTheLabelOfTheStepTheyBeginIn() {
        Sequence sequence = collate(Scores.Steps.class, steps(Optional.of(false), Step.valued("ab", 0.5),
                Step.valued("c", 0.49), Step.labelled("d", StepLabel.NEUTRAL))).getFirst();
        assertThat(labels(sequence)).containsExactly(true, true, false, true, true); // a b | c | d </s>
        assertThat(IntStream.range(0, 5).map(sequence::step)).containsExactly(0, 0, 1, 2, 2);
        assertThat(sequence.answerLabel()).isFalse();
    }

    @Test
    void everyStepOfARightAnswerIsRight() {
        Sequence sequence = collate(Scores.Steps.class, steps(Optional.of(true), Step.valued("a", -1),
                Step.valued("b", 1))).getFirst();
        assertThat(labels(sequence)).containsExactly(true, true, true);
    }

    @Test
    void tokensOfUnmarkedStepsAreNotActive() {
        Sequence sequence = collate(Scores.Steps.class, steps(Optional.empty(), Step.labelled("a", StepLabel.GOOD),
                Step.labelled("bb", StepLabel.UNMARKED), Step.labelled("c", StepLabel.BAD))).getFirst();
        assertThat(labels(sequence)).containsExactly(true, false, false); // a | c </s>
        assertThat(sequence.activePosition(1)).isEqualTo(4 + 3);
        assertThat(sequence.answerLabel()).isFalse();
    }

    @Test
    void answersJudgedAsAWholeCarryTheVerdictOnEveryToken() {
        assertThat(labels(collate(Scores.Steps.class, unpaired(false)).getFirst())).hasSize(4).containsOnly(false);
        assertThat(labels(collate(Scores.Steps.class, unpaired(true)).getFirst())).hasSize(4).containsOnly(true);
    }

    @Test
    void rowsOfAnUnsuitableKindAreRefused() {
        assertThatThrownBy(() -> collate(Scores.Pairs.class, unpaired(true)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("unpaired");
    }

    private static List<Boolean> labels(Sequence sequence) {
        return IntStream.range(0, sequence.activeTokens()).mapToObj(sequence::label).toList();
    }
}
