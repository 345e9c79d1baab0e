package preflab.app.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import preflab.app.chart.ChartView;
import preflab.app.shell.Theme;

/** The one stage of all UI tests, a robot on it, waits on conditions, and pictures. */
public final class Ui {

    /** The widths at which every screen must look right. */
    public static final int NARROW = 1000;
    public static final int WIDE = 1600;

    private static final int PATIENCE_SECONDS = 30;
    private static final Path PICTURES = Path.of(System.getProperty("preflab.screens", "target/screens"));

    private static final Ui INSTANCE = start();

    private final Stage stage;
    private final FxRobot robot = new FxRobot();

    private Ui(Stage stage) {
        this.stage = stage;
    }

    private static Ui start() {
        try {
            CssWarnings.listen();
            return new Ui(FxToolkit.registerPrimaryStage());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the toolkit did not start", e);
        }
    }

    public static Ui get() {
        return INSTANCE;
    }

    public FxRobot robot() {
        return robot;
    }

    public Stage stage() {
        return stage;
    }

    /** Runs on the JavaFX thread and waits for its result. */
    public <T> T on(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, action);
    }

    /** Runs on the JavaFX thread and waits for its end. */
    public void run(Runnable action) {
        on(() -> {
            action.run();
            return null;
        });
        settle();
    }

    /** Shows a node alone, dressed like the window. */
    public <N extends Parent> N show(Theme theme, int width, int height, Supplier<N> content) {
        N node = on(() -> {
            theme.apply();
            N made = content.get();
            StackPane root = new StackPane(made);
            root.getStyleClass().add("window");
            Scene scene = new Scene(root, width, height);
            Theme.dress(scene);
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            stage.show();
            return made;
        });
        settle();
        return node;
    }

    /** Gives the stage another size. */
    public void resize(int width, int height) {
        run(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
    }

    /** Waits until the toolkit has nothing left to do. */
    public void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Waits until a condition holds, looked at on the JavaFX thread. */
    public void await(String what, Callable<Boolean> condition) {
        await(what, PATIENCE_SECONDS, condition);
    }

    public void await(String what, int seconds, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> on(condition));
        } catch (TimeoutException e) {
            picture("failure-" + what.replaceAll("[^a-zA-Z0-9]+", "-"));
            throw new AssertionError("waited " + seconds + " s in vain: " + what, e);
        }
        settle();
    }

    public <N extends Node> N find(Class<N> type, String query) {
        return robot.lookup(query).queryAs(type);
    }

    /** Saves what the stage shows as {@code target/screens/NAME.png}. */
    public Path picture(String name) {
        settle();
        while (on(() -> stage.getScene().getRoot().lookupAll(".chart-canvas").stream()
                .anyMatch(node -> node instanceof ChartView chart && chart.isWaiting()))) {
            settle(); // charts are drawn a few in each pulse
        }
        WritableImage image = on(() -> stage.getScene().snapshot(null));
        Path file = PICTURES.resolve(name + ".png");
        try {
            Files.createDirectories(PICTURES);
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
