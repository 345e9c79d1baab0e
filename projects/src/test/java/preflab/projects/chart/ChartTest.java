package preflab.projects.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import preflab.projects.store.Series;

class ChartTest {

    private static ChartSeries line(String name, int colour, double... values) {
        long[] steps = new long[values.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i;
        }
        return new ChartSeries(name, colour, Series.of(steps, values));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void niceDistancesAreOneTwoFive() {
        assertThat(Axis.niceDistance(0.9)).isEqualTo(1);
        assertThat(Axis.niceDistance(1.1)).isEqualTo(2);
        assertThat(Axis.niceDistance(0.021)).isEqualTo(0.05, within(1e-12));
        assertThat(Axis.niceDistance(700)).isEqualTo(1000);
    }

    @Test
    void ticksAreRoundNumbersWithAsManyDecimalsAsTheyNeed() {
        assertThat(Axis.linear(0, 1, 0, 250, 50, false).ticks()).extracting(Axis.Tick::label).containsExactly("0.0",
                "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(Axis.linear(0, 40_000, 0, 400, 100, true).ticks()).extracting(Axis.Tick::label)
                .containsExactly("0", "10k", "20k", "30k", "40k");
        assertThat(Axis.linear(-3, 1, 0, 100, 50, false).ticks()).extracting(Axis.Tick::label).containsExactly("−2",
                "0");
        assertThat(Axis.linear(0, 2, 0, 900, 50, true).ticks()).extracting(Axis.Tick::label).containsExactly("0", "1",
                "2");
        assertThat(Axis.logarithmic(0.001, 10, 100, 0, 20).ticks()).extracting(Axis.Tick::label)
                .containsExactly("0.001", "0.01", "0.1", "1", "10");
    }

    @Test
    void pixelsAndValuesAreInverse() {
        for (Axis axis : List.of(Axis.linear(2, 12, 10, 410, 50, false), Axis.logarithmic(0.01, 100, 300, 20, 50))) {
            for (double value : List.of(2.5, 7.0, 11.9)) {
                assertThat(axis.value(axis.pixel(value))).isEqualTo(value, within(1e-9));
            }
        }
    }

    @Test
    void smoothingStartsAtTheFirstValueAndNeverLooksAhead() {
        Curve smooth = Smoothing.smooth(line("x", 0, 4, 8, Double.NaN, 8).points(), 0.5);

        // (0.5·4)/0.5 = 4; (0.5·2 + 0.5·8)/0.75 = 6.667; (0.5·5 + 0.5·8)/0.875 = 7.429
        assertThat(smooth.value(0)).isEqualTo(4);
        assertThat(smooth.value(1)).isEqualTo(5 / 0.75, within(1e-12));
        assertThat(smooth.value(2)).isNaN();
        assertThat(smooth.value(3)).isEqualTo(6.5 / 0.875, within(1e-12));
        assertThatThrownBy(() -> Chart.ofSteps("", List.of()).withSmoothing(1)).hasMessageContaining("[0, 1)");
    }

    @Test
    void aHundredThousandPointsBecomeFourPerPixelAndKeepThePeak() {
        double[] values = new double[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(i);
        }
        values[54_321] = 50;
        ChartLayout layout = ChartLayout.of(Chart.ofSteps("peaks", List.of(line("a", 0, values))), 600, 300);
        LinePath.Piece piece = layout.raw().getFirst().pieces().getFirst();

        assertThat(piece.xs().length).isLessThan(4 * 600 + 8);
        double peak = layout.yAxis().pixel(50);
        assertThat(piece.ys()).contains(peak);
        assertThat(piece.xs()).isSorted();
    }

    @Test
    void valuesWithoutAPlaceCutTheLineAndAreMarked() {
        Chart chart = Chart.ofSteps("gaps",
                List.of(line("a", 0, 1, 2, Double.NaN, 3, Double.POSITIVE_INFINITY, -1, 0)));
        LinePath linear = ChartLayout.of(chart, 400, 200).raw().getFirst();
        LinePath log = ChartLayout.of(chart.withScales(new Scales(false, true)), 400, 200).raw().getFirst();

        assertThat(linear.pieces()).hasSize(3);
        assertThat(linear.marks()).extracting(LinePath.Mark::value).containsExactly(Double.NaN,
                Double.POSITIVE_INFINITY);
        assertThat(log.pieces()).hasSize(2);
        assertThat(log.marks()).extracting(LinePath.Mark::value).containsExactly(Double.NaN, Double.POSITIVE_INFINITY,
                -1.0, 0.0);
    }

    @Test
    void marksOfDifferentKindsDoNotHideEachOther() {
        double[] values = new double[4000]; // several to a pixel
        values[2000] = Double.NaN;
        values[2001] = Double.POSITIVE_INFINITY;
        values[2002] = Double.NEGATIVE_INFINITY;
        values[2003] = Double.NaN;

        LinePath path = ChartLayout.of(Chart.ofSteps("", List.of(line("a", 0, values))), 400, 200).raw().getFirst();
        assertThat(path.marks()).extracting(LinePath.Mark::value).containsExactly(Double.NaN,
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void aBandHasAGapWhereASideIsNoNumber() {
        Band band = new Band(0, line("", 0, 1, 1, Double.NaN, 1, 1).points(), line("", 0, 3, 3, 3, 3, 3).points());
        String svg = SvgPainter.svg(Chart.ofSteps("", List.of(line("a", 0, 2, 2, 2, 2, 2))).withBands(List.of(band)),
                400, 200, Palette.LIGHT);

        assertThat(svg.split("fill-opacity=\"0.16\"", -1)).as("two parts").hasSize(3);
    }

    @Test
    void aSmoothedLineIsDrawnOverItsFaintRawOneAndSaysSo() {
        ChartSeries raw = line("a", 0, 1, 3, 1, 3);
        Chart plain = Chart.ofSteps("loss", List.of(raw));
        ChartLayout smoothed = ChartLayout.of(plain.withSmoothing(0.9), 400, 200);

        assertThat(ChartLayout.of(plain, 400, 200).smooth()).as("off unless asked for").isEmpty();
        assertThat(smoothed.smooth().getFirst().pieces().getFirst().ys())
                .isNotEqualTo(smoothed.raw().getFirst().pieces().getFirst().ys());
        String svg = SvgPainter.svg(plain.withSmoothing(0.9), 400, 200, Palette.LIGHT);
        assertThat(svg).contains("smoothed, ~10 points", "stroke-opacity=\"0.28\"");
        assertThat(SvgPainter.svg(plain, 400, 200, Palette.LIGHT)).doesNotContain("smoothed", "opacity=\"0.28\"");
        Curve known = line("", 0, 2, 2, 2, 2).points();
        ChartSeries given = new ChartSeries("a", 0, raw.points(), known);
        assertThat(given.smoothed(0.9)).as("over points that are not drawn").isEqualTo(known);
    }

    @Test
    void whatWasAskedLaterIsRingsAndWhoHasNoPointsHasNoName() {
        ChartSeries later = new ChartSeries("later", 0, line("", 0, 2, 3).points(), Curve.EMPTY, true);
        Chart chart = Chart.ofSteps("", List.of(line("a", 0, 1, 2), line("none", 1), later));

        String svg = SvgPainter.svg(chart, 400, 200, Palette.LIGHT);
        assertThat(svg.split("r=\"4.5\"", -1)).as("two points and the legend").hasSize(4);
        assertThat(Legend.of(chart, 0, 0, 400, 200).entries()).extracting(Legend.Entry::name).containsExactly("a",
                "later");
    }

    @Test
    void aVerticalAxisHasAtLeastTwoNumbers() {
        for (double high : new double[]{0.11, 0.3, 0.77, 1.1, 3.9, 12}) {
            assertThat(Axis.linear(0.021, high, 60, 0, 30, false).ticks()).as("to %s", high).hasSizeGreaterThan(1);
        }
    }

    @Test
    void theCrosshairReadsLoggedValuesOnly() {
        ChartSeries sparse = new ChartSeries("sparse", 1, Series.of(new long[]{0, 100}, new double[]{1, 2}));
        ChartLayout layout = ChartLayout.of(
                Chart.ofSteps("", List.of(line("a", 0, 5, 6, 7), new ChartSeries("none", 2, Series.EMPTY), sparse)),
                400, 200);

        assertThat(layout.readings(60)).extracting(Reading::value).containsExactly(7.0, 2.0);
        assertThat(layout.readings(1.4)).extracting(Reading::step).containsExactly(1L, 0L);
        assertThat(layout.readings(-5)).extracting(Reading::series).containsExactly(0, 2);
        assertThat(layout.placeAt(layout.columnOf(37))).isEqualTo(37, within(1e-9));
    }

    @Test
    void everyChartIsWellFormedSvg() throws Exception {
        Chart odd = new Chart("<b>&\"' \u0000", "step", "nats",
                List.of(line("a<script>", 0, 1, Double.NaN, 3), line("flat", 1, 2, 2, 2), line("one", 2, 7),
                        line("nothing", 3), line("only NaN", 4, Double.NaN)),
                List.of(new Band(1, line("", 0, 1, 1, 1).points(), line("", 0, 3, 3, 3).points())),
                List.of(new Marker(1, 2, "<resumed>")), Scales.LINEAR, 0.9);
        for (Chart chart : List.of(odd, odd.withScales(new Scales(false, true)), odd.withScales(new Scales(true, true)),
                Chart.ofSteps("empty", List.of()),
                Chart.ofSteps("huge", List.of(line("h", 0, -1e300, 1e300))),
                Chart.ofSteps("tiny", List.of(line("t", 0, 1e-300, 3e-300))),
                Chart.ofSteps("tiny", List.of(line("t", 0, 0, 0))))) {
            Document document = parsed(SvgPainter.svg(chart, 500, 260, Palette.DARK));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            parsed(SvgPainter.themedSvg(chart, 20, 20));
        }
    }

    @Test
    void sameChartSamePicture() {
        Chart chart = Chart.ofSteps("loss", List.of(line("a", 0, 3, 2, 1)));

        assertThat(SvgPainter.svg(chart, 300, 200, Palette.LIGHT))
                .isEqualTo(SvgPainter.svg(chart, 300, 200, Palette.LIGHT)).contains("#1a5595");
        assertThat(SvgPainter.themedSvg(chart, 300, 200)).contains("var(--chart-line-0,#1a5595)");
    }

    @Test
    void numbersReadTheSameEverywhere() {
        assertThat(Numbers.brief(Math.log(2))).isEqualTo("0.6931");
        assertThat(Numbers.brief(-12.5)).isEqualTo("−12.5");
        assertThat(Numbers.brief(3e-5)).isEqualTo("3e-5".replace('-', '−'));
        assertThat(Numbers.exact(1e-4)).isEqualTo("0.0001");
        assertThat(Numbers.exact(3e-5)).isEqualTo("3e−5");
        assertThat(Numbers.exact(-2.5e-7)).isEqualTo("−2.5e−7");
        assertThat(Numbers.exact(1e12)).isEqualTo("1e12");
        assertThat(Numbers.exact(0.30000000000000004)).isEqualTo("0.30000000000000004");
        assertThat(Numbers.brief(1234567)).isEqualTo("1234567");
        assertThat(Numbers.brief(0)).isEqualTo("0");
        assertThat(Numbers.brief(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(Numbers.percent(0.6137)).isEqualTo("61.4 %");
        assertThat(Numbers.step(12000)).isEqualTo("12\u202f000");
    }

    @Test
    void aLogarithmicPlaceAxisLeavesOutWhatHasNoPlaceOnIt() {
        ChartLayout layout = ChartLayout.of(Chart.ofSteps("", List.of(line("a", 0, 5, 6, 7, 8, 9)))
                .withScales(new Scales(true, false)), 400, 200);

        assertThat(layout.xAxis().low()).isEqualTo(1);
        assertThat(layout.raw().getFirst().marks()).as("step 0 is nowhere").isEmpty();
        assertThat(layout.raw().getFirst().pieces().getFirst().xs()).hasSize(4);
        assertThat(layout.columnOf(2)).isEqualTo((layout.left() + layout.right()) / 2, within(1e-9));
    }

    @Test
    void aLineThatTurnsBackIsDrawnInTheOrderItWasLogged() {
        Curve path = Curve.of(new double[]{0, 2, 1}, new long[]{1, 2, 3}, new double[]{5, 6, 7});
        ChartLayout layout = ChartLayout.of(Chart.of("", "kl", List.of(new ChartSeries("a", 0, path))), 400, 200);
        double[] xs = layout.raw().getFirst().pieces().getFirst().xs();

        assertThat(xs).containsExactly(layout.columnOf(0), layout.columnOf(2), layout.columnOf(1));
        assertThat(layout.readings(1.1)).extracting(Reading::value, Reading::step, Reading::place)
                .containsExactly(tuple(7.0, 3L, 1.0));
    }

    @Test
    void aScattersOutermostPointsKeepAwayFromTheEdge() {
        ChartLayout layout = ChartLayout.of(Chart.of("", "beta", List.of(dot(0.1, 3), dot(0.5, 4))), 400, 200);

        assertThat(layout.columnOf(0.1)).isGreaterThan(layout.left() + 10);
        assertThat(layout.columnOf(0.5)).isLessThan(layout.right() - 10);
    }

    private static ChartSeries dot(double x, double y) {
        return new ChartSeries("run", 0, Curve.of(new double[]{x}, new long[]{9}, new double[]{y}));
    }

    @Test
    void hundredsOfNamesTakeThreeRowsAndAreCounted() {
        List<ChartSeries> many = IntStream.range(0, 200)
                .mapToObj(i -> line("run number " + i, i, 1, i)).toList();
        Legend legend = Legend.of(Chart.ofSteps("", many), 10, 0, 600, 400);

        assertThat(legend.height()).isEqualTo(54);
        assertThat(legend.entries().getLast().name()).isEqualTo("+ " + (201 - legend.entries().size()) + " more");
    }
}
