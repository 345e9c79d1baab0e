package preflab.app.form;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;

/**
 * One setting while it is being edited: what stands in the field, and what is wrong with it.
 *
 * @param <T>
 *            the type of its values
 */
public final class FormField<T> {

    private final Param<T> param;
    private final StringProperty text;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanBinding changed;

    FormField(Param<T> param) {
        this.param = param;
        this.text = new SimpleStringProperty(defaultText());
        this.text.subscribe(written -> problem.set(problemOf(written).orElse("")));
        this.changed = Bindings.createBooleanBinding(() -> !text.get().strip().equals(defaultText()), text);
    }

    public Param<T> param() {
        return param;
    }

    /** What stands in the field, as {@link Param#parse} reads it; may be wrong at any moment. */
    public StringProperty textProperty() {
        return text;
    }

    /** What is wrong, with what is allowed; empty if nothing. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it differs from its default. */
    public BooleanBinding changedProperty() {
        return changed;
    }

    /** The value, if what stands in the field is one. */
    public Optional<T> value() {
        try {
            return Optional.of(param.parse(text.get()));
        } catch (ParamException e) {
            return Optional.empty();
        }
    }

    public void set(T value) {
        text.set(param.format(value));
    }

    /** Back to the default. */
    public void reset() {
        text.set(defaultText());
    }

    private String defaultText() {
        return param.format(param.defaultValue());
    }

    private Optional<String> problemOf(String written) {
        try {
            param.parse(written == null ? "" : written);
            return Optional.empty();
        } catch (ParamException e) {
            return Optional.of(e.getMessage());
        }
    }
}
