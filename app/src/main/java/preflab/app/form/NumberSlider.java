package preflab.app.form;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Slider;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;

/**
 * A slider for a real number: linear between two bounds, logarithmic around the default where the number is positive
 * without an upper bound. It writes two significant digits; a text field beside it takes any value.
 */
final class NumberSlider extends Slider {

    /** Powers of ten on each side of the default of an unbounded positive number. */
    private static final double DECADES = 3;
    /** The shares of an open interval's length a slider keeps from its ends. */
    private static final double OPEN_MARGIN = 0.01;

    private final Param.OfDouble param;
    private final Span span;
    private boolean following;

    NumberSlider(Param.OfDouble param, Span span, StringProperty text) {
        super(0, 1, 0);
        this.param = param;
        this.span = span;
        setBlockIncrement(0.05);
        setId("slider-" + ParamForm.nodeId(param));
        setMinWidth(60);
        text.subscribe(this::follow);
        valueProperty().subscribe((before, position) -> {
            if (!following) {
                text.set(param.format(span.value(position.doubleValue())));
            }
        });
    }

    private void follow(String text) {
        following = true;
        try {
            double value = param.parse(text);
            if (!Double.isNaN(value)) { // a number left to the program has no place on the slider
                setValue(span.position(value));
            }
        } catch (ParamException e) {
            // the field says what is wrong; the slider stays where it was
        } finally {
            following = false;
        }
    }

    /** The range a slider for this number covers; empty for a number that none suits. */
    static Optional<Span> span(Param.OfDouble p) {
        boolean bounded = Double.isFinite(p.min()) && Double.isFinite(p.max());
        if (p.scale() == Param.Scale.LOG && p.defaultValue() > 0) {
            double low = p.min() > 0 ? p.min() : p.defaultValue() / Math.pow(10, DECADES);
            double high = Double.isFinite(p.max()) ? p.max() : p.defaultValue() * Math.pow(10, DECADES);
            return Optional.of(new Span(Math.log10(low), Math.log10(high), true));
        }
        if (!bounded) {
            return Optional.empty();
        }
        double margin = OPEN_MARGIN * (p.max() - p.min());
        return Optional.of(
                new Span(p.min() + (p.minOpen() ? margin : 0), p.max() - (p.maxOpen() ? margin : 0), false));
    }

    /** Maps slider positions in [0, 1] to numbers; the ends are powers of ten where logarithmic. */
    record Span(double low, double high, boolean logarithmic) {

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
}
