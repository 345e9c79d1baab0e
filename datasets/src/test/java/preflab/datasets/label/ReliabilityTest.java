package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import preflab.datasets.label.Reliability.Scale;

class ReliabilityTest {

    /** Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units. */
    private static final String[] OBSERVERS = {"123321412...", "1233224125.3",
            ".3332342251.", "12332441251."};

    private static List<double[]> published() {
        List<double[]> units = new ArrayList<>();
        for (int unit = 0; unit < 12; unit++) {
            int at = unit;
            units.add(Arrays.stream(OBSERVERS).mapToInt(row -> row.charAt(at)).filter(c -> c != '.')
                    .mapToDouble(c -> c - '0').toArray());
        }
        return units;
    }

    @Test
    void alphaIsThatOfThePublishedExample() {
        assertThat(Reliability.krippendorffsAlpha(published(), Scale.NOMINAL)).isCloseTo(0.743, within(5e-4));
        assertThat(Reliability.krippendorffsAlpha(published(), Scale.ORDINAL)).isCloseTo(0.815, within(5e-4));
        assertThat(Reliability.krippendorffsAlpha(published(), Scale.INTERVAL)).isCloseTo(0.849, within(5e-4));
    }

    /** Two raters, 50 proposals: both yes 20, yes/no 5, no/yes 10, both no 15; κ = (0.7 − 0.5)/(1 − 0.5) = 0.4. */
    @Test
    void kappaIsThatOfTheTextbookExample() {
        List<double[]> pairs = new ArrayList<>();
        int[][] counts = {{1, 1, 20}, {1, 0, 5}, {0, 1, 10}, {0, 0, 15}};
        for (int[] cell : counts) {
            for (int i = 0; i < cell[2]; i++) {
                pairs.add(new double[]{cell[0], cell[1]});
            }
        }
        assertThat(Reliability.cohensKappa(pairs)).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void coefficientsAreNotDefinedWithoutVariety() {
        assertThat(Reliability.cohensKappa(List.of(new double[]{1, 1}))).isNaN();
        assertThat(Reliability.cohensKappa(List.of())).isNaN();
        assertThat(Reliability.krippendorffsAlpha(List.of(new double[]{1, 1}), Scale.NOMINAL)).isNaN();
        assertThat(Reliability.krippendorffsAlpha(List.of(new double[]{1}), Scale.ORDINAL)).isNaN();
    }
}
