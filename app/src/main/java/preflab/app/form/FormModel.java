package preflab.app.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;

/** The settings of one form while they are being edited. */
public final class FormModel {

    private final List<Param<?>> params;
    private final Map<String, FormField<?>> fields = new LinkedHashMap<>();
    private final BooleanBinding valid;

    public FormModel(List<Param<?>> params) {
        this.params = List.copyOf(params);
        for (Param<?> param : this.params) {
            fields.put(param.id(), new FormField<>(param));
        }
        Observable[] problems = fields.values().stream().map(FormField::problemProperty).toArray(Observable[]::new);
        valid = Bindings.createBooleanBinding(() -> problems().isEmpty(), problems);
    }

    public List<FormField<?>> fields() {
        return List.copyOf(fields.values());
    }

    /** The field of the parameter with this id. */
    public FormField<?> field(String id) {
        FormField<?> field = fields.get(id);
        if (field == null) {
            throw new IllegalArgumentException("the form has no field " + id + "; it has " + fields.keySet());
        }
        return field;
    }

    public BooleanBinding validProperty() {
        return valid;
    }

    /** Everything that is wrong, in the order of the form. */
    public List<String> problems() {
        List<String> found = new ArrayList<>();
        for (FormField<?> field : fields.values()) {
            if (!field.problemProperty().get().isEmpty()) {
                found.add(field.problemProperty().get());
            }
        }
        return found;
    }

    /** Id to text as it stands, in order. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((id, field) -> texts.put(id, field.textProperty().get()));
        return texts;
    }

    /** Fills in those texts that belong to a field of this form. */
    public void fill(Map<String, String> texts) {
        texts.forEach((id, text) -> {
            if (fields.containsKey(id)) {
                fields.get(id).textProperty().set(text);
            }
        });
    }

    /** The checked values; empty while something is wrong. */
    public Optional<ParamValues> values() {
        return valid.get() ? Optional.of(ParamValues.parse(params, texts())) : Optional.empty();
    }

    public void reset() {
        fields.values().forEach(FormField::reset);
    }
}
