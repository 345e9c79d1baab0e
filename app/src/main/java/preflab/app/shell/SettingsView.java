package preflab.app.shell;

import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import preflab.app.dialog.ErrorReport;
import preflab.app.form.FormModel;
import preflab.app.form.ParamForm;
import preflab.app.user.RunDefaults;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;

/** What belongs to the user, not to a project. */
final class SettingsView extends VBox {

    private final CachesCard caches;

    SettingsView(WindowModel model, Services services) {
        setId("settings");
        caches = new CachesCard(services);
        VBox body = new VBox(16, appearance(model), computing(model, services), caches);
        body.getStyleClass().add("screen-body");
        body.setMaxWidth(720);
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(new ScreenHeader("Settings"), scroll);
    }

    CachesCard caches() {
        return caches;
    }

    private static Node appearance(WindowModel model) {
        ToggleGroup group = new ToggleGroup();
        HBox themes = new HBox();
        for (Theme theme : Theme.values()) {
            ToggleButton button = new ToggleButton(theme.title());
            button.setId("theme-" + theme.name().toLowerCase(Locale.ROOT));
            button.getStyleClass().add(place(theme));
            button.setToggleGroup(group);
            button.setAccessibleText("Theme: " + theme.title());
            button.setOnAction(e -> {
                button.setSelected(true);
                model.themeProperty().set(theme);
            });
            model.themeProperty().subscribe(chosen -> button.setSelected(chosen == theme));
            themes.getChildren().add(button);
        }
        Label name = Nodes.label("Theme");
        name.setMinWidth(128);
        return Nodes.card("Appearance", Nodes.row(10, name, themes));
    }

    /** What new runs compute on, unless their form says otherwise. */
    private static Node computing(WindowModel model, Services services) {
        RunDefaults defaults = RunDefaults.in(services.preferencesFile().toAbsolutePath().getParent());
        FormModel form = new FormModel(RunDefaults.PARAMS);
        form.fill(defaults.read());
        model.runDefaultsProperty().set(form.texts());
        form.fields().forEach(field -> field.textProperty()
                .addListener((property, before, now) -> keep(form, defaults, model, services)));
        Label note = Nodes.wrapped("For new runs, in this window and on the command line; each run can say otherwise.",
                "muted", "small");
        return Nodes.card("Computing", new ParamForm(form), note);
    }

    private static void keep(FormModel form, RunDefaults defaults, WindowModel model, Services services) {
        if (form.validProperty().get()) {
            Map<String, String> texts = form.texts();
            model.runDefaultsProperty().set(texts);
            services.work().start(() -> {
                defaults.write(texts);
                return texts;
            }, written -> {
            }, failure -> services.errors().show(ErrorReport.of("Keeping the settings", failure)));
        }
    }

    /** AtlantaFX's names for the parts of a joined row of buttons. */
    private static String place(Theme theme) {
        return switch (theme) {
            case SYSTEM -> "left-pill";
            case LIGHT -> "center-pill";
            case DARK -> "right-pill";
        };
    }
}
