package preflab.app.form;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import preflab.engine.param.Param;

/**
 * Maps slider positions in [0, 1] to numbers and back.
 *
 * @param low
 *            the number at 0, or its power of ten where logarithmic
 * @param high
 *            likewise at 1
 */
record SliderSpan(double low, double high, boolean logarithmic) {

    /** Powers of ten on each side of the default of an unbounded positive number. */
    private static final double DECADES = 3;
    /** The share of an open interval's length that a slider keeps from its ends. */
    private static final double OPEN_MARGIN = 0.01;

    /** The range a slider for this number covers; empty for a number that none suits. */
    static Optional<SliderSpan> of(Param.OfDouble p) {
        if (p.scale() == Param.Scale.LOG && p.defaultValue() > 0) {
            double low = p.min() > 0 ? p.min() : p.defaultValue() / Math.pow(10, DECADES);
            double high = Double.isFinite(p.max()) ? p.max() : p.defaultValue() * Math.pow(10, DECADES);
            return Optional.of(new SliderSpan(Math.log10(low), Math.log10(high), true));
        }
        if (!Double.isFinite(p.min()) || !Double.isFinite(p.max())) {
            return Optional.empty();
        }
        double margin = OPEN_MARGIN * (p.max() - p.min());
        return Optional.of(
                new SliderSpan(p.min() + (p.minOpen() ? margin : 0), p.max() - (p.maxOpen() ? margin : 0), false));
    }

    double value(double position) {
        double at = low + position * (high - low);
        return logarithmic ? rounded(Math.pow(10, at), 2) : rounded(at, 3);
    }

    double position(double value) {
        double at = logarithmic ? Math.log10(value) : value;
        return Math.clamp((at - low) / (high - low), 0, 1);
    }

    private static double rounded(double value, int digits) {
        return Math.abs(value) < 1e-12 ? 0 : new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    }
}
