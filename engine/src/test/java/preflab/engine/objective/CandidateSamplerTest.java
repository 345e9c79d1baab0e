package preflab.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateSamplerTest {

    private static final double[] RATIOS = {0.2, -1, 3, 3, -2};

    @Test
    void tiesGoToTheLowerIndex() {
        assertThat(CandidateSampler.highest(RATIOS, 3)).containsExactly(2, 3, 0);
        assertThat(CandidateSampler.lowest(new double[]{1, 0, 0}, 2)).containsExactly(1, 2);
    }

    @Test
    void weightsAtBetaZeroAreUniform() {
        assertThat(CandidateSampler.weights(RATIOS, 0)).containsOnly(0.2);
    }

    @Test
    void weightsSurviveLogRatiosOfTenThousand() {
        assertThat(CandidateSampler.weights(new double[]{1e4, -1e4}, 1)).containsExactly(1, 0);
    }

    @Test
    void theSameUniformsDrawTheSameCandidates() {
        double[] uniforms = {0.3, 0.9, 0.2, 0.5, 0.7};
        assertThat(CandidateSampler.categorical(RATIOS, 1, uniforms, 3))
                .isEqualTo(CandidateSampler.categorical(RATIOS, 1, uniforms, 3)).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void drawsFollowTheWeights() {
        double[] expected = CandidateSampler.weights(RATIOS, 0.5);
        Random random = new Random(20);
        int trials = 20_000;
        double[] counts = new double[RATIOS.length];
        for (int i = 0; i < trials; i++) {
            double[] uniforms = random.doubles(RATIOS.length).toArray();
            counts[CandidateSampler.categorical(RATIOS, 0.5, uniforms, 1)[0]]++;
        }
        double[] shares = Arrays.stream(counts).map(c -> c / trials).toArray();
        assertThat(shares).containsExactly(expected, within(0.015)); // 4 standard errors
    }
}
