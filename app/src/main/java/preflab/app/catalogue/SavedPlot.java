package preflab.app.catalogue;

import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.chart.PlotView;
import preflab.app.widget.Nodes;
import preflab.projects.chart.Palette;

/** A plot with its button to save it. */
final class SavedPlot {

    private SavedPlot() {
    }

    static Node of(PlotView view, PlotSaver saver, ObjectProperty<Palette> palette) {
        return with(view, "Save this plot as SVG or CSV…",
                () -> saver.save(view.plotProperty().get(), palette.get()));
    }

    /** A drawing that is no plot is saved as a picture of itself, or as a table. */
    static Node of(Node drawing, PlotSaver saver, String name, Supplier<String> csv) {
        return with(drawing, "Save this drawing as PNG or CSV…", () -> saver.save(drawing, name, csv));
    }

    private static Node with(Node drawing, String title, Runnable action) {
        Button save = Nodes.iconButton(Feather.SAVE, title, action);
        save.getStyleClass().add("chart-save");
        StackPane pane = new StackPane(drawing, save);
        pane.getStyleClass().add("chart-pane");
        StackPane.setAlignment(save, Pos.BOTTOM_LEFT);
        return pane;
    }
}
