package preflab.projects.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CloudLayoutTest {

    private static final Cloud CLOUD = new Cloud("Δ chosen", "Δ rejected",
            List.of(new Cloud.Point(7, -2, -5), new Cloud.Point(8, 3, -4), new Cloud.Point(9, -1, -1),
                    new Cloud.Point(10, 0, 2)),
            List.of("chosen falls, rejected rises", "both rise", "both fall", "as wanted"), "same margin");

    @Test
    void quartersCountTheirPointsWithoutThoseOnAnAxis() {
        assertThat(List.of(CLOUD.in(0), CLOUD.in(1), CLOUD.in(2), CLOUD.in(3))).containsExactly(0L, 0L, 2L, 1L);
    }

    @Test
    void aPointIsFoundWhereItIsDrawnAndNothingFarFromIt() {
        CloudLayout layout = CloudLayout.of(CLOUD, 400, 300);
        for (Cloud.Point point : CLOUD.points()) {
            double[] at = layout.pixel(point);
            assertThat(layout.at(at[0] + 4, at[1] - 3)).contains(point);
            assertThat(at[0]).isBetween(52.0, 386.0);
            assertThat(at[1]).isBetween(42.0, 244.0);
        }
        assertThat(layout.at(60, 30)).isEmpty();
    }

    @Test
    void anEmptyCloudHasNoPointAnywhere() {
        CloudLayout layout = CloudLayout.of(new Cloud("x", "y", List.of(), List.of(), ""), 300, 200);
        assertThat(layout.at(150, 100)).isEmpty();
    }
}
