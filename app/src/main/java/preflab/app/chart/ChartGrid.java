package preflab.app.chart;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Charts in as many columns as the width allows, all of one size, each at least readable. */
public final class ChartGrid extends Region {

    private static final double GAP = 10;

    private final double least;
    private final double height;

    /**
     * @param least
     *            width in pixels below which a chart is not squeezed
     * @param height
     *            of each chart
     */
    public ChartGrid(double least, double height) {
        this.least = least;
        this.height = height;
        getStyleClass().add("chart-grid");
    }

    /** Shows these, in this order. */
    public void show(List<? extends Node> charts) {
        if (!getChildren().equals(charts)) {
            getChildren().setAll(charts);
        }
    }

    private int columns(double width) {
        int most = Math.max(1, getChildren().size());
        return (int) Math.clamp((width + GAP) / (least + GAP), 1, most);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        int shown = getChildren().size();
        int columns = columns(width < 0 ? least : width);
        int rows = (shown + columns - 1) / columns;
        return rows == 0 ? 0 : rows * (height + GAP) - GAP;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return least;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        int columns = columns(getWidth());
        double width = (getWidth() - (columns - 1) * GAP) / columns;
        for (int i = 0; i < getChildren().size(); i++) {
            int row = i / columns;
            double x = i % columns * (width + GAP);
            double y = row * (height + GAP);
            getChildren().get(i).resizeRelocate(Math.rint(x), Math.rint(y), Math.floor(width), height);
        }
    }
}
