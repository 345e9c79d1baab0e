package preflab.app.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.glass.ui.headless.BigHeadlessScreen;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.geometry.Pos;
import javafx.stage.Screen;
import org.junit.jupiter.api.Test;
import preflab.app.shell.Theme;

class HeadlessScreenTest {

    private final Ui ui = Ui.get();

    @Test
    void theHeadlessScreenIsLargeEnoughForAWideWindow() {
        assumeTrue("Headless".equals(System.getProperty("glass.platform")), "not on the headless platform");
        assertThat(Screen.getPrimary().getBounds().getWidth()).isEqualTo(BigHeadlessScreen.SIZE);
    }

    @Test
    void aButtonFarBeyondTheBuiltInScreenCanBeClicked() {
        AtomicInteger clicks = new AtomicInteger();
        ui.show(Theme.LIGHT, 1800, 1200, () -> {
            Button far = new Button("far");
            far.setId("far");
            far.setOnAction(e -> clicks.incrementAndGet());
            StackPane pane = new StackPane(far);
            StackPane.setAlignment(far, Pos.BOTTOM_RIGHT);
            return pane;
        });
        ui.robot().clickOn("#far");
        ui.settle();
        assertThat(clicks).hasValue(1);
    }
}
