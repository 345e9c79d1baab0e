package preflab.app.label;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import preflab.app.widget.Nodes;

/** The line that takes a note, a number or words to find: Enter takes them, Esc leaves. */
final class AskBar extends HBox {

    AskBar(LabelController controller) {
        super(10);
        LabelModel model = controller.model();
        setId("label-ask");
        getStyleClass().add("ask-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label title = Nodes.label("", "strong");
        title.setMinWidth(USE_PREF_SIZE);
        TextField field = new TextField();
        field.setId("label-ask-field");
        HBox.setHgrow(field, Priority.ALWAYS);
        Label problem = Nodes.label("", "field-problem");
        problem.setId("label-ask-problem");
        problem.textProperty().bind(model.askProblemProperty());
        Label keys = Nodes.label("Enter takes it, Esc leaves", "muted", "small");
        keys.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(title, field, problem, keys);
        Nodes.showWhen(this, model.askProperty().isNotEqualTo(Ask.NOTHING));
        model.askProperty().subscribe(ask -> {
            title.setText(ask.title());
            field.setPromptText(ask.hint());
            field.setAccessibleText(ask.title() + ": " + ask.hint());
            if (ask != Ask.NOTHING) {
                field.setText(controller.typing().startText(ask));
                field.requestFocus();
                field.selectAll();
            }
        });
        field.setOnAction(e -> controller.typing().answer(field.getText()));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.askProperty().set(Ask.NOTHING);
                event.consume();
            }
        });
    }
}
