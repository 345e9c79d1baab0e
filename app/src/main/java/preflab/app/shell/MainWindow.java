package preflab.app.shell;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.dialog.ErrorScene;
import preflab.app.home.HomeController;
import preflab.app.home.HomeView;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;

/** The nodes of a window: rail, the screen in the middle, task bar, and the error scene over all of it. */
public final class MainWindow {

    private final WindowModel model;
    private final StackPane root = new StackPane();
    private final StackPane middle = new StackPane();
    private final Map<String, StackPane> screens = new LinkedHashMap<>();
    private final Map<String, Supplier<Node>> unseen = new HashMap<>(); // screens that were not made yet
    private final SettingsView settings;
    private final Scene scene;

    MainWindow(WindowModel model, Services services, HomeController home, Node objectives, double width,
            double height) {
        this.model = model;
        settings = new SettingsView(model, services);
        List<Screen> entries = List.of(screen("home", "Home", Feather.HOME, new HomeView(home)),
                screen("data", "Data", Feather.DATABASE, needsProject("Data", Feather.DATABASE, home)),
                screen("label", "Label", Feather.EDIT_3, needsProject("Label", Feather.EDIT_3, home)),
                screen("objectives", "Objectives", Feather.BOOK_OPEN, objectives),
                screen("models", "Models", Feather.BOX, needsProject("Models", Feather.BOX, home)),
                screen("train", "Train", Feather.ACTIVITY, needsProject("Train", Feather.ACTIVITY, home)),
                screen("compare", "Compare", Feather.BAR_CHART_2, needsProject("Compare", Feather.BAR_CHART_2, home)),
                screen("settings", "Settings", Feather.SETTINGS, settings));
        BorderPane window = new BorderPane(middle);
        window.getStyleClass().add("window");
        window.setLeft(new Rail(model, entries));
        window.setBottom(new TaskBar(model, services.activities()));
        root.getChildren().addAll(window, new ErrorScene(services.errors()));
        scene = new Scene(root, width, height);
        Theme.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> services.work().acted());
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> services.work().acted());
        scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, e -> services.work().acted());
        scene.addEventFilter(ScrollEvent.SCROLL, e -> services.work().acted());
        for (int i = 0; i < entries.size(); i++) {
            String id = entries.get(i).id();
            scene.getAccelerators().put(WindowKeys.forScreen(entries, i), () -> model.screenProperty().set(id));
        }
        scene.getAccelerators().put(WindowKeys.NEW, home::newProject);
        scene.getAccelerators().put(WindowKeys.OPEN, home::openProject);
        model.screenProperty().subscribe(this::show);
        services.errors().reportProperty().subscribe(report -> window.setDisable(report != null));
    }

    private Screen screen(String id, String title, Feather icon, Node content) {
        StackPane holder = new StackPane(content);
        screens.put(id, holder);
        return new Screen(id, title, icon, holder);
    }

    private Node needsProject(String title, Feather icon, HomeController home) {
        Button make = Nodes.primary(Nodes.button("New project…", Feather.PLUS, home::newProject));
        Button open = Nodes.button("Open…", Feather.FOLDER, home::openProject);
        Button example = Nodes.button("Try the built-in example", Feather.PLAY, home::tryExample);
        EmptyState empty = new EmptyState(icon, "No project is open",
                "Data, runs and results live in a project. Make one, open one, or start with the built-in example.",
                make, open, example);
        VBox.setVgrow(empty, Priority.ALWAYS);
        return new VBox(new ScreenHeader(title), empty);
    }

    /** Screens of an open project take their places when they are first seen. */
    void install(Session session) {
        unseen.putAll(session.views());
        settings.caches().show(Optional.of(session.workspace().cache()));
        show(model.screenProperty().get());
    }

    private void show(String id) {
        StackPane screen = screens.get(id);
        if (unseen.containsKey(id)) {
            screen.getChildren().setAll(unseen.remove(id).get());
        }
        middle.getChildren().setAll(screen);
    }

    Scene scene() {
        return scene;
    }

    Parent root() {
        return root;
    }

    WindowModel model() {
        return model;
    }
}
