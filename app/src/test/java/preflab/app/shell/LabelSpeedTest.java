package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.label.LabelController;
import preflab.app.ui.LabelFixture;
import preflab.app.ui.Ui;
import preflab.projects.workspace.Workspace;

/**
 * How long a verdict takes among 100,000 examples: from the key event to the frame after the one in which the saved
 * verdict was laid out. A figure to be read, in {@code target/label-verdict-time.txt}; other programs on the machine
 * count in it.
 */
@Tag("slow")
class LabelSpeedTest {

    private static final int EXAMPLES = 100_000;
    private static final int WARM_UP = 60;
    private static final int VERDICTS = 300;

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    @Test
    void aVerdictAmongAHundredThousandExamplesIsTimed() throws Exception {
        Path project = folder.resolve("many.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            LabelFixture.addSums(workspace, "many", EXAMPLES);
        }
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.open(project, "label");
            LabelController label = window.session().labelController();
            ui.await("the first example is shown", 120, label::isSettled);
            double[] millis = new double[VERDICTS];
            double[] idle = new double[VERDICTS];
            for (int i = -WARM_UP; i < VERDICTS; i++) {
                double time = ui.on(() -> time(window.assembly().scene(), label, KeyCode.G)).get(60, TimeUnit.SECONDS);
                double frames = ui.on(() -> time(window.assembly().scene(), label, KeyCode.F24))
                        .get(60, TimeUnit.SECONDS);
                if (i >= 0) {
                    millis[i] = time;
                    idle[i] = frames;
                }
            }
            assertThat(label.model().doneProperty().get()).isEqualTo((WARM_UP + VERDICTS) / 3);
            write(millis, idle);
        }
    }

    /** On the thread of the window: presses a key and waits, without blocking, until the frame with the outcome is over. */
    private static CompletableFuture<Double> time(Scene scene, LabelController label, KeyCode key) {
        CompletableFuture<Double> over = new CompletableFuture<>();
        long began = System.nanoTime();
        Event.fireEvent(scene.getRoot(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
        new AnimationTimer() {
            private int framesSinceShown;

            @Override
            public void handle(long now) {
                framesSinceShown += label.isSettled() ? 1 : 0;
                if (framesSinceShown == 2) { // the first one lays out and paints, the second comes when it is done
                    stop();
                    over.complete((System.nanoTime() - began) / 1e6);
                }
            }
        }.start();
        return over;
    }

    private static void write(double[] millis, double[] idle) throws IOException {
        double[] sorted = sorted(millis);
        double[] frames = sorted(idle);
        String line = String.format(Locale.ROOT,
                "time per verdict, key event to repaint, %,d examples: median %.1f ms, 95 %% under %.1f ms, longest"
                        + " %.1f ms (%d verdicts); a key that does nothing takes %.1f ms: the frames themselves%n",
                EXAMPLES, sorted[VERDICTS / 2], sorted[VERDICTS * 95 / 100], sorted[VERDICTS - 1], VERDICTS,
                frames[VERDICTS / 2]);
        Files.writeString(Path.of(System.getProperty("preflab.screens", "target/screens"))
                .resolveSibling("label-verdict-time.txt"), line, StandardCharsets.UTF_8);
        assertThat(sorted[0]).isPositive();
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
