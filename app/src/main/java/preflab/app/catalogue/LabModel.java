package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.engine.lab.LossCurves;
import preflab.engine.lab.LossMap;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.projects.chart.Plot;

/** What the Lab shows. */
public final class LabModel {

    static final String RATIO = "log-ratio: h_w − h_l of a pair, h of a single completion";

    private static final Set<String> FIRST = Set.of("dpo", "hinge", "apo");

    private final List<LabEntry> entries = new ArrayList<>();
    private final ObjectProperty<LabEntry> focused = new SimpleObjectProperty<>();
    private final DoubleProperty span = new SimpleDoubleProperty(10);
    private final BooleanProperty scaled = new SimpleBooleanProperty();
    private final ObjectProperty<Plot> loss = new SimpleObjectProperty<>(empty("Loss", "nats"));
    private final ObjectProperty<Plot> pull = new SimpleObjectProperty<>(empty("Pull", "−dL / d log π"));
    private final ObjectProperty<Optional<LossMap>> map = new SimpleObjectProperty<>(Optional.empty());

    private final ObservableList<MapRun> runs = FXCollections.observableArrayList();
    private final ObjectProperty<MapRun> run = new SimpleObjectProperty<>();
    private final ObjectProperty<List<RunCloud.Point>> cloud = new SimpleObjectProperty<>(List.of());
    private final DoubleProperty replayed = new SimpleDoubleProperty(1);
    private final BooleanProperty replaying = new SimpleBooleanProperty();

    public LabModel() {
        for (ObjectiveType<?> type : Objectives.ALL) {
            if (LossCurves.obstacle(type).isEmpty()) {
                LabEntry entry = new LabEntry(type);
                entry.drawnProperty().subscribe(drawn -> {
                    if (drawn) {
                        entry.colourProperty().set(freeColour(entry));
                    }
                });
                entries.add(entry);
            }
        }
        entries.forEach(entry -> entry.drawnProperty().set(FIRST.contains(entry.type().id())));
        focused.set(entries.getFirst());
    }

    /** The first colour that no other drawn objective has. */
    private int freeColour(LabEntry asking) {
        return IntStream.range(0, entries.size() + 1).filter(slot -> entries.stream()
                .noneMatch(e -> e != asking && e.drawnProperty().get() && e.colourProperty().get() == slot))
                .findFirst().orElseThrow();
    }

    private static Plot empty(String title, String unit) {
        return new Plot(title, RATIO, unit, List.of());
    }

    /** Every objective that can be drawn, in teaching order. */
    public List<LabEntry> entries() {
        return List.copyOf(entries);
    }

    public LabEntry entry(String id) {
        return entries.stream().filter(entry -> entry.type().id().equals(id)).findFirst().orElseThrow();
    }

    /** The objective whose hyper-parameters and map are shown. */
    public ObjectProperty<LabEntry> focusedProperty() {
        return focused;
    }

    /** Log-ratios are drawn from minus to plus this. */
    public DoubleProperty spanProperty() {
        return span;
    }

    /** Whether every line is divided by its largest value, to compare shapes. */
    public BooleanProperty scaledProperty() {
        return scaled;
    }

    public ObjectProperty<Plot> lossProperty() {
        return loss;
    }

    public ObjectProperty<Plot> pullProperty() {
        return pull;
    }

    /** The focused objective over h_w and h_l; empty where it is not on pairs. */
    public ObjectProperty<Optional<LossMap>> mapProperty() {
        return map;
    }

    /** Runs of the open project whose batches can be laid over the map, newest first. */
    public ObservableList<MapRun> runs() {
        return runs;
    }

    /** The run whose batches lie over the map; null for none. */
    public ObjectProperty<MapRun> runProperty() {
        return run;
    }

    ObjectProperty<List<RunCloud.Point>> cloudProperty() {
        return cloud;
    }

    /** How much of the run lies over the map, 0 to 1; at 1 what a running one adds appears by itself. */
    public DoubleProperty replayedProperty() {
        return replayed;
    }

    /** Whether the batches appear one after the other. */
    public BooleanProperty replayingProperty() {
        return replaying;
    }

    /** The batches up to where the replay is. */
    List<RunCloud.Point> shownCloud() {
        List<RunCloud.Point> all = cloud.get();
        return all.subList(0, Math.clamp(Math.round(replayed.get() * all.size()), Math.min(1, all.size()), all.size()));
    }

    /** Batches that lie over the map. */
    public int cloudSize() {
        return shownCloud().size();
    }
}
