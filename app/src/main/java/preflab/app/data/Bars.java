package preflab.app.data;

import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;

/** Small pictures of counts: bars of lengths, and shares of a whole. They take their colours from the theme. */
final class Bars {

    private static final double HEIGHT = 150;
    private static final double NAMES = 158;

    private Bars() {
    }

    /**
     * Bars from 0 to the highest value, equally wide; those that begin past a limit look cut.
     *
     * @param counts
     *            rows per bar
     * @param width
     *            of a bar in tokens
     */
    static Region histogram(int[] counts, int width, int limit) {
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        HBox bars = new HBox(1);
        bars.getStyleClass().add("histogram");
        bars.setAlignment(Pos.BOTTOM_LEFT);
        bars.setMinHeight(HEIGHT);
        bars.setPrefHeight(HEIGHT);
        for (int i = 0; i < counts.length; i++) {
            Region bar = new Region();
            int from = i * width;
            bar.getStyleClass().addAll("histogram-bar", from >= limit ? "past" : "within");
            double height = counts[i] == 0 ? 0 : Math.max(2, (HEIGHT - 12) * counts[i] / most);
            bar.setMinSize(1, height);
            bar.setMaxSize(Double.MAX_VALUE, height);
            HBox.setHgrow(bar, Priority.ALWAYS);
            Tooltip.install(bar, new Tooltip(Words.count(counts[i], "row") + " of " + Words.count(from) + " to "
                    + Words.count(from + width - 1L) + " tokens"));
            bars.getChildren().add(bar);
        }
        return bars;
    }

    /** Labels with their counts, longest bar = the most frequent one. */
    static Node shares(Map<String, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        VBox box = new VBox(6);
        counts.forEach((name, count) -> box.getChildren().add(share(name, count, all)));
        return box;
    }

    private static Node share(String name, long count, long all) {
        double share = all == 0 ? 0 : (double) count / all;
        Label label = Nodes.label(name, "small");
        label.setMinWidth(NAMES);
        label.setPrefWidth(NAMES);
        Region filled = new Region();
        filled.getStyleClass().addAll("share-fill", name.replace(' ', '-'));
        Pane track = new Pane(filled);
        track.getStyleClass().add("share-track");
        track.setMinSize(60, 12);
        track.setMaxHeight(12);
        filled.prefWidthProperty().bind(track.widthProperty().multiply(share));
        filled.setPrefHeight(12);
        HBox.setHgrow(track, Priority.ALWAYS);
        return Nodes.row(8, label, track, figure(Words.count(count), 76),
                figure(String.format(Locale.ROOT, "%.1f %%", 100 * share), 54));
    }

    private static Label figure(String text, double width) {
        Label figure = Nodes.label(text, "small");
        figure.setMinWidth(width);
        figure.setAlignment(Pos.CENTER_RIGHT);
        return figure;
    }
}
