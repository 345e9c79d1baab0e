package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

    @Test
    void theWarmUpRisesLinearlyFromAboveZeroToThePeak() {
        LearningRate rate = new LearningRate("cosine", 0.4, 4, 12);
        assertThat(rate.at(0)).isEqualTo(0.1);
        assertThat(rate.at(1)).isEqualTo(0.2);
        assertThat(rate.at(3)).isEqualTo(0.4);
    }

    @Test
    void theCosineIsAtThePeakAfterTheWarmUpAndAtHalfOfItInTheMiddle() {
        LearningRate rate = new LearningRate("cosine", 0.4, 4, 12);
        assertThat(rate.at(4)).isEqualTo(0.4);
        assertThat(rate.at(8)).isCloseTo(0.2, within(1e-15));
        assertThat(rate.at(11)).isCloseTo(0.2 * (1 + Math.cos(Math.PI * 7 / 8)), within(1e-15)).isPositive();
    }

    @Test
    void theLineLosesTheSameEveryStep() {
        LearningRate rate = new LearningRate("linear", 0.4, 0, 4);
        assertThat(rate.at(0)).isEqualTo(0.4);
        assertThat(rate.at(1)).isCloseTo(0.3, within(1e-15));
        assertThat(rate.at(3)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void aConstantStaysAtThePeak() {
        assertThat(new LearningRate("constant", 0.4, 1, 4).at(3)).isEqualTo(0.4);
    }
}
