package preflab.app.form;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;

/**
 * An editable spinner whose text may be wrong while it is typed: JavaFX's own one throws or silently restores. The text
 * property holds what stands in the field.
 */
final class WholeNumberSpinner extends Spinner<Integer> {

    WholeNumberSpinner(Param.OfInt param, StringProperty text) {
        super(new Factory(param));
        setEditable(true);
        setMaxWidth(Double.MAX_VALUE);
        getEditor().setText(text.get());
        getEditor().textProperty().bindBidirectional(text);
        text.subscribe(written -> {
            try {
                getValueFactory().setValue(param.parse(written));
            } catch (ParamException e) {
                // the form says what is wrong; the arrows go on from the last value that was right
            }
        });
    }

    private static final class Factory extends SpinnerValueFactory<Integer> {
        private final Param.OfInt param;

        Factory(Param.OfInt param) {
            this.param = param;
            setConverter(new Lenient());
            setValue(param.defaultValue());
        }

        @Override
        public void decrement(int steps) {
            setValue(Math.max(param.min(), getValue() - steps));
        }

        @Override
        public void increment(int steps) {
            setValue((int) Math.min(param.max(), (long) getValue() + steps));
        }

        /** Text that is no value leaves the value, and so the text, as it is. */
        private final class Lenient extends StringConverter<Integer> {
            @Override
            public String toString(Integer value) {
                return value == null ? "" : value.toString();
            }

            @Override
            public Integer fromString(String text) {
                try {
                    return param.parse(text);
                } catch (ParamException e) {
                    return getValue();
                }
            }
        }
    }
}
