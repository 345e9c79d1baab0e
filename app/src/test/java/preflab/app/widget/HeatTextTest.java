package preflab.app.widget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeatTextTest {

    @Test
    void theColourFollowsTheProbability() {
        assertThat(List.of(1.0, 0.9, 0.6, 0.3, 0.1, 0.02, 0.001)).extracting(HeatText::level).containsExactly(0, 0, 1,
                2, 3, 4, 5);
    }

    @Test
    void theColourOfAGradientFollowsItsSignAndItsShareOfTheStrongest() {
        assertThat(List.of(-0.05, -0.01, 0.0, 0.02, 0.05, Double.NaN)).extracting(g -> HeatText.pull(g, 0.05))
                .containsExactly("pull-up-4", "pull-up-1", "heat-0", "push-down-2", "push-down-4", "heat-0");
    }
}
