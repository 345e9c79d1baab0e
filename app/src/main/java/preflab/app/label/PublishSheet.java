package preflab.app.label;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.label.PublishPolicy.Differing;

/** How labels become a version, a file or a run. */
final class PublishSheet extends Sheet {

    PublishSheet(LabelController controller) {
        super(Kind.PUBLISH, controller.model().sheetProperty(), "Publish, export, train", outcome(controller),
                new VBox(14, version(controller), file(controller), run(controller)));
        setId("label-publish-sheet");
    }

    /** What came of it, above all else. */
    private static Node outcome(LabelController controller) {
        PublishModel publish = controller.publishing().publishModel();
        Label note = Nodes.wrapped("", "strong");
        note.setId("label-publish-note");
        note.textProperty().bind(publish.noteProperty());
        Nodes.showWhen(note, publish.noteProperty().isNotEmpty());
        Label problem = Nodes.wrapped("");
        problem.setId("label-publish-problem");
        problem.textProperty().bind(publish.problemProperty());
        var notice = Nodes.notice("bad", Feather.ALERT_TRIANGLE, problem);
        Nodes.showWhen(notice, publish.problemProperty().isNotEmpty());
        ProgressIndicator wait = new ProgressIndicator();
        wait.setPrefSize(18, 18);
        Nodes.showWhen(wait, publish.busyProperty());
        return new VBox(6, note, notice, wait);
    }

    private static Node version(LabelController controller) {
        PublishModel publish = controller.publishing().publishModel();
        CheckBox only = check("Leave out rows nobody labelled", publish.onlyLabelledProperty());
        CheckBox bad = check("Keep rows finished as “bad problem”", publish.badProblemsProperty());
        FlowPane policies = new FlowPane(16, 8, named("Neutral steps", neutral("label-neutral",
                publish.neutralProperty())), named("Where annotators differ", differing(publish)), only, bad);
        Nodes.showWhen(bad, controller.model().taskProperty().isEqualTo(LabelTask.STEPS));
        return Nodes.card("The next version", Nodes.wrapped("People's verdicts on top of the data, as a new version of"
                + " the same dataset. The one that is labelled stays as it is.", "muted"), policies,
                button("label-publish-2", "Publish", Feather.LAYERS,
                        () -> controller.act(LabelAction.PUBLISH)));
    }

    private static Node file(LabelController controller) {
        PublishModel publish = controller.publishing().publishModel();
        ComboBox<ExportFormat> format = new ComboBox<>();
        format.setId("label-format");
        format.setAccessibleText("Format of the file");
        format.setConverter(new Shown<>(ExportFormat::title));
        controller.model().taskProperty().subscribe(task -> {
            if (task != null) {
                ExportFormat chosen = publish.formatProperty().get();
                format.getItems().setAll(ExportFormat.of(task));
                format.setValue(chosen);
            }
        });
        publish.formatProperty().subscribe(format::setValue);
        format.valueProperty().subscribe(value -> {
            if (value != null) {
                publish.formatProperty().set(value);
            }
        });
        Label holds = Nodes.wrapped("", "muted", "small");
        holds.textProperty().bind(publish.formatProperty().map(ExportFormat::holds));
        Node neutral = named("Neutral counts as", neutral("label-file-neutral", publish.fileNeutralProperty()));
        Nodes.showWhen(neutral, publish.formatProperty().isNotEqualTo(ExportFormat.JSON_LINES));
        return Nodes.card("A file for other programs", new FlowPane(16, 8, named("Format", format), neutral), holds,
                button("label-export-run", "Publish and export…", Feather.SHARE,
                        () -> controller.afterActs(controller.publishing()::export)));
    }

    private static Node run(LabelController controller) {
        VBox card = Nodes.card("A run", Nodes.wrapped("The Train screen opens with this version and PIPA-M: every token"
                + " of a step takes the step's label.", "muted"), button("label-train-2",
                        "Publish and train PIPA-M at step level", Feather.ACTIVITY, () -> {
                            controller.model().sheetProperty().set(Kind.NONE);
                            controller.act(LabelAction.TRAIN);
                        }));
        Nodes.showWhen(card, controller.model().taskProperty().isEqualTo(LabelTask.STEPS));
        return card;
    }

    private static Button button(String id, String text, Feather icon, Runnable action) {
        Button button = Nodes.button(text, icon, action);
        button.setId(id);
        return button;
    }

    private static CheckBox check(String text, javafx.beans.property.BooleanProperty property) {
        CheckBox box = new CheckBox(text);
        box.selectedProperty().bindBidirectional(property);
        return box;
    }

    private static ComboBox<NeutralPolicy> neutral(String id, ObjectProperty<NeutralPolicy> property) {
        ComboBox<NeutralPolicy> box = new ComboBox<>();
        box.getItems().setAll(List.of(NeutralPolicy.values()));
        box.setId(id);
        box.setAccessibleText("What becomes of neutral");
        box.setConverter(new Shown<>(policy -> switch (policy) {
            case KEEP -> "neutral";
            case GOOD -> "good";
            case BAD -> "bad";
            case UNMARKED -> "unmarked";
        }));
        box.valueProperty().bindBidirectional(property);
        return box;
    }

    private static ComboBox<Differing> differing(PublishModel publish) {
        ComboBox<Differing> box = new ComboBox<>();
        box.getItems().setAll(List.of(Differing.values()));
        box.setId("label-differing");
        box.setAccessibleText("What becomes of rows on which annotators differ");
        box.setConverter(new Shown<>(policy -> switch (policy) {
            case KEEP_DATA -> "keep what the data says";
            case MAJORITY -> "what most say";
            case LEAVE_OUT -> "leave the row out";
        }));
        box.valueProperty().bindBidirectional(publish.differingProperty());
        return box;
    }

    private static Node named(String name, Node control) {
        return Nodes.row(6, Nodes.label(name, "muted", "small"), control);
    }
}
