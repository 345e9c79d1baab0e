package preflab.app.widget;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * Boxes beside each other as far as there is room, all of one width, the boxes of a line all as high as its highest. A
 * tile pane would take the height that texts have before they wrap.
 */
public final class EvenColumns extends Pane {

    private static final double GAP = 8;

    private final double least;

    /**
     * Of these boxes.
     *
     * @param least
     *            pixels that a box needs at least, where there is room for two of them
     */
    public EvenColumns(double least, List<? extends Node> boxes) {
        this.least = least;
        getChildren().setAll(boxes);
        setMinWidth(0);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private int columns(double width) {
        return Math.clamp((int) ((width + GAP) / (least + GAP)), 1, Math.max(1, getChildren().size()));
    }

    private double boxWidth(double width) {
        int columns = columns(width);
        return Math.max(1, Math.floor((width - GAP * (columns - 1)) / columns));
    }

    @Override
    protected double computePrefWidth(double height) {
        return least;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double all = width < 0 ? least : width;
        double height = 0;
        for (int from = 0; from < getChildren().size(); from += columns(all)) {
            height += lineHeight(from, all) + (from == 0 ? 0 : GAP);
        }
        return height;
    }

    private double lineHeight(int from, double width) {
        int to = Math.min(getChildren().size(), from + columns(width));
        return Math.ceil(getChildren().subList(from, to).stream()
                .mapToDouble(box -> box.prefHeight(boxWidth(width))).max().orElse(0));
    }

    @Override
    protected void layoutChildren() {
        double width = boxWidth(getWidth());
        double y = 0;
        for (int from = 0; from < getChildren().size(); from += columns(getWidth())) {
            double height = lineHeight(from, getWidth());
            for (int i = from; i < Math.min(getChildren().size(), from + columns(getWidth())); i++) {
                getChildren().get(i).resizeRelocate((i - from) * (width + GAP), y, width, height);
            }
            y += height + GAP;
        }
    }
}
