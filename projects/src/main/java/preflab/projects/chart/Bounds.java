package preflab.projects.chart;

import java.util.stream.Stream;

/** The range of places and of finite values that a chart shows. */
record Bounds(double fromX, double toX, double fromY, double toY) {

    static Bounds of(Chart chart, ViewPort view) {
        double[] x = xRange(chart, view);
        double[] y = yRange(chart, x);
        pad(y, chart.scales().logY());
        override(y, view.fromY(), view.toY());
        return new Bounds(x[0], x[1], y[0], y[1]);
    }

    static ViewPort places(Chart chart) {
        double[] x = xRange(chart, ViewPort.ALL);
        return ViewPort.places(x[0], x[1]);
    }

    private static Stream<Curve> all(Chart chart) {
        return Stream.concat(chart.series().stream().map(ChartSeries::points),
                chart.bands().stream().flatMap(band -> Stream.of(band.low(), band.high()))).filter(c -> !c.isEmpty());
    }

    private static double[] empty() {
        return new double[]{Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }

    private static void widen(double[] range, double value, boolean log) {
        if (Double.isFinite(value) && (!log || value > 0)) {
            range[0] = Math.min(range[0], value);
            range[1] = Math.max(range[1], value);
        }
    }

    private static double[] xRange(Chart chart, ViewPort view) {
        boolean log = chart.scales().logX();
        double[] range = empty();
        all(chart).forEach(curve -> {
            if (curve.isAscending() && !log) {
                widen(range, curve.x(0), false);
                widen(range, curve.x(curve.size() - 1), false);
            } else {
                for (int i = 0; i < curve.size(); i++) {
                    widen(range, curve.x(i), log);
                }
            }
        });
        if (range[0] > range[1]) {
            range[0] = log ? 0.1 : 0;
            range[1] = 1;
        }
        boolean whole = override(range, view.fromX(), view.toX());
        if (range[0] == range[1]) {
            pad(range, log);
        } else if (!whole && !chart.isOverSteps()
                && chart.series().stream().anyMatch(line -> line.points().size() == 1)) {
            pad(range, log); // a scatter's outermost points need room
        }
        return range;
    }

    private static double[] yRange(Chart chart, double[] x) {
        double[] range = empty();
        all(chart).forEach(curve -> {
            if (curve.isAscending()) {
                curve.widen(range, curve.lowerBound(x[0]), curve.lowerBound(Math.nextUp(x[1])),
                        chart.scales().logY());
                return;
            }
            for (int i = 0; i < curve.size(); i++) {
                if (curve.x(i) >= x[0] && curve.x(i) <= x[1]) {
                    widen(range, curve.value(i), chart.scales().logY());
                }
            }
        });
        if (range[0] > range[1]) {
            range[0] = chart.scales().logY() ? 0.1 : 0;
            range[1] = 1;
        }
        return range;
    }

    /** A little room at either side; a flat line lies in the middle. */
    private static void pad(double[] range, boolean log) {
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

    /** Whether the bounds asked for were taken. */
    private static boolean override(double[] range, double from, double to) {
        double low = Double.isNaN(from) ? range[0] : from;
        double high = Double.isNaN(to) ? range[1] : to;
        if (low < high) {
            range[0] = low;
            range[1] = high;
        }
        return low < high && !(Double.isNaN(from) && Double.isNaN(to));
    }
}
