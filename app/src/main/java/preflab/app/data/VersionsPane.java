package preflab.app.data;

import java.time.ZoneId;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.Origin;
import preflab.datasets.store.VersionDifference;

/** Where a version comes from, how it differs from another, the way into the trash and back. */
final class VersionsPane extends ScrollPane {

    private final VersionsController controller;
    private final VersionsModel model;
    private final Runnable showRows;

    VersionsPane(VersionsController controller, Runnable showRows) {
        this.controller = controller;
        this.model = controller.model();
        this.showRows = showRows;
        setId("data-versions");
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
        VBox page = new VBox(12, origin(), differences(), trash());
        page.getStyleClass().add("data-tab");
        setContent(page);
    }

    private Node origin() {
        VBox facts = new VBox(6);
        facts.setId("data-origin");
        model.originProperty().subscribe(origin -> facts.getChildren().setAll(origin == null
                ? List.of()
                : facts(origin, controller.data().selectedProperty().get())));
        Button delete = Nodes.button("Move to the trash", Feather.TRASH_2, controller::delete);
        delete.setId("data-delete");
        delete.disableProperty().bind(controller.data().selectedProperty().isNull());
        Label remark = Nodes.ellipsized("muted");
        remark.setId("data-versions-remark");
        remark.textProperty().bind(model.remarkProperty());
        return Nodes.card("Where it comes from", facts, Nodes.row(8, delete, remark));
    }

    private List<Node> facts(Origin origin, DatasetInfo info) {
        VBox settings = new VBox(3);
        origin.settings().forEach((key, value) -> settings.getChildren().add(fact(key, value)));
        FlowPane parents = new FlowPane(6, 4);
        for (DatasetVersionId parent : origin.parents()) {
            parents.getChildren().add(parent(parent));
        }
        VBox all = new VBox(3, Nodes.wrapped(origin.text()), fact("made by", origin.action()));
        if (info != null) {
            all.getChildren().addAll(fact("written", Words.minute(info.created(), ZoneId.systemDefault())),
                    fact("hash of its rows", info.id().sha256()));
        }
        if (!origin.parents().isEmpty()) {
            all.getChildren().addAll(Nodes.label("Made from", "section-title"), parents);
        }
        if (!origin.settings().isEmpty()) {
            all.getChildren().addAll(Nodes.label("Settings", "section-title"), settings);
        }
        return List.of(all);
    }

    /** Goes to the version it was made from, where that is still there. */
    private Node parent(DatasetVersionId id) {
        Button button = Nodes.button(id.display(), Feather.CORNER_LEFT_UP, () -> controller.data().datasets().stream()
                .filter(info -> info.id().equals(id)).findFirst()
                .ifPresent(controller.data().selectedProperty()::set));
        button.setDisable(controller.data().datasets().stream().noneMatch(info -> info.id().equals(id)));
        return button;
    }

    private static Node fact(String name, String value) {
        Label key = Nodes.label(name, "muted", "small");
        key.setMinWidth(110);
        Label text = Nodes.ellipsized("mono");
        text.setText(value);
        HBox.setHgrow(text, Priority.ALWAYS);
        return Nodes.row(8, key, text);
    }

    private Node differences() {
        ComboBox<DatasetInfo> other = new ComboBox<>(model.others());
        other.setId("data-compare-with");
        other.setAccessibleText("Compare with");
        other.setPromptText("another version");
        other.setConverter(new RowsPane.Named<>(info -> info.id().display()));
        other.setMaxWidth(320);
        other.valueProperty().bindBidirectional(model.otherProperty());
        VBox found = new VBox(8);
        found.setId("data-difference");
        model.differenceProperty().subscribe(() -> fill(found));
        model.otherProperty().subscribe(() -> fill(found));
        model.others().subscribe(() -> fill(found));
        fill(found);
        Node choice = Nodes.row(8, Nodes.label("Changes since", "muted"), other);
        Nodes.showWhen(choice, Bindings.isNotEmpty(model.others()));
        return Nodes.card("Differences", choice, found);
    }

    private void fill(VBox found) {
        VersionDifference difference = model.differenceProperty().get();
        if (difference != null) {
            found.getChildren().setAll(counts(difference));
        } else if (model.otherProperty().get() != null) {
            found.getChildren().setAll(Nodes.label("comparing…", "muted"));
        } else {
            found.getChildren().setAll(Nodes.wrapped(model.others().isEmpty()
                    ? "There is no other version of this kind to compare with."
                    : "Choose a version to see which rows came, went and changed.", "muted"));
        }
    }

    private List<Node> counts(VersionDifference difference) {
        List<Integer> changed = difference.changed().stream().map(VersionDifference.Change::to).toList();
        FlowPane figures = new FlowPane(10, 8, figure(difference.unchanged(), "unchanged"),
                figure(difference.added().size(), "added"), figure(changed.size(), "changed"),
                figure(difference.removed().size(), "removed"));
        if (difference.isEmpty()) {
            return List.of(figures, Nodes.notice("good", Feather.CHECK, Nodes.label("Both hold the same rows.")));
        }
        FlowPane actions = new FlowPane(8, 8);
        String since = " since " + difference.from().display();
        if (!difference.added().isEmpty()) {
            actions.getChildren().add(show("Show the added rows", "added" + since, difference.added()));
        }
        if (!changed.isEmpty()) {
            actions.getChildren().add(show("Show the changed rows", "changed" + since, changed));
        }
        if (!difference.removed().isEmpty()) {
            actions.getChildren().add(gone(difference));
        }
        return List.of(figures, actions);
    }

    private static Node figure(int value, String name) {
        Label figure = Nodes.label(Words.count(value), "figure");
        figure.setId("data-difference-" + name);
        VBox box = new VBox(2, figure, Nodes.label(name, "muted", "small"));
        box.getStyleClass().add("panel");
        box.setMinWidth(96);
        return box;
    }

    private Button show(String title, String why, List<Integer> rows) {
        return Nodes.button(title, Feather.LIST, () -> {
            controller.data().pickedProperty().set(new PickedRows(why, rows));
            showRows.run();
        });
    }

    /** Rows that went are rows of the other version. */
    private Button gone(VersionDifference difference) {
        DatasetInfo from = model.otherProperty().get();
        return Nodes.button("Show the removed rows", Feather.LIST, () -> {
            controller.data().selectedProperty().set(from);
            controller.data().pickedProperty().set(
                    new PickedRows("not in " + difference.to().display(), difference.removed()));
            showRows.run();
        });
    }

    private Node trash() {
        VBox list = new VBox(4);
        list.setId("data-trash");
        model.trash().subscribe(() -> list.getChildren().setAll(model.trash().isEmpty()
                ? List.of(Nodes.label("The trash is empty.", "muted"))
                : model.trash().stream().map(this::deleted).toList()));
        list.getChildren().setAll(Nodes.label("The trash is empty.", "muted"));
        return Nodes.card("Trash", list);
    }

    private Node deleted(DatasetInfo info) {
        Label name = Nodes.ellipsized("strong");
        name.setText(info.id().display());
        Button restore = Nodes.button("Restore", Feather.CORNER_UP_LEFT, () -> controller.restore(info));
        restore.getStyleClass().add("restore");
        return Nodes.row(8, name, Nodes.label(info.kind().id() + ", " + Words.count(info.rows(), "row"), "muted",
                "small"), Nodes.spacer(), restore);
    }
}
