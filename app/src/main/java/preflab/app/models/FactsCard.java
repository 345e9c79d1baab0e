package preflab.app.models;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.engine.model.ModelFacts;
import preflab.engine.train.MemoryEstimate;

/** What the selected model is, and what it needs. */
final class FactsCard extends StackPane {

    FactsCard(ModelsModel model) {
        model.selectedProperty().subscribe(entry -> {
            getChildren().clear();
            if (entry != null) {
                getChildren().add(card(entry));
            }
        });
    }

    private static Node card(ModelEntry entry) {
        VBox card = Nodes.card(entry.title());
        Label folder = Nodes.ellipsized("muted", "small");
        folder.setText(entry.folder().toString());
        card.getChildren().add(folder);
        entry.facts().ifPresentOrElse(facts -> card.getChildren().addAll(facts(facts), training(entry)),
                () -> card.getChildren().add(Nodes.notice("bad", Feather.ALERT_CIRCLE, new Label(entry.problem()))));
        return card;
    }

    private static FlowPane facts(ModelFacts facts) {
        FlowPane pane = new FlowPane(28, 10);
        pane.getChildren().addAll(fact("Family", facts.family()), fact("Parameters", Words.count(facts.parameters())),
                fact("Layers", Words.count(facts.layers()) + " × " + Words.count(facts.hiddenSize())),
                fact("Heads", facts.heads() == facts.keyValueHeads()
                        ? Words.count(facts.heads())
                        : facts.heads() + ", " + facts.keyValueHeads() + " for keys and values"),
                fact("Vocabulary", Words.count(facts.vocabulary()) + (facts.tiedHead() ? ", tied head" : "")),
                fact("Positions", Words.count(facts.positions())),
                fact("Chat template", facts.ownChatTemplate() ? "its own" : "none: Human / Assistant turns"),
                fact("On disk", size(facts.bytesOnDisk())));
        return pane;
    }

    /** The whole memory of a run, by the way of training. */
    private static Node training(ModelEntry entry) {
        FlowPane pane = new FlowPane(28, 10);
        entry.training().forEach((way, bytes) -> pane.getChildren().add(fact("To train: " + way, size(bytes))));
        Label note = Nodes.wrapped("Memory for DPO on " + MemoryEstimate.TYPICAL_PAIRS + " pairs of up to "
                + MemoryEstimate.TYPICAL_LENGTH + " tokens at a time, float32; Train counts it for your own run.",
                "muted", "small");
        return new VBox(6, pane, note);
    }

    /** Small models in their own unit: 0 MB says nothing. */
    private static String size(long bytes) {
        return bytes < 1 << 20 ? Words.count(bytes >> 10) + " kB" : Words.bytes(bytes);
    }

    private static VBox fact(String name, String value) {
        Label shown = Nodes.label(value, "strong");
        shown.setMinWidth(USE_PREF_SIZE);
        return new VBox(2, Nodes.label(name, "muted", "small"), shown);
    }
}
