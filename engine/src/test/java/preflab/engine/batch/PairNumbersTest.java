package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.engine.objective.PairNumber;

class PairNumbersTest {

    private static Paired pair(Map<String, String> side) {
        return new Paired(new ExampleId(0), Content.of("p"), Content.of("w"), Content.of("l"),
                new Source("file", 1, side));
    }

    @Test
    void aColumnOfTheNumbersOwnNameCountsFirst() {
        Paired row = pair(Map.of("weight", "0.5", "score_chosen", "4", "score_rejected", "1"));
        assertThat(PairNumbers.of(row, PairNumber.WEIGHT)).hasValue(0.5);
    }

    @Test
    void scoresGiveTheOffsetAsALogarithmAndTheOthersAsADifference() {
        Paired row = pair(Map.of("score_chosen", "1", "score_rejected", "\"0.5\""));
        assertThat(PairNumbers.of(row, PairNumber.OFFSET).getAsDouble()).isCloseTo(-0.693147, within(1e-6)); // ln 1/2
        assertThat(PairNumbers.of(row, PairNumber.REWARD_GAP)).hasValue(0.5);
        assertThat(PairNumbers.of(row, PairNumber.WEIGHT)).hasValue(0.5);
    }

    @Test
    void rankedCandidatesAreTheBestAgainstTheWorst() {
        Ranked row = new Ranked(new ExampleId(0), Content.of("p"), List.of(new Ranked.Candidate(Content.of("a"), 1),
                new Ranked.Candidate(Content.of("b"), 4), new Ranked.Candidate(Content.of("c"), 2)),
                new Source("file", 1));
        assertThat(PairNumbers.of(row, PairNumber.WEIGHT)).hasValue(3);
    }

    @Test
    void numbersThatAreNotAllowedAreNone() {
        Paired behind = pair(Map.of("score_chosen", "1", "score_rejected", "3"));
        for (PairNumber number : PairNumber.values()) {
            assertThat(PairNumbers.of(behind, number)).as(number.id()).isEmpty();
            assertThat(PairNumbers.of(pair(Map.of(number.id(), "\"n/a\"")), number)).isEmpty();
            assertThat(PairNumbers.of(pair(Map.of()), number)).isEmpty();
        }
        assertThat(PairNumbers.of(pair(Map.of("reward_gap", "1.5")), PairNumber.REWARD_GAP)).isEmpty();
    }
}
