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
        entry.facts().ifPresentOrElse(facts -> card.getChildren().add(facts(facts)),
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
                fact("On disk", size(facts.bytesOnDisk())),
                fact("To train (float32, AdamW)", size(facts.trainingBytes()) + " and activations"),
                fact("With a frozen reference", size(facts.trainingBytes() + facts.copyBytes()) + " and activations"));
        return pane;
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
