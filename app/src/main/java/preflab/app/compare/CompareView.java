package preflab.app.compare;

import java.util.Locale;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;
import preflab.projects.chart.Palette;

/** Runs above; charts at the left and metrics, differences and samples at the right below. */
public final class CompareView extends VBox {

    private static final Duration PATIENCE = Duration.millis(300);

    private final CompareModel model;
    private final CompareController controller;

    public CompareView(CompareController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.model();
        setId("compare");
        Button report = Nodes.primary(Nodes.button("Save report…", Feather.SHARE, controller::saveReport));
        report.setId("compare-report");
        report.disableProperty().bind(model.comparisonProperty().isNull());
        ScreenHeader header = new ScreenHeader("Compare", Nodes.smoothing(model.smoothProperty()), importing(), report);
        header.note().setId("compare-note");
        header.note().textProperty().bind(Bindings.createStringBinding(this::note, model.picked(), model.runs(),
                model.savedProperty()));
        StackPane body = new StackPane(nothing());
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
        arrive(split(palette), body);
    }

    /**
     * The runs take their place together with their first chart, or without it if it is not there soon: dressing,
     * placing and painting them twice would double the time to that chart.
     */
    private void arrive(Node runs, StackPane body) {
        PauseTransition patience = new PauseTransition(PATIENCE);
        Runnable arrival = () -> {
            patience.stop();
            if (!body.getChildren().contains(runs)) {
                body.getChildren().addFirst(runs);
            }
        };
        patience.setOnFinished(e -> arrival.run());
        patience.play();
        controller.charts().afterFirst(this, arrival);
    }

    private MenuButton importing() {
        MenuItem file = new MenuItem("File…  trainer_state.json, TensorBoard, CSV, answers");
        file.setId("compare-import-file");
        file.setOnAction(e -> controller.imports().chooseFile());
        MenuItem folder = new MenuItem("Folder…  of a checkpoint, of TensorBoard, another project");
        folder.setId("compare-import-folder");
        folder.setOnAction(e -> controller.imports().chooseFolder());
        MenuButton importing = new MenuButton("Import runs", new FontIcon(Feather.DOWNLOAD), file, folder);
        importing.setId("compare-import");
        importing.setTooltip(new Tooltip("Runs of other programs and projects beside yours"));
        return importing;
    }

    private String note() {
        String picked = model.runs().isEmpty()
                ? ""
                : model.picked().size() + " of " + Words.count(model.runs().size(), "run") + " picked";
        return model.savedProperty().get().isEmpty() ? picked : picked + " · " + model.savedProperty().get();
    }

    private Node nothing() {
        EmptyState empty = new EmptyState(Feather.BAR_CHART_2, "No runs to compare yet",
                "Train at least one run. Its curves, figures and answers appear here, beside those of others:"
                        + " settings that differ, accuracies with intervals, the same prompts side by side.");
        Nodes.showWhen(empty, Bindings.isEmpty(model.runs()));
        return empty;
    }

    private Node split(ObjectProperty<Palette> palette) {
        SplitPane below = new SplitPane(charts(palette), tabs(palette));
        below.setDividerPositions(0.5);
        widenForExamples(below);
        SplitPane split = new SplitPane(runs(palette), below);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.3);
        Nodes.showWhen(split, Bindings.isNotEmpty(model.runs()));
        return split;
    }

    /** Examples stand beside each other and need the charts' room; it is given back. */
    private void widenForExamples(SplitPane below) {
        Node charts = below.getItems().getFirst();
        double[] divider = below.getDividerPositions();
        controller.examples().model().activeProperty().subscribe((was, active) -> {
            if (active) {
                divider[0] = below.getDividerPositions()[0];
                below.getItems().remove(charts);
            } else {
                below.getItems().addFirst(charts);
                below.setDividerPositions(divider[0]);
            }
        });
    }

    private Node runs(ObjectProperty<Palette> palette) {
        RunsTable table = new RunsTable(controller, palette);
        VBox.setVgrow(table, Priority.ALWAYS);
        return new VBox(6, new RunsBar(model), undoing(), new WaitingBar(controller.evidence()), table);
    }

    /** What was done last to runs, and the way back. */
    private Node undoing() {
        Label words = Nodes.wrapped("");
        words.textProperty().bind(model.undoProperty().map(CompareModel.Undo::words));
        Button back = Nodes.button("Undo", Feather.ROTATE_CCW, controller.notes()::undo);
        back.setId("compare-undo");
        back.setMinWidth(USE_PREF_SIZE);
        back.setTooltip(new Tooltip("Ctrl+Z in the table does the same"));
        Button well = Nodes.iconButton(Feather.X, "Let it be", () -> model.undoProperty().set(CompareModel.Undo.NONE));
        HBox notice = Nodes.notice("", Feather.CHECK, words);
        notice.setAlignment(Pos.CENTER_LEFT);
        notice.getChildren().addAll(Nodes.spacer(), back, well);
        Nodes.showWhen(notice, model.undoProperty().map(undo -> !undo.words().isEmpty()));
        return notice;
    }

    private Node charts(ObjectProperty<Palette> palette) {
        EmptyState none = new EmptyState(Feather.CHECK_SQUARE, "No run picked",
                "Tick runs in the table above to lay them over each other; the star makes one the baseline.");
        Nodes.showWhen(none, Bindings.isEmpty(model.picked()));
        EmptyState nothing = new EmptyState(Feather.ACTIVITY, "Nothing to draw",
                "These runs logged no metric at two places of this axis. Their last values are under Metrics.");
        nothing.setMouseTransparent(true);
        Nodes.showWhen(nothing, controller.charts().model().nothingProperty());
        StackPane pane = new StackPane(new ChartsPane(controller, palette), nothing, none);
        pane.setMinWidth(0);
        return pane;
    }

    private Node tabs(ObjectProperty<Palette> palette) {
        ProgressBar comparing = new ProgressBar();
        comparing.setMaxWidth(Double.MAX_VALUE);
        comparing.getStyleClass().add("small");
        comparing.setMouseTransparent(true);
        comparing.setAccessibleText("Comparing the picked runs");
        comparing.visibleProperty().bind(model.busyProperty());
        StackPane.setAlignment(comparing, Pos.TOP_CENTER);
        StackPane pane = new StackPane(tabPane(palette), comparing);
        pane.setMinWidth(0);
        return pane;
    }

    private TabPane tabPane(ObjectProperty<Palette> palette) {
        Tab examples = tab("Examples", () -> new ExamplesTab(controller.examples(), palette,
                cloud -> controller.saveCloud(cloud, palette.get())));
        controller.examples().model().activeProperty().bind(examples.selectedProperty());
        TabPane tabs = new TabPane(tab("Metrics", () -> new MetricsTab(model)),
                tab("Evidence", () -> new EvidenceTab(controller)),
                tab("Diagnoses", () -> new DiagnosesTab(controller)),
                tab("Differences", () -> new DifferencesTab(controller)), examples,
                tab("Run", () -> new RunTab(controller)));
        tabs.setId("compare-tabs");
        controller.examples().setWhenOpened(() -> tabs.getSelectionModel().select(examples));
        tabs.setMinWidth(0);
        return tabs;
    }

    /** Its content is made when it is first opened: the screen itself is there the sooner. */
    private static Tab tab(String title, Supplier<Node> content) {
        Tab tab = new Tab(title);
        tab.selectedProperty().subscribe(open -> {
            if (open && tab.getContent() == null) {
                tab.setContent(content.get());
            }
        });
        tab.setId("compare-tab-" + title.toLowerCase(Locale.ROOT));
        tab.setClosable(false);
        return tab;
    }
}
