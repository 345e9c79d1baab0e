package preflab.app.home;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;

/** Home: recent projects at the left, the built-in example and the machine's health at the right. */
public final class HomeView extends VBox {

    private static final double SIDE_WIDTH = 300;

    private final HomeModel model;
    private final HomeController controller;

    public HomeView(HomeController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("home");
        Button make = Nodes.primary(Nodes.button("New project…", Feather.PLUS, controller::newProject));
        make.setId("home-new");
        Button open = Nodes.button("Open…", Feather.FOLDER, controller::openProject);
        open.setId("home-open");
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        busy.setMinSize(18, 18);
        Nodes.showWhen(busy, model.openingProperty());
        ScreenHeader header = new ScreenHeader("Home", busy, open, make);
        make.disableProperty().bind(model.openingProperty());
        open.disableProperty().bind(model.openingProperty());
        header.note().textProperty().bind(Bindings.createStringBinding(
                () -> model.openProjectProperty().get().isEmpty()
                        ? "no project is open"
                        : model.openProjectProperty().get() + " is open",
                model.openProjectProperty()));
        HBox body = new HBox(16, recentCard(), side());
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
    }

    private Node recentCard() {
        ListView<RecentProject> list = new ListView<>(model.recent());
        list.setId("home-recent");
        list.setAccessibleText("Recent projects");
        list.getStyleClass().addAll("plain-list");
        list.setCellFactory(view -> new RecentCell());
        list.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                openSelected(list);
            }
        });
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                openSelected(list);
            } else if (e.getCode() == KeyCode.DELETE && list.getSelectionModel().getSelectedItem() != null) {
                controller.forget(list.getSelectionModel().getSelectedItem());
            }
        });
        list.setPlaceholder(new EmptyState(Feather.FOLDER_PLUS, "No projects yet",
                "A project is one folder that holds data, runs and results. Make one, open one, or start with the"
                        + " built-in example."));
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox card = Nodes.card("Recent projects", list);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    private void openSelected(ListView<RecentProject> list) {
        RecentProject chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            controller.openRecent(chosen);
        }
    }

    private Node side() {
        VBox side = new VBox(16, openCard(), exampleCard(), healthCard());
        side.setMinWidth(SIDE_WIDTH);
        side.setPrefWidth(SIDE_WIDTH);
        ScrollPane scroll = new ScrollPane(side);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinWidth(SIDE_WIDTH + 4);
        scroll.setPrefWidth(SIDE_WIDTH + 4);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setFocusTraversable(false);
        return scroll;
    }

    /** The open project and the next thing to do in it. */
    private Node openCard() {
        Label name = Nodes.ellipsized("card-title");
        name.textProperty().bind(model.openProjectProperty());
        Label holds = Nodes.wrapped("", "muted");
        holds.textProperty().bind(model.openSummaryProperty());
        Button next = Nodes.primary(Nodes.button("", Feather.ARROW_RIGHT, controller::goOn));
        next.setId("home-next");
        next.setMaxWidth(Double.MAX_VALUE);
        next.textProperty().bind(model.nextScreenProperty().map(screen -> switch (screen) {
            case "train" -> "Train a model";
            case "compare" -> "Compare the runs";
            default -> "Import data";
        }));
        VBox card = Nodes.card("", name, holds, next);
        Nodes.showWhen(card, model.openProjectProperty().isNotEmpty());
        return card;
    }

    private Node exampleCard() {
        Button start = Nodes.button("Try the built-in example", Feather.PLAY, controller::tryExample);
        start.setId("home-example");
        start.setMaxWidth(Double.MAX_VALUE);
        start.disableProperty().bind(model.openingProperty());
        return Nodes.card("Start here",
                Nodes.wrapped("Multi-step sums: a small model that gets about half of them right, with pairs, accepted"
                        + " and rejected answers, and labelled steps to improve it. Trains in a minute on any machine,"
                        + " without a network.", "muted"),
                start);
    }

    private Node healthCard() {
        Label state = Nodes.wrapped("", "strong");
        state.setId("home-health");
        state.textProperty().bind(Bindings.createStringBinding(this::healthWords, model.healthProperty(),
                model.probingProperty(), model.healthProblemProperty()));
        VBox lines = new VBox(4);
        Runnable refill = () -> lines.getChildren().setAll(healthLines());
        model.healthProperty().subscribe(refill);
        model.healthProblemProperty().subscribe(refill);
        Button again = Nodes.button("Check again", Feather.REFRESH_CW, controller::checkHealth);
        again.setId("home-check");
        again.disableProperty().bind(model.probingProperty());
        FlowPane actions = new FlowPane(8, 8, again);
        actions.setPadding(new Insets(4, 0, 0, 0));
        return Nodes.card("This machine", state, lines, actions);
    }

    private String healthWords() {
        if (model.probingProperty().get()) {
            return "Checking the engine…";
        }
        if (!model.healthProblemProperty().get().isEmpty()) {
            return "The engine could not be checked";
        }
        Health health = model.healthProperty().get();
        if (health == null) {
            return "Not checked yet";
        }
        return health.isWell() ? "Ready to train" : "Something is wrong with the engine";
    }

    private List<Node> healthLines() {
        List<Node> lines = new ArrayList<>();
        Health health = model.healthProperty().get();
        if (!model.healthProblemProperty().get().isEmpty()) {
            lines.add(Nodes.wrapped(model.healthProblemProperty().get(), "field-problem"));
        } else if (health != null) {
            lines.add(fact("Engine", health.engine()));
            lines.add(fact("Device", health.device()));
            lines.add(fact("Memory", health.memory()));
            lines.add(fact("Self-test", health.checks().size() - health.failures().size() + " of "
                    + Words.count(health.checks().size(), "check") + " passed"));
            health.failures().forEach(
                    check -> lines.add(Nodes.wrapped(check.name() + ": " + check.detail(), "field-problem")));
        }
        return lines;
    }

    private static Node fact(String name, String value) {
        Label key = Nodes.label(name, "muted");
        key.setMinWidth(68);
        Label text = Nodes.wrapped(value);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox row = new HBox(8, key, text);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    /** A project by its name, with its folder and when it was opened. */
    private final class RecentCell extends ListCell<RecentProject> {
        private final Label name = Nodes.ellipsized("strong");
        private final Label folder = Nodes.ellipsized("muted", "small");
        private final Label when = Nodes.label("", "muted", "small");
        private final HBox row;

        RecentCell() {
            VBox words = new VBox(1, name, folder);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            when.setMinWidth(USE_PREF_SIZE);
            Button forget = Nodes.iconButton(Feather.X, "Take off this list (the folder stays)",
                    () -> controller.forget(getItem()));
            row = Nodes.row(10, new FontIcon(Feather.FOLDER), words, when, forget);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(RecentProject project, boolean empty) {
            super.updateItem(project, empty);
            setGraphic(empty || project == null ? null : row);
            if (!empty && project != null) {
                name.setText(project.name());
                folder.setText(String.valueOf(project.folder().getParent()));
                when.setText(Words.minute(project.opened(), ZoneId.systemDefault()));
            }
        }
    }
}
