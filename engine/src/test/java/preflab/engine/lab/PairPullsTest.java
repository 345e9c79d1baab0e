package preflab.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.engine.lab.PairPulls.Completion;
import preflab.engine.lab.PairPulls.Pair;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;

class PairPullsTest {

    private static PairPulls pulls(String objective, Map<String, String> values, Pair... pairs) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        return PairPulls.of(type, type.values(values), List.of(pairs));
    }

    /** Each token of n has the log-probability −2 under the reference and −2 + h/n now. */
    private static Completion completion(double h, int n) {
        return new Completion(Collections.nCopies(n, -2 + h / n), Collections.nCopies(n, -2.0));
    }

    @Test
    void dpoPullsBothSidesByBetaSigmaOfTheMarginWhateverTheirLengths() {
        // z = 0.1·(−2 + 4) = 0.2 and 0.1·(−6 + 16) = 1: 0.1·(σ(−0.2) + σ(−1))/2
        PairPulls dpo = pulls("dpo", Map.of("beta", "0.1"), new Pair(completion(-2, 4), completion(-4, 9)),
                new Pair(completion(-6, 20), completion(-16, 3)));

        double expected = 0.1 * (1 / (1 + Math.exp(0.2)) + 1 / (1 + Math.E)) / 2;
        assertThat(dpo.up()).isCloseTo(expected, within(1e-12));
        assertThat(dpo.down()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void imitationPullsATokenByOneOverTheLengthOfTheRowsThatAreThere() {
        PairPulls plain = pulls("dpo", Map.of(), new Pair(completion(-2, 40), completion(-4, 40)));
        PairPulls imitating = pulls("dpo", Map.of("sft_coefficient", "1"),
                new Pair(completion(-2, 40), completion(-4, 40)));

        assertThat(imitating.up() - plain.up()).isCloseTo(1 / 40.0, within(1e-12));
        assertThat(imitating.down()).isCloseTo(plain.down(), within(1e-12));
    }

    @Test
    void theyAreTheSlopesOfTheCurvesWherePairsAreAsThoseAre() {
        for (String objective : List.of("dpo", "ipo", "simpo", "apo", "dpop", "orpo", "hinge")) {
            ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
            LossMap map = LossCurves.map(type, type.values(Map.of()), -3, -1);
            PairPulls pulls = pulls(objective, Map.of(), new Pair(completion(-1, LossCurves.TOKENS),
                    completion(-3, LossCurves.TOKENS)));

            assertThat(pulls.up()).as(objective).isCloseTo(map.chosenPull(1, 0), within(1e-9));
            assertThat(pulls.down()).as(objective).isCloseTo(-map.rejectedPull(1, 0), within(1e-9));
        }
    }

    @Test
    void whatIsNotOnPairsIsRefused() {
        assertThat(PairPulls.fits(Objectives.find("kto").orElseThrow())).isFalse();
        assertThatThrownBy(() -> pulls("kto", Map.of(), new Pair(completion(0, 1), completion(0, 1))))
                .hasMessageContaining("KTO is not on pairs");
        assertThatThrownBy(() -> new Completion(List.of(), new ArrayList<>())).hasMessageContaining("at least one");
    }
}
