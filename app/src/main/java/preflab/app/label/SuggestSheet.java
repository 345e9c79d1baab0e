package preflab.app.label;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.run.Suggesting.Source;

/** Which run suggests, and how far its suggestions agree with the labels that are there. */
final class SuggestSheet extends Sheet {

    private final LabelController controller;

    SuggestSheet(LabelController controller) {
        super(Kind.SUGGEST, controller.model().sheetProperty(), "Suggestions of a run", Nodes.wrapped(
                "A run's opinion stands beside each step in dashed outline, with a question mark, until a person takes it"
                        + " with one key or says otherwise. It never counts as anybody's verdict.",
                "muted"), content(controller));
        this.controller = controller;
        setId("label-suggest-sheet");
    }

    @Override
    void opened() {
        controller.suggesting().refresh();
    }

    private static VBox content(LabelController controller) {
        SuggestModel suggest = controller.suggesting().suggestModel();
        Label none = Nodes.wrapped("No run of this project has a checkpoint yet. Train one first: PIPA learns a value"
                + " head that judges steps; of every other run the reward margin can suggest.");
        none.setId("label-suggest-none");
        Nodes.showWhen(none, Bindings.isEmpty(suggest.sources()));
        VBox form = new VBox(12, new FlowPane(16, 8, named("Run", source(suggest)), named("by its", basis(suggest)),
                uncertain(suggest)), buttons(controller), outcome(suggest));
        Nodes.showWhen(form, Bindings.isNotEmpty(suggest.sources()));
        return new VBox(none, form);
    }

    private static ComboBox<Source> source(SuggestModel suggest) {
        ComboBox<Source> box = new ComboBox<>(suggest.sources());
        box.setId("label-suggest-run");
        box.setAccessibleText("Run that suggests");
        box.setPrefWidth(300);
        box.setConverter(new Shown<>(run -> "run " + run.run() + " · " + run.name()));
        box.valueProperty().bindBidirectional(suggest.sourceProperty());
        box.disableProperty().bind(suggest.busyProperty());
        return box;
    }

    private static ComboBox<Basis> basis(SuggestModel suggest) {
        ComboBox<Basis> box = new ComboBox<>();
        box.setId("label-suggest-basis");
        box.setAccessibleText("What of the run suggests");
        box.setConverter(new Shown<>(SuggestController::word));
        suggest.sourceProperty().subscribe(run -> {
            Basis own = run == null ? Basis.MARGIN : run.basis();
            box.getItems().setAll(run == null ? List.of(own) : run.bases());
            box.setValue(own);
        });
        box.valueProperty().subscribe(value -> {
            if (value != null) {
                suggest.basisProperty().set(value);
            }
        });
        box.disableProperty().bind(suggest.busyProperty());
        return box;
    }

    private static CheckBox uncertain(SuggestModel suggest) {
        CheckBox box = new CheckBox("Begin with what it is least sure of");
        box.selectedProperty().bindBidirectional(suggest.uncertainFirstProperty());
        return box;
    }

    private static Node buttons(LabelController controller) {
        SuggestModel suggest = controller.suggesting().suggestModel();
        Button start = Nodes.button("Suggest", Feather.ZAP, controller.suggesting()::start);
        start.setId("label-suggest-start");
        start.disableProperty().bind(suggest.busyProperty());
        Button cancel = Nodes.button("Cancel", Feather.X, controller.suggesting()::cancel);
        cancel.setId("label-suggest-cancel");
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(220);
        bar.progressProperty().bind(suggest.progressProperty());
        HBox running = Nodes.row(10, bar, cancel);
        Nodes.showWhen(running, suggest.busyProperty());
        return Nodes.row(12, start, running);
    }

    private static Node outcome(SuggestModel suggest) {
        Label note = Nodes.wrapped("", "strong");
        note.setId("label-suggest-note");
        note.textProperty().bind(suggest.noteProperty());
        Nodes.showWhen(note, suggest.noteProperty().isNotEmpty());
        Label problem = Nodes.wrapped("");
        problem.textProperty().bind(suggest.problemProperty());
        HBox notice = Nodes.notice("bad", Feather.ALERT_TRIANGLE, problem);
        Nodes.showWhen(notice, suggest.problemProperty().isNotEmpty());
        return new VBox(8, note, notice);
    }

    private static Node named(String name, Node control) {
        return Nodes.row(6, Nodes.label(name, "muted", "small"), control);
    }
}
