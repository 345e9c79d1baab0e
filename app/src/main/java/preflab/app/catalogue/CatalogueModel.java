package preflab.app.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;

/** What the catalogue shows. */
public final class CatalogueModel {

    /** What an objective may need or do without; a filter. */
    public enum Need {
        ANY("anything"), NO_REFERENCE("no reference"), REFERENCE("a reference"), VALUE_HEAD("a value head"), VOCABULARY(
                "a vocabulary KL"), SAMPLES("reference samples"), RETAIN("retain rows");

        private final String title;

        Need(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        boolean fits(Needs needs) {
            return switch (this) {
                case ANY -> true;
                case NO_REFERENCE -> !needs.frozenModel();
                case REFERENCE -> needs.frozenModel();
                case VALUE_HEAD -> needs.valueHead();
                case VOCABULARY -> needs.vocabularyKl() != Needs.KlDirection.NONE;
                case SAMPLES -> needs.referenceSamples();
                case RETAIN -> needs.retain();
            };
        }
    }

    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>();
    private final ObjectProperty<Need> need = new SimpleObjectProperty<>(Need.ANY);
    private final ObjectProperty<ObjectiveType<?>> selected = new SimpleObjectProperty<>(Objectives.ALL.getFirst());
    private final FilteredList<ObjectiveType<?>> shown = new FilteredList<>(
            FXCollections.observableArrayList(Objectives.ALL));

    public CatalogueModel() {
        query.subscribe(this::filter);
        kind.subscribe(this::filter);
        need.subscribe(this::filter);
    }

    private void filter() {
        shown.setPredicate(type -> need.get().fits(type.defaultNeeds())
                && (kind.get() == null || type.defaultNeeds().kinds().contains(kind.get())) && isFound(type));
    }

    private boolean isFound(ObjectiveType<?> type) {
        String text = String.join(" ", List.of(type.id(), type.name(), String.join(" ", type.aliases()),
                type.summary(), type.when(), needs(type.defaultNeeds()), type.citation().authors(),
                type.citation().title()))
                .toLowerCase(Locale.ROOT);
        return List.of(query.get().toLowerCase(Locale.ROOT).split("\\s+")).stream().allMatch(text::contains);
    }

    private static String needs(Needs needs) {
        return Arrays.stream(Need.values()).filter(each -> each.fits(needs)).map(Need::title)
                .collect(Collectors.joining(" "));
    }

    /** Words to look for in names, summaries, needs and papers. */
    public StringProperty queryProperty() {
        return query;
    }

    /** Only objectives that read this kind of data; null for all. */
    public ObjectProperty<Kind> kindProperty() {
        return kind;
    }

    public ObjectProperty<Need> needProperty() {
        return need;
    }

    /** The objective whose page is open. */
    public ObjectProperty<ObjectiveType<?>> selectedProperty() {
        return selected;
    }

    /** Those that pass the filters, in teaching order. */
    public ObservableList<ObjectiveType<?>> shown() {
        return shown;
    }
}
