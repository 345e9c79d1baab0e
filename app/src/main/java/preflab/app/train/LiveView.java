package preflab.app.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.RunStates;
import preflab.app.widget.Words;
import preflab.engine.metric.ReferenceSavings;
import preflab.engine.train.RunEvent;
import preflab.projects.chart.Palette;
import preflab.projects.store.RunState;
import preflab.projects.store.RunSummary;
import preflab.projects.store.StoredWarning;

/** The watched run: where it stands, charts, warnings, samples, stop. */
final class LiveView extends StackPane {

    private final LiveModel model;
    private final LiveController controller;

    LiveView(LiveController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.model();
        setMinWidth(0);
        Node empty = new EmptyState(Feather.ACTIVITY, "No run yet",
                "Choose an objective, data and a model at the left, then Start. The run works in a process of its own:"
                        + " it goes on when this window is closed, and shows up here again.");
        Node run = page(palette);
        Nodes.showWhen(run, model.summaryProperty().isNotNull());
        Nodes.showWhen(empty, model.summaryProperty().isNull());
        getChildren().addAll(empty, run);
    }

    private Node page(ObjectProperty<Palette> palette) {
        VBox content = new VBox(12, proof(), ended(), warnings(), savings(), waiting(),
                new LiveCharts(model, palette).grid(),
                new SamplesView(model));
        content.getStyleClass().add("live-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        return new VBox(8, head(), facts(), scroll);
    }

    private Node head() {
        ComboBox<RunSummary> chooser = new ComboBox<>();
        chooser.setId("train-run");
        chooser.setAccessibleText("Run to watch");
        chooser.setMinWidth(0);
        chooser.setMaxWidth(360);
        chooser.setCellFactory(list -> new RunCell());
        chooser.setButtonCell(new RunCell());
        boolean[] filling = {false};
        Runnable fill = () -> {
            filling[0] = true;
            chooser.getItems().setAll(model.runs());
            RunSummary watched = model.summaryProperty().get();
            chooser.setValue(watched == null
                    ? null
                    : model.runs().stream().filter(run -> run.id() == watched.id()).findFirst().orElse(watched));
            filling[0] = false;
        };
        model.runs().addListener((ListChangeListener<RunSummary>) change -> fill.run());
        model.summaryProperty().subscribe((before, now) -> {
            if (now != null && (before == null || before.id() != now.id())) {
                fill.run();
            }
        });
        chooser.setOnAction(e -> {
            RunSummary chosen = chooser.getValue();
            if (!filling[0] && chosen != null) {
                controller.follow(chosen.id());
            }
        });
        fill.run();
        return Nodes.row(10, chooser, stateChip(), Nodes.spacer(), proveButton(), pauseButton(), resumeButton(),
                stopButton());
    }

    private Button proveButton() {
        Button prove = Nodes.button("Prove it", Feather.SHIELD, controller::prove);
        prove.setId("train-prove");
        prove.setTooltip(new Tooltip("Starts runs of " + ProofController.STEPS + " steps with these settings, kills "
                + ProofController.KILLS + " processes at random moments, resumes them, and compares the log bit by bit"
                + " with that of a run that nobody killed. Takes a few minutes and leaves nothing behind."));
        prove.textProperty().bind(Bindings.when(controller.proof().runningProperty()).then("Stop proving")
                .otherwise("Prove it"));
        var over = Bindings.createBooleanBinding(() -> {
            RunSummary run = model.summaryProperty().get();
            return run != null && run.hasRunFile() && run.state().isOver();
        }, model.summaryProperty());
        Nodes.showWhen(prove, over.or(controller.proof().runningProperty()));
        return prove;
    }

    /** What the last proof came to. */
    private Node proof() {
        StackPane place = new StackPane();
        place.setId("train-proof");
        controller.proof().verdictProperty().subscribe(line -> place.getChildren().setAll(line == null
                ? List.of()
                : List.of(TrainForm.finding(line))));
        Nodes.showWhen(place, controller.proof().verdictProperty().isNotNull());
        return place;
    }

    private Label stateChip() {
        Label chip = Nodes.chip("", "");
        chip.setId("train-state");
        model.summaryProperty().subscribe(run -> RunStates.show(chip, run == null ? RunState.QUEUED : run.state()));
        return chip;
    }

    private Button pauseButton() {
        Button pause = Nodes.button("Pause", Feather.PAUSE, controller::pause);
        pause.setId("train-pause");
        pause.setTooltip(new Tooltip("Waits at the next step and keeps its memory; Resume goes on from there."));
        Nodes.showWhen(pause, state(RunState.RUNNING::equals));
        return pause;
    }

    private Button resumeButton() {
        Button resume = Nodes.button("Resume", Feather.PLAY, controller::resume);
        resume.setId("train-resume");
        resume.disableProperty().bind(model.resumeAskedProperty());
        resume.textProperty().bind(Bindings.when(model.resumeAskedProperty()).then("Resuming…").otherwise("Resume"));
        Nodes.showWhen(resume, state(state -> state == RunState.PAUSED || state.isResumable()));
        return resume;
    }

    private BooleanBinding state(Predicate<RunState> wanted) {
        return Bindings.createBooleanBinding(() -> model.summaryProperty().get() != null
                && wanted.test(model.summaryProperty().get().state()), model.summaryProperty());
    }

    private Button stopButton() {
        Button stop = Nodes.button("Stop with checkpoint", Feather.SQUARE, controller::stop);
        stop.setId("train-stop");
        var running = Bindings.createBooleanBinding(
                () -> model.summaryProperty().get() != null && !model.summaryProperty().get().state().isOver(),
                model.summaryProperty());
        var stopping = Bindings.createBooleanBinding(
                () -> model.stopAskedProperty().get() || (model.summaryProperty().get() != null
                        && model.summaryProperty().get().state() == RunState.STOPPING),
                model.summaryProperty(), model.stopAskedProperty());
        stop.textProperty().bind(Bindings.when(stopping).then("Stopping…").otherwise("Stop with checkpoint"));
        stop.disableProperty().bind(stopping);
        Nodes.showWhen(stop, running);
        return stop;
    }

    private Node facts() {
        ProgressBar bar = new ProgressBar(0);
        bar.getStyleClass().add("thin");
        bar.setAccessibleText("Progress of the run");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(Bindings.createDoubleBinding(
                () -> share(model.summaryProperty().get()), model.summaryProperty()));
        Label step = Nodes.label("", "strong");
        step.setId("train-step");
        step.setMinWidth(USE_PREF_SIZE);
        step.textProperty().bind(Bindings.createStringBinding(() -> stepWords(model.summaryProperty().get()),
                model.summaryProperty()));
        Label speed = fact(model.speedProperty());
        Label left = fact(model.timeLeftProperty());
        Label what = Nodes.ellipsized("muted");
        what.textProperty().bind(Bindings.createStringBinding(() -> origin(model.summaryProperty().get()),
                model.summaryProperty()));
        HBox.setHgrow(what, Priority.ALWAYS);
        return new VBox(6, Nodes.row(16, step, speed, left, what, Nodes.smoothing(model.smoothProperty())), bar);
    }

    private static Label fact(StringProperty words) {
        Label label = Nodes.label("", "muted");
        label.setMinWidth(USE_PREF_SIZE);
        label.textProperty().bind(words);
        Nodes.showWhen(label, words.isNotEmpty());
        return label;
    }

    private static double share(RunSummary run) {
        return run == null || run.totalSteps() == 0 ? 0 : (double) run.lastStep() / run.totalSteps();
    }

    private static String stepWords(RunSummary run) {
        return run == null ? "" : "step " + Words.count(run.lastStep()) + " of " + Words.count(run.totalSteps());
    }

    private static String origin(RunSummary run) {
        return run == null
                ? ""
                : run.objective() + " · " + run.data() + " · " + run.model() + " · seed " + run.seed();
    }

    /** Why it ended, where there is something to say. */
    private Node ended() {
        Label text = Nodes.label("");
        text.setId("train-ended");
        HBox notice = Nodes.notice("", Feather.INFO, text);
        notice.setAlignment(Pos.CENTER_LEFT);
        model.summaryProperty().subscribe(run -> {
            boolean tell = run != null && run.state().isOver() && run.state() != RunState.FINISHED;
            notice.getStyleClass().removeAll("bad", "warn");
            notice.getStyleClass().add(tell && run.state() == RunState.STOPPED ? "warn" : "bad");
            text.setText(tell ? RunStates.sentence(run) : "");
        });
        Nodes.showWhen(notice, text.textProperty().isNotEmpty());
        return notice;
    }

    private Node warnings() {
        VBox box = new VBox(6);
        box.setId("train-warnings");
        Runnable refill = () -> box.getChildren().setAll(model.warnings().stream().map(LiveView::warning).toList());
        model.warnings().addListener((ListChangeListener<StoredWarning>) change -> refill.run());
        refill.run();
        Nodes.showWhen(box, Bindings.isNotEmpty(model.warnings()));
        return box;
    }

    private static Node warning(StoredWarning warning) {
        boolean alarming = !RunEvent.Warned.NOTES.contains(warning.code());
        return Nodes.notice(alarming ? "warn" : "", alarming ? Feather.ALERT_TRIANGLE : Feather.INFO,
                Nodes.label("Step " + Words.count(warning.step()) + ": " + warning.message()));
    }

    /** What kept log-probabilities spare the run, while it goes on; at its end it says so itself. */
    private Node savings() {
        Label text = Nodes.label("");
        text.setId("train-savings");
        text.textProperty().bind(Bindings.createStringBinding(() -> Optional.ofNullable(model.summaryProperty().get())
                .filter(run -> !run.state().isOver()).flatMap(run -> ReferenceSavings.of(run.metrics()))
                .map(savings -> "So far: " + savings.words()).orElse(""), model.summaryProperty()));
        Node notice = Nodes.notice("", Feather.INFO, text);
        Nodes.showWhen(notice, text.textProperty().isNotEmpty());
        return notice;
    }

    private Node waiting() {
        Label text = Nodes.label("The run is loading its model; the first figures follow in a moment.", "muted");
        var silent = Bindings.createBooleanBinding(
                () -> model.summaryProperty().get() != null && !model.summaryProperty().get().state().isOver()
                        && model.summaryProperty().get().metrics().isEmpty(),
                model.summaryProperty());
        Nodes.showWhen(text, silent);
        return text;
    }

    /** A run by number, name and state. */
    private static final class RunCell extends ListCell<RunSummary> {
        @Override
        protected void updateItem(RunSummary run, boolean empty) {
            super.updateItem(run, empty);
            setText(empty || run == null ? null : "Run " + run.id() + "  ·  " + run.name());
        }
    }
}
