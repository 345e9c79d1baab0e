package preflab.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricAveragesTest {

    @Test
    void meansWeighByCountAndSharesAddUp() {
        MetricAverages averages = new MetricAverages();
        averages.add("rewards/chosen", 3, 3); // three values with mean 1
        averages.add("rewards/chosen", 5, 1);
        averages.addShare("loss", 0.25);
        averages.addShare("loss", 0.5);
        assertThat(averages.values()).containsEntry("rewards/chosen", 2.0).containsEntry("loss", 0.75);
    }

    @Test
    void theMeanOfNothingIsLeftOutAndNaNIsKept() {
        MetricAverages averages = new MetricAverages();
        averages.add("rewards/rejected", 0, 0);
        averages.add("logps/chosen", Double.NaN, 2);
        assertThat(averages.values()).containsOnlyKeys("logps/chosen").containsEntry("logps/chosen", Double.NaN);
    }
}
