package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels and says where ticks go.
 *
 * @param low
 *            value at pixel {@code start}
 * @param high
 *            value at pixel {@code end}; greater than low
 */
record Axis(double low, double high, double start, double end, boolean log, List<Tick> ticks) {

    record Tick(double value, String label) {
    }

    /** Steps of 1, 2 or 5 times a power of ten, about {@code spacing} pixels apart. */
    static Axis linear(double low, double high, double start, double end, double spacing, boolean wholeNumbers) {
        double distance = niceDistance((high - low) * spacing / Math.abs(end - start));
        List<Tick> ticks = ticks(low, high, wholeNumbers ? Math.max(1, distance) : distance);
        if (ticks.size() < 2 && !wholeNumbers) { // one number alone is no scale
            ticks = ticks(low, high, niceDistance(distance / 2.5));
        }
        return new Axis(low, high, start, end, false, List.copyOf(ticks));
    }

    private static List<Tick> ticks(double low, double high, double distance) {
        List<Tick> ticks = new ArrayList<>();
        for (double i = Math.ceil(low / distance - 1e-9); i * distance <= high + distance * 1e-9; i++) {
            ticks.add(new Tick(i * distance, Numbers.tick(i * distance, distance)));
        }
        return ticks;
    }

    /** Ticks at powers of ten, and at 2 and 5 times those where there is room; both bounds are positive. */
    static Axis logarithmic(double low, double high, double start, double end, double spacing) {
        double decades = Math.log10(high / low);
        double pixelsPerDecade = Math.abs(end - start) / decades;
        double[] multiples = pixelsPerDecade > 3 * spacing ? new double[]{1, 2, 5} : new double[]{1};
        int every = Math.max(1, (int) Math.ceil(spacing / pixelsPerDecade));
        List<Tick> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
            for (double multiple : multiples) {
                double value = multiple * Math.pow(10, power);
                if (Math.floorMod(power, every) == 0 && value >= low * 0.999 && value <= high * 1.001) {
                    ticks.add(new Tick(value, Numbers.tick(value, Math.pow(10, power))));
                }
            }
        }
        return ticks.size() < 2 && decades < 1
                ? linear(low, high, start, end, spacing, false).asLog()
                : new Axis(low, high, start, end, true, List.copyOf(ticks));
    }

    private Axis asLog() {
        return new Axis(low, high, start, end, true, ticks);
    }

    /** The least of 1, 2, 5, 10, 20, … (and 0.5, 0.2, …) that is not less. */
    static double niceDistance(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        double fraction = atLeast / power;
        double nice = fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10;
        return nice * power;
    }

    double pixel(double value) {
        double share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        // far outside the picture is far enough, and keeps painters' numbers small
        return Math.clamp(start + share * (end - start), -1e5, 1e5);
    }

    double value(double pixel) {
        double share = (pixel - start) / (end - start);
        return log ? low * Math.pow(high / low, share) : low + share * (high - low);
    }

    /** Whether a value has a place on this axis at all. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!log || value > 0);
    }
}
