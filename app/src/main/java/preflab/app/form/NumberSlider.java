package preflab.app.form;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Slider;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;

/**
 * A slider for a real number: linear between two bounds, logarithmic around the default where the number is positive
 * without an upper bound. It writes two significant digits; a text field beside it takes any value.
 */
final class NumberSlider extends Slider {

    private final Param.OfDouble param;
    private final SliderSpan span;
    private boolean following;

    NumberSlider(Param.OfDouble param, SliderSpan span, StringProperty text) {
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
}
