package preflab.app.catalogue;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/**
 * Three drawings. Where two fit side by side, the first two share what the large one leaves of the height or the width;
 * else all stand one below the other and scroll.
 */
final class Drawings extends Region {

    /** Where the large drawing lies. */
    enum Large {
        ABOVE, RIGHT
    }

    private static final double LEAST_WIDTH = 420;
    private static final double LEAST_HEIGHT = 330;
    private static final double GAP = 10;

    private final Large where;
    private final Node large;
    private final Node first;
    private final Node second;

    private Drawings(Large where, Node large, Node first, Node second) {
        this.where = where;
        this.large = large;
        this.first = first;
        this.second = second;
        getStyleClass().addAll("chart-grid", "drawings");
        if (where == Large.ABOVE) {
            getChildren().setAll(large, first, second);
        } else {
            getChildren().setAll(first, second, large);
        }
    }

    /** The drawings, scrolling where they do not fit. */
    static Node of(Large where, Node large, Node first, Node second) {
        ScrollPane scroll = new ScrollPane(new Drawings(where, large, first, second));
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setMinWidth(0);
        return scroll;
    }

    private static boolean isWide(double width) {
        return width >= 2 * LEAST_WIDTH + GAP;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = isWide(width) ? 2 : 3;
        return insets() + rows * (LEAST_HEIGHT + GAP) - GAP;
    }

    private double insets() {
        return snappedTopInset() + snappedBottomInset();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEAST_WIDTH;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - snappedLeftInset() - snappedRightInset();
        double height = getHeight() - insets();
        double half = Math.floor((width - GAP) / 2);
        double row = Math.floor((height - GAP) / 2);
        if (!isWide(getWidth())) {
            double third = Math.floor((height - 2 * GAP) / 3);
            for (int i = 0; i < 3; i++) {
                place(getChildren().get(i), 0, i * (third + GAP), width, third);
            }
        } else if (where == Large.ABOVE) {
            place(large, 0, 0, width, row);
            place(first, 0, row + GAP, half, row);
            place(second, width - half, row + GAP, half, row);
        } else {
            place(first, 0, 0, half, row);
            place(second, 0, row + GAP, half, row);
            place(large, width - half, 0, half, 2 * row + GAP);
        }
    }

    private void place(Node node, double x, double y, double width, double height) {
        node.resizeRelocate(Math.rint(snappedLeftInset() + x), Math.rint(snappedTopInset() + y), Math.floor(width),
                Math.floor(height));
    }
}
