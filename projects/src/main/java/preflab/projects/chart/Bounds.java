package preflab.projects.chart;

import java.util.stream.Stream;
import preflab.projects.store.Series;

/** The range of steps and of finite values that a chart shows. */
record Bounds(double fromX, double toX, double fromY, double toY) {

    static Bounds of(Chart chart, ViewPort view) {
        double[] x = xRange(chart, view);
        double[] y = yRange(chart, x);
        padY(y, chart.logY());
        override(y, view.fromY(), view.toY());
        return new Bounds(x[0], x[1], y[0], y[1]);
    }

    private static Stream<Series> all(Chart chart) {
        return Stream.concat(chart.series().stream().map(ChartSeries::points),
                chart.bands().stream().flatMap(band -> Stream.of(band.low(), band.high()))).filter(s -> !s.isEmpty());
    }

    private static double[] xRange(Chart chart, ViewPort view) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        all(chart).forEach(series -> {
            range[0] = Math.min(range[0], (double) series.step(0));
            range[1] = Math.max(range[1], (double) series.lastStep());
        });
        if (range[0] > range[1]) {
            range[0] = 0;
            range[1] = 1;
        }
        override(range, view.fromX(), view.toX());
        if (range[0] == range[1]) {
            range[0]--;
            range[1]++;
        }
        return range;
    }

    private static double[] yRange(Chart chart, double[] x) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        all(chart).forEach(series -> {
            int to = LinePath.lowerBound(series, Math.nextUp(x[1]));
            for (int i = LinePath.lowerBound(series, x[0]); i < to; i++) {
                double value = series.value(i);
                if (Double.isFinite(value) && (!chart.logY() || value > 0)) {
                    range[0] = Math.min(range[0], value);
                    range[1] = Math.max(range[1], value);
                }
            }
        });
        if (range[0] > range[1]) {
            range[0] = chart.logY() ? 0.1 : 0;
            range[1] = 1;
        }
        return range;
    }

    /** A little room above and below; a flat line lies in the middle. */
    private static void padY(double[] range, boolean log) {
        if (log) {
            double factor = range[0] == range[1] ? 2 : Math.pow(range[1] / range[0], 0.06);
            range[0] /= factor;
            range[1] *= factor;
            return;
        }
        double width = range[1] - range[0];
        // below this the axis could not tell its ends apart in double precision
        double least = Math.max(1e-9, 1e-12 * Math.max(Math.abs(range[0]), Math.abs(range[1])));
        double room = width > least ? 0.06 * width : Math.max(0.5 * Math.abs(range[0]), least);
        range[0] -= room == 0 ? 1 : room;
        range[1] += room == 0 ? 1 : room;
    }

    private static void override(double[] range, double from, double to) {
        double low = Double.isNaN(from) ? range[0] : from;
        double high = Double.isNaN(to) ? range[1] : to;
        if (low < high) {
            range[0] = low;
            range[1] = high;
        }
    }
}
