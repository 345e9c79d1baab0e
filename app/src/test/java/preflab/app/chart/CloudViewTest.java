package preflab.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import preflab.app.shell.Theme;
import preflab.app.ui.Ui;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.Palette;

class CloudViewTest {

    private final Ui ui = Ui.get();
    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
    private final List<Integer> opened = new ArrayList<>();
    private CloudView view;

    private void show(List<Cloud.Point> points) {
        ui.show(Theme.LIGHT, 900, 600, () -> {
            view = new CloudView(palette);
            view.setWhenOpened(opened::add);
            view.cloudProperty().set(new Cloud("change of log-prob of chosen", "change of log-prob of rejected", points,
                    List.of("reversed: chosen fell, rejected rose", "both rose", "displaced: both fell",
                            "as wanted: chosen rose, rejected fell"),
                    "margin unchanged"));
            return new StackPane(view);
        });
        ui.settle();
    }

    @Test
    void tenThousandPointsAreDrawnOnceHoweverThePointerMoves() {
        Random random = new Random(5);
        show(IntStream.range(0, 10_000).mapToObj(i -> new Cloud.Point(i, random.nextGaussian() * 4 - 2,
                random.nextGaussian() * 6 - 5)).toList());
        int drawn = ui.on(view::drawn);
        Bounds screen = ui.on(() -> view.localToScreen(view.getBoundsInLocal()));
        for (int i = 0; i < 30; i++) {
            ui.robot().moveTo(screen.getMinX() + 200 + 15 * i, screen.getMinY() + 250 + 3 * i);
        }
        ui.settle();
        assertThat(ui.on(() -> view.pointedProperty().get())).isNotNull();
        assertThat(ui.on(view::drawn)).isEqualTo(drawn);
        ui.picture("cloud-10000-light");
    }

    @Test
    void theKeyboardGoesThroughPointsInTheirOrderAndOpensThem() {
        show(List.of(new Cloud.Point(3, -2, 4), new Cloud.Point(4, 1, -3), new Cloud.Point(5, 6, 0.5)));
        ui.run(view::requestFocus);
        ui.robot().push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.ENTER);
        ui.robot().push(KeyCode.UP).push(KeyCode.ENTER);
        ui.robot().push(KeyCode.UP).push(KeyCode.UP).push(KeyCode.SPACE);
        ui.settle();
        assertThat(opened).containsExactly(4, 5, 3);
    }
}
