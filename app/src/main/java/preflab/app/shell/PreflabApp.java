package preflab.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.StageFilePicker;
import preflab.app.home.DoctorProbe;
import preflab.app.task.Activities;
import preflab.app.task.Ticker;
import preflab.app.task.WindowWork;

/** The window as a program. Started by {@code preflab.app.Main}, which is not an application of the toolkit itself. */
public final class PreflabApp extends Application {

    private static final Logger LOG = LoggerFactory.getLogger(PreflabApp.class);

    private Optional<WindowAssembly> window = Optional.empty();
    private Optional<WindowWork> work = Optional.empty();

    @Override
    public void start(Stage stage) {
        WindowWork threads = new WindowWork();
        work = Optional.of(threads);
        Services services = new Services(threads, new Ticker(), new Activities(), new ErrorModel(),
                new StageFilePicker(() -> stage), new DoctorProbe(), Preferences.userFile(), exampleFolder());
        WindowAssembly assembly = new WindowAssembly(services);
        window = Optional.of(assembly);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            LOG.error("nobody caught this on {}", thread.getName(), failure);
            assembly.uncaught(failure);
        });
        assembly.show(stage);
    }

    @Override
    public void stop() {
        window.ifPresent(WindowAssembly::close);
        work.ifPresent(WindowWork::close);
    }

    private static Path exampleFolder() {
        return Path.of(System.getProperty("user.home")).resolve("Preflab").resolve("sums-example.preflab");
    }
}
