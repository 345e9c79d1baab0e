package preflab.app.catalogue;

import java.util.Optional;
import java.util.function.Consumer;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.engine.objective.ObjectiveType;
import preflab.projects.chart.Rgb;

/** Typesets formulas off the thread of the window and hands objectives on to whoever trains them. */
public final class CatalogueController {

    private final CatalogueModel model;
    private final Latest typesetting;
    private Consumer<ObjectiveType<?>> whenUsed = type -> {
    };

    public CatalogueController(CatalogueModel model, Work work) {
        this.model = model;
        this.typesetting = new Latest(work);
    }

    public CatalogueModel model() {
        return model;
    }

    /** What to do when somebody wants to train with an objective. */
    public void setWhenUsed(Consumer<ObjectiveType<?>> action) {
        whenUsed = action;
    }

    /** Somebody wants to train with the open page's objective. */
    void use() {
        whenUsed.accept(model.selectedProperty().get());
    }

    /** Typesets the formula for so many pixels of room; the last one asked for wins. */
    void typeset(ObjectiveType<?> type, Rgb colour, double room, Consumer<Optional<FormulaPicture.Typeset>> done) {
        typesetting.start(() -> FormulaPicture.of(type.formula().latex(), colour, room), done,
                failure -> done.accept(Optional.empty())); // the plain formula stays
    }
}
