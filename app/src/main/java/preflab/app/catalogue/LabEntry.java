package preflab.app.catalogue;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import preflab.app.form.FormModel;
import preflab.engine.objective.ObjectiveType;

/** One objective that can be drawn: whether it is, with which hyper-parameters, and in which colour. */
public final class LabEntry {

    private final ObjectiveType<?> type;
    private final IntegerProperty colour = new SimpleIntegerProperty();
    private final FormModel form;
    private final BooleanProperty drawn = new SimpleBooleanProperty();

    LabEntry(ObjectiveType<?> type) {
        this.type = type;
        this.form = new FormModel(type.params());
    }

    public ObjectiveType<?> type() {
        return type;
    }

    /** Slot of the palette while it is drawn. */
    public IntegerProperty colourProperty() {
        return colour;
    }

    public FormModel form() {
        return form;
    }

    public BooleanProperty drawnProperty() {
        return drawn;
    }

    @Override
    public String toString() {
        return type.name();
    }
}
