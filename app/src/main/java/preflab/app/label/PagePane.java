package preflab.app.label;

import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.app.widget.WordsFlow;

/** The example: prompt on top, what is asked about below, and what was said about it. */
final class PagePane extends ScrollPane {

    /** Eyes should not have to travel from a step to its verdict. */
    private static final double WIDEST = 1040;

    private final LabelModel model;
    private final LabelController controller;
    private final ContentBlock prompt = new ContentBlock("label-prompt");
    private final FlowPane marks = new FlowPane(6, 4);
    private final StepsPane steps;
    private final AnswerPane answer;
    private final PairPane pair;
    private final FinishRow finish;
    private final WordsFlow note = new WordsFlow("");
    private final HBox noteBox = Nodes.row(8, new FontIcon(Feather.MESSAGE_SQUARE), note);
    private final VBox others = new VBox(2);
    private final VBox body = new VBox();
    private int shownRow = -1;

    PagePane(LabelModel model, LabelController controller) {
        this.model = model;
        this.controller = controller;
        steps = new StepsPane(controller::stand);
        answer = new AnswerPane(controller);
        pair = new PairPane(controller);
        finish = new FinishRow(controller);
        setId("label-page");
        setFitToWidth(true);
        setFocusTraversable(true);
        getStyleClass().add("label-page");
        noteBox.getStyleClass().add("notice");
        noteBox.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(note, Priority.ALWAYS);
        VBox content = new VBox(10, Nodes.label("PROMPT", "section-title"), prompt, marks, body, noteBox, others);
        content.getStyleClass().add("label-content");
        content.setMaxWidth(WIDEST);
        setContent(content);
        model.pageProperty().subscribe(this::show);
        model.hereProperty().subscribe(here -> showSteps());
        model.thresholdProperty().subscribe(at -> showSteps());
        model.keptThresholdProperty().subscribe(at -> showSteps());
        model.splitAtProperty().subscribe(at -> showSplit());
    }

    private void show(Page page) {
        if (page == null) {
            return;
        }
        prompt.show(page.prompt());
        note.show(page.note());
        Nodes.setShown(noteBox, !page.note().isEmpty());
        marks.getChildren().setAll(Marks.of(page));
        Nodes.setShown(marks, !marks.getChildren().isEmpty());
        switch (page.body()) {
            case Page.Steps shown -> showSteps(shown);
            case Page.Answer shown -> {
                answer.show(shown);
                put(answer);
            }
            case Page.Pair shown -> {
                pair.show(shown);
                put(pair);
            }
        }
        others.getChildren().setAll(page.others().stream().map(line -> Nodes.wrapped(line, "small", "muted")).toList());
        if (page.place() != shownRow) {
            shownRow = page.place();
            setVvalue(0);
        }
    }

    private void put(Node first, Node... more) {
        if (body.getChildren().isEmpty() || !first.equals(body.getChildren().getFirst())) {
            body.getChildren().setAll(first);
            body.getChildren().addAll(more);
        }
    }

    private void showSteps(Page.Steps shown) {
        steps.show(shown.lines(), model.hereProperty().get(), model.thresholdProperty().get(),
                Flips.of(shown, model.keptThresholdProperty().get(), model.thresholdProperty().get()));
        finish.show(shown.finish());
        put(steps, finish);
        bringIntoView();
    }

    private void showSteps() {
        if (model.pageProperty().get() != null && model.pageProperty().get().body() instanceof Page.Steps shown) {
            showSteps(shown);
        }
    }

    private void showSplit() {
        steps.splitAt(model.hereProperty().get(), model.splitAtProperty().get(), controller.splitting()::move);
    }

    /** The step at hand is in sight, with a little of what comes before and after. */
    private void bringIntoView() {
        int here = model.hereProperty().get();
        double height = getContent().getLayoutBounds().getHeight();
        double room = getViewportBounds().getHeight();
        if (here >= steps.getChildren().size() || height <= room) {
            return;
        }
        Bounds row = steps.row(here).getBoundsInParent();
        double top = body.getBoundsInParent().getMinY() + row.getMinY();
        double seen = getVvalue() * (height - room);
        if (top < seen + 20) {
            setVvalue(Math.max(0, top - 40) / (height - room));
        } else if (top + row.getHeight() > seen + room - 20) {
            setVvalue(Math.min(height - room, top + row.getHeight() + 60 - room) / (height - room));
        }
    }
}
