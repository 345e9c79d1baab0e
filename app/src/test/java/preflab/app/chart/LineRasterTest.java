package preflab.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.projects.chart.Rgb;

class LineRasterTest {

    private static final Rgb RED = new Rgb(255, 0, 0, 1);

    private final LineRaster raster = new LineRaster(240, 40);

    private int alpha(int column, int row) {
        return raster.pixels()[row * 240 + column] >>> 24;
    }

    @Test
    void aLevelLineCoversItsWidthAndNothingElse() {
        raster.stroke(new double[]{10, 200}, new double[]{20.5, 20.5}, RED, 2);

        assertThat(IntStream.range(0, 40).map(row -> alpha(100, row)).filter(alpha -> alpha > 0).sum())
                .as("two pixels in all").isCloseTo(510, within(2));
        assertThat(alpha(100, 20)).isEqualTo(255);
        assertThat(alpha(100, 19)).as("half of the row").isCloseTo(128, within(1));
        assertThat(alpha(5, 20)).isZero();
        assertThat(alpha(205, 20)).isZero();
    }

    @Test
    void aSlopingLineIsAsThickAcrossAsItIsWide() {
        raster.stroke(new double[]{0, 39}, new double[]{0, 39}, RED, 2);

        int down = IntStream.range(0, 40).map(row -> alpha(20, row)).sum();
        assertThat(down / 255.0).as("2 px across at 45° are 2·√2 px down").isCloseTo(2 * Math.sqrt(2), within(0.15));
    }

    @Test
    void noPeakOfManyPointsInAColumnIsLost() {
        double[] xs = IntStream.range(0, 2400).mapToDouble(i -> i / 10.0).toArray();
        double[] ys = IntStream.range(0, 2400).mapToDouble(i -> i == 1003 ? 5.5 : 30.5).toArray();
        raster.stroke(xs, ys, RED, 1.6);

        assertThat(alpha(100, 5)).isGreaterThan(150);
        assertThat(alpha(100, 18)).as("the way up").isGreaterThan(150);
        assertThat(alpha(103, 5)).isZero();
        assertThat(IntStream.range(1, 239).map(column -> alpha(column, 30))).as("no gap").allMatch(a -> a == 255);
    }

    @Test
    void aFaintLineDoesNotDarkenWhereItCrossesItself() {
        double[] xs = {10, 100, 100.2, 10, 10.2, 100};
        double[] ys = {10, 30, 10, 30, 10, 30};
        raster.stroke(xs, ys, RED.withOpacity(0.25), 3);

        assertThat(IntStream.of(raster.pixels()).map(pixel -> pixel >>> 24).max()).hasValue(64);
    }

    @Test
    void theLastLineLiesOnTop() {
        raster.stroke(new double[]{0, 239}, new double[]{20.5, 20.5}, RED, 3);
        raster.stroke(new double[]{0, 239}, new double[]{20.5, 20.5}, new Rgb(0, 0, 255, 0.5), 3);

        int pixel = raster.pixels()[20 * 240 + 120];
        assertThat(pixel >>> 24).isEqualTo(255);
        assertThat(pixel >>> 16 & 255).isCloseTo(127, within(1));
        assertThat(pixel & 255).isCloseTo(128, within(1));
    }

    @Test
    void columnsOfManyPointsThatAreApartAreConnected() {
        raster.stroke(new double[]{10, 10.3, 10.6, 60, 60.3, 60.6}, new double[]{10, 30, 20, 20, 10, 30}, RED, 2);

        assertThat(IntStream.range(11, 60).map(column -> alpha(column, 20)).min()).hasValue(255);
    }

    /** @param forth whether places only grow, so that each stripe looks at its own points only */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNumberOfStripesMakesNoDifference(boolean forth) {
        Random random = new Random(7);
        for (int points : List.of(2, 9, 160, 3000)) {
            double[] xs = random.doubles(points, -20, 260).toArray();
            if (forth) {
                Arrays.sort(xs);
            }
            raster.stroke(xs, random.doubles(points, -5, 45).toArray(), RED.withOpacity(0.5), 1.6);
        }

        for (int stripes : List.of(2, 5, 17, 240)) {
            assertThat(raster.pixels(stripes)).as(stripes + " stripes").isEqualTo(raster.pixels(1));
        }
    }

    @Test
    void whatLiesOutsideIsLeftOut() {
        raster.stroke(new double[]{-1e5, 120, 1e5}, new double[]{1e5, -50, 1e5}, RED, 2);
        raster.stroke(new double[]{-10, -9, 300}, new double[]{-10, -90, -10}, RED, 2);

        assertThat(raster.pixels()).hasSize(240 * 40);
    }
}
