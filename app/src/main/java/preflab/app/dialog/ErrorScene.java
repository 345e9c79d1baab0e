package preflab.app.dialog;

import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The one place where failures are shown: over the window, with code, message, what to do, copy and folded details. */
public final class ErrorScene extends StackPane {

    private final ErrorModel model;
    private final Label code = new Label();
    private final Label repeats = new Label();
    private final Label message = new Label();
    private final Label advice = new Label();
    private final TextArea details = new TextArea();
    private final TitledPane fold = new TitledPane("Details", details);
    private final Button close = new Button("Close");

    public ErrorScene(ErrorModel model) {
        this.model = model;
        getStyleClass().add("error-scene");
        setId("error-scene");
        getChildren().add(card());
        visibleProperty().bind(model.reportProperty().isNotNull());
        managedProperty().bind(visibleProperty());
        model.reportProperty().subscribe(this::show);
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                model.dismiss();
                e.consume();
            }
        });
    }

    private VBox card() {
        HBox head = new HBox(8, new FontIcon(Feather.ALERT_TRIANGLE), code, spacer(), repeats);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("error-head");
        code.getStyleClass().add("error-code");
        repeats.getStyleClass().add("muted");
        repeats.textProperty().bind(Bindings.when(model.repeatsProperty().greaterThan(1))
                .then(model.repeatsProperty().asString("%d times")).otherwise(""));
        message.getStyleClass().add("error-message");
        message.setWrapText(true);
        message.setMinHeight(USE_PREF_SIZE);
        advice.setWrapText(true);
        advice.setMinHeight(USE_PREF_SIZE);
        details.setEditable(false);
        details.getStyleClass().add("mono");
        details.setPrefRowCount(9);
        details.setAccessibleText("Technical details of the error");
        fold.setExpanded(false);
        fold.setAnimated(false);
        VBox card = new VBox(12, head, message, advice, fold, buttons());
        card.getStyleClass().add("error-card");
        card.setMaxSize(640, USE_PREF_SIZE);
        return card;
    }

    private HBox buttons() {
        Button copy = new Button("Copy", new FontIcon(Feather.COPY));
        copy.setId("error-copy");
        copy.setOnAction(e -> copy());
        copy.setTooltip(new Tooltip("Copy code, message and details"));
        close.setId("error-close");
        close.setDefaultButton(true);
        close.setOnAction(e -> model.dismiss());
        HBox bar = new HBox(8, copy, spacer(), close);
        bar.setAlignment(Pos.CENTER_RIGHT);
        return bar;
    }

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    private void show(ErrorReport report) {
        close.setDefaultButton(report != null);
        if (report == null) {
            return;
        }
        code.setText(report.code().code() + "  ·  " + report.action());
        message.setText(sentence(report.message()));
        advice.setText(report.advice());
        details.setText(report.details());
        fold.setExpanded(false);
        close.requestFocus();
    }

    /** Modules' messages begin small, because they often follow a colon. */
    private static String sentence(String message) {
        return message.isEmpty() ? message : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }

    private void copy() {
        ErrorReport report = model.reportProperty().get();
        if (report != null) {
            ClipboardContent content = new ClipboardContent();
            content.putString(report.asText());
            Clipboard.getSystemClipboard().setContent(content);
        }
    }
}
