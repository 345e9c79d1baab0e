package preflab.app.catalogue;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.Kind;
import preflab.engine.objective.ObjectiveType;
import preflab.projects.chart.Palette;

/** The list of objectives with its filters, and the page of the chosen one. */
final class CatalogueView extends VBox {

    private final CatalogueModel model;

    CatalogueView(CatalogueController controller, ObjectProperty<Palette> palette) {
        this.model = controller.model();
        setId("catalogue");
        SplitPane split = new SplitPane(side(), new ObjectivePage(controller, palette));
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().add(split);
        getStyleClass().add("tab-body");
    }

    private Node side() {
        TextField search = Nodes.search("catalogue-search", "Search names, summaries, needs, papers",
                "Search objectives", model.queryProperty());
        ListView<ObjectiveType<?>> list = list();
        Label count = Nodes.label("", "muted", "small");
        count.textProperty()
                .bind(Bindings.createStringBinding(() -> Words.count(model.shown().size(), "objective"),
                        model.shown()));
        VBox side = new VBox(8, search, kinds(), needs(), list, count);
        VBox.setVgrow(list, Priority.ALWAYS);
        side.setMinWidth(230);
        side.setPrefWidth(290);
        side.setMaxWidth(380);
        side.getStyleClass().add("side");
        return side;
    }

    private ComboBox<Kind> kinds() {
        ComboBox<Kind> box = new ComboBox<>(FXCollections.observableArrayList(Kind.values()));
        box.getItems().addFirst(null);
        box.setId("catalogue-kind");
        return filter(box, "Data", model.kindProperty(), kind -> kind == null ? "any data" : kind.id() + " data");
    }

    private ComboBox<CatalogueModel.Need> needs() {
        ComboBox<CatalogueModel.Need> box = new ComboBox<>(
                FXCollections.observableArrayList(Arrays.asList(CatalogueModel.Need.values())));
        box.setId("catalogue-need");
        return filter(box, "Needs", model.needProperty(), need -> need == null ? "" : "needs " + need.title());
    }

    private static <T> ComboBox<T> filter(ComboBox<T> box, String name, ObjectProperty<T> value,
            Function<T, String> words) {
        box.setMaxWidth(Double.MAX_VALUE);
        box.setAccessibleText(name);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T chosen) {
                return words.apply(chosen);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        });
        box.setButtonCell(new WordCell<>(words));
        box.valueProperty().bindBidirectional(value);
        return box;
    }

    private ListView<ObjectiveType<?>> list() {
        ListView<ObjectiveType<?>> list = new ListView<>(model.shown());
        list.setId("catalogue-list");
        list.setAccessibleText("Objectives");
        list.setPlaceholder(new EmptyState(Feather.SEARCH, "No objective fits",
                "Take fewer words, or any data and any need."));
        list.setCellFactory(view -> new ObjectiveCell());
        list.getSelectionModel().select(model.selectedProperty().get());
        list.getSelectionModel().selectedItemProperty().subscribe(type -> {
            if (type != null) {
                model.selectedProperty().set(type);
            }
        });
        model.selectedProperty().subscribe(type -> list.getSelectionModel().select(type));
        return list;
    }

    /** Also shows what stands for null. */
    private static final class WordCell<T> extends ListCell<T> {
        private final Function<T, String> words;

        WordCell(Function<T, String> words) {
            this.words = words;
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setText(words.apply(item));
        }
    }

    /** Name, what it reads, and its summary. */
    private static final class ObjectiveCell extends ListCell<ObjectiveType<?>> {
        @Override
        protected void updateItem(ObjectiveType<?> type, boolean empty) {
            super.updateItem(type, empty);
            setGraphic(empty || type == null ? null : entry(type));
        }

        private static Node entry(ObjectiveType<?> type) {
            Label name = Nodes.label(type.name(), "strong");
            name.setMinWidth(USE_PREF_SIZE);
            Label kind = Nodes.label(type.scores().getSimpleName().toLowerCase(Locale.ROOT), "muted", "small");
            Label summary = Nodes.ellipsized("muted", "small");
            summary.setText(type.summary());
            VBox entry = new VBox(2, Nodes.row(8, name, Nodes.spacer(), kind), summary);
            entry.setPrefWidth(0); // as wide as the list, no wider
            return entry;
        }
    }
}
