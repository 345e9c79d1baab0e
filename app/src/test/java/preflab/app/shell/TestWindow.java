package preflab.app.shell;

import java.nio.file.Path;
import java.util.List;
import preflab.app.dialog.ErrorModel;
import preflab.app.home.Health;
import preflab.app.task.Activities;
import preflab.app.task.Ticker;
import preflab.app.task.WindowWork;
import preflab.app.ui.ScriptedPicker;
import preflab.app.ui.Ui;

/** A whole window on the stage of the UI tests, with its preferences and its example in a temporary folder. */
public final class TestWindow implements AutoCloseable {

    private static final Health WELL = new Health("PyTorch 2.7.1", "CPU, 8 cores", "11.2 of 15.6 GB free",
            List.of(new Health.Check("matrix product", true, ""), new Health.Check("gradient", true, "")));

    private final Ui ui = Ui.get();
    private final ScriptedPicker picker = new ScriptedPicker();
    private final WindowWork work = new WindowWork();
    private final ErrorModel errors = new ErrorModel();
    private final WindowAssembly assembly;

    /** Opens a window in this theme and size. */
    public TestWindow(Path folder, Theme theme, int width, int height) {
        Path preferences = folder.resolve("window.properties");
        System.setProperty("preflab.mappings", folder.resolve("mappings").toString());
        Preferences.read(preferences).withTheme(theme).withSize(width, height).write(preferences);
        Services services = ui.on(() -> new Services(work, new Ticker(), new Activities(), errors, picker, () -> WELL,
                preferences, folder.resolve("example.preflab")));
        assembly = ui.on(() -> new WindowAssembly(services));
        ui.run(() -> {
            assembly.show(ui.stage());
            ui.stage().setX(0);
            ui.stage().setY(0);
            ui.stage().setWidth(width);
            ui.stage().setHeight(height);
        });
        ui.await("the self-test is shown", () -> !assembly.model().deviceProperty().get().isEmpty());
    }

    public ScriptedPicker picker() {
        return picker;
    }

    public ErrorModel errors() {
        return errors;
    }

    public WindowAssembly assembly() {
        return assembly;
    }

    /** Opens a project and shows one of its screens. */
    void open(Path project, String screen) {
        ui.run(() -> assembly.door().open(project));
        session();
        go(screen);
    }

    /** Shows this screen and waits until it is there. */
    public void go(String screen) {
        ui.run(() -> assembly.model().screenProperty().set(screen));
    }

    /** The open project's screens; waits until one is open. */
    Session session() {
        ui.await("a project is open", () -> assembly.session().isPresent());
        return assembly.session().orElseThrow();
    }

    /** Changes the window's theme. */
    public void dress(Theme theme) {
        ui.run(() -> assembly.model().themeProperty().set(theme));
    }

    /** Pictures in both themes, wide and narrow; the window is dark and narrow afterwards. */
    void pictures(String name, int wideHeight, int narrowHeight) {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            dress(theme);
            String suffix = theme == Theme.DARK ? "-dark" : "-light";
            ui.resize(Ui.WIDE, wideHeight);
            ui.picture(name + "-wide" + suffix);
            ui.resize(Ui.NARROW, narrowHeight);
            ui.picture(name + "-narrow" + suffix);
        }
    }

    @Override
    public void close() {
        ui.run(assembly::close);
        ui.run(() -> ui.stage().titleProperty().unbind());
        work.close();
    }
}
