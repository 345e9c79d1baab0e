package preflab.app.train;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.app.widget.WordsFlow;
import preflab.engine.train.Sample;
import preflab.projects.store.StoredSamples;

/** Answers to the same prompts: before training beside now. */
final class SamplesView extends VBox {

    private final LiveModel model;

    SamplesView(LiveModel model) {
        super(8);
        this.model = model;
        setId("train-samples");
        model.firstSamplesProperty().subscribe(this::show);
        model.lastSamplesProperty().subscribe((before, now) -> show());
    }

    private void show() {
        StoredSamples first = model.firstSamplesProperty().get();
        StoredSamples last = model.lastSamplesProperty().get();
        getChildren().clear();
        if (first == null || last == null) {
            return;
        }
        boolean two = first.step() != last.step();
        String when = two
                ? "before training (step " + first.step() + ") beside step " + Words.count(last.step())
                : "at step " + Words.count(last.step());
        getChildren().add(Nodes.row(8, Nodes.label("Samples", "card-title"), Nodes.label(when, "muted", "small")));
        for (Sample now : last.samples()) {
            Optional<Sample> before = first.samples().stream().filter(sample -> sample.row() == now.row()).findFirst();
            getChildren().add(entry(now, two ? before : Optional.empty()));
        }
    }

    private static Node entry(Sample now, Optional<Sample> before) {
        Region prompt = WordsFlow.readable(now.prompt().strip(), "mono", "strong");
        HBox.setHgrow(prompt, Priority.ALWAYS);
        HBox head = Nodes.row(8, prompt);
        now.expected().ifPresent(answer -> head.getChildren().add(Nodes.label("right: " + answer, "muted", "small")));
        GridPane columns = new GridPane();
        columns.setHgap(8);
        List<Sample> shown = before.map(sample -> List.of(sample, now)).orElseGet(() -> List.of(now));
        List<String> names = before.isPresent() ? List.of("before", "now") : List.of("answer");
        for (int i = 0; i < shown.size(); i++) {
            ColumnConstraints share = new ColumnConstraints();
            share.setPercentWidth(100.0 / shown.size());
            columns.getColumnConstraints().add(share);
            columns.add(answer(shown.get(i), names.get(i)), i, 0);
        }
        return new VBox(4, head, columns);
    }

    private static Node answer(Sample sample, String when) {
        HBox head = Nodes.row(6, Nodes.label(when, "muted", "small"));
        sample.correct().ifPresent(right -> head.getChildren()
                .add(Nodes.chip(right ? "right" : "wrong", right ? "good" : "bad")));
        VBox box = new VBox(4, head, WordsFlow.readable(sample.completion().strip(), "mono"));
        box.getStyleClass().add("text-block");
        box.setMaxHeight(Double.MAX_VALUE);
        return box;
    }
}
