package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import preflab.app.form.FormModel;
import preflab.engine.bandit.BanditExperiment;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.projects.chart.PlotLine;

/** One objective at work: its settings, where it stands and where it was. */
public final class BanditLine {

    private static final int MOST_POINTS = 600;

    private final String name;
    private final ObjectiveType<?> type;
    private final int colour;
    private final FormModel form;
    private final ObjectProperty<BanditExperiment.View> view = new SimpleObjectProperty<>();
    private List<BanditExperiment.View> history = new ArrayList<>();

    BanditLine(BanditPreset.Contestant contestant, int colour) {
        this.name = contestant.name();
        this.type = Objectives.find(contestant.objective()).orElseThrow();
        this.colour = colour;
        this.form = new FormModel(type.params());
        form.fill(contestant.hyper());
    }

    public String name() {
        return name;
    }

    public ObjectiveType<?> type() {
        return type;
    }

    /** Slot of the palette. */
    public int colour() {
        return colour;
    }

    public FormModel form() {
        return form;
    }

    /** Where it stands; null before the first look. */
    public ObjectProperty<BanditExperiment.View> viewProperty() {
        return view;
    }

    void add(BanditExperiment.View seen) {
        history.add(seen);
        if (history.size() > MOST_POINTS) { // twice as far apart from here on
            List<BanditExperiment.View> thinned = new ArrayList<>();
            for (int i = 0; i < history.size(); i += 2) {
                thinned.add(history.get(i));
            }
            history = thinned;
        }
        view.set(seen);
    }

    void forget() {
        history.clear();
        view.set(null);
    }

    /** Total variation to π* (or to π_ref) over steps. */
    PlotLine distance(boolean toTruth) {
        double[] steps = history.stream().mapToDouble(BanditExperiment.View::steps).toArray();
        double[] distances = history.stream()
                .mapToDouble(seen -> toTruth ? seen.truthDistance() : seen.referenceDistance()).toArray();
        return new PlotLine(name, steps, distances, colour, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
