package preflab.app.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.CloudLayout;
import preflab.projects.chart.Palette;

/**
 * Points on a canvas; a click opens one. With the focus, left and right go through them by x, up and down by y, and Enter
 * opens. The points are drawn when they change, and only rings around one of them when the pointer moves.
 */
public final class CloudView extends Region {

    private final ObjectProperty<Cloud> cloud = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Integer> pointed = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Integer> chosen = new SimpleObjectProperty<>();
    private final ObjectProperty<Palette> palette;
    private final Canvas points = new Canvas();
    private final Canvas rings = new Canvas();
    private CloudLayout layout;
    private boolean stale = true;
    private int drawn;
    private List<Cloud.Point> byX = List.of();
    private List<Cloud.Point> byY = List.of();
    private IntConsumer whenOpened = id -> {
    };

    public CloudView(ObjectProperty<Palette> palette) {
        this.palette = palette;
        getStyleClass().add("chart-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(180, 140);
        setPrefSize(420, 280);
        points.setMouseTransparent(true);
        rings.setMouseTransparent(true);
        getChildren().addAll(points, rings);
        cloud.subscribe(this::take);
        palette.subscribe(this::redraw);
        widthProperty().subscribe(this::redraw);
        heightProperty().subscribe(this::redraw);
        pointed.subscribe(this::requestLayout);
        chosen.subscribe(this::requestLayout);
        setOnMouseMoved(this::point);
        setOnMouseExited(e -> pointed.set(null));
        setOnMousePressed(e -> requestFocus());
        setOnMouseClicked(this::click);
        setOnKeyPressed(this::key);
    }

    /** What is drawn; null for nothing. */
    public ObjectProperty<Cloud> cloudProperty() {
        return cloud;
    }

    /** The point under the pointer or the keyboard; null for none. */
    public ReadOnlyObjectProperty<Integer> pointedProperty() {
        return pointed.getReadOnlyProperty();
    }

    /** The point with a lasting ring; null for none. */
    public ObjectProperty<Integer> chosenProperty() {
        return chosen;
    }

    /** Who hears of a click or Enter on a point. */
    public void setWhenOpened(IntConsumer action) {
        whenOpened = action;
    }

    private void take(Cloud drawn) {
        pointed.set(null);
        byX = sorted(drawn, Comparator.comparingDouble(Cloud.Point::x).thenComparingDouble(Cloud.Point::y));
        byY = sorted(drawn, Comparator.comparingDouble(Cloud.Point::y).thenComparingDouble(Cloud.Point::x));
        setAccessibleText(drawn == null
                ? "No points"
                : drawn.points().size() + " points, " + drawn.yLabel() + " against " + drawn.xLabel());
        redraw();
    }

    private static List<Cloud.Point> sorted(Cloud drawn, Comparator<Cloud.Point> order) {
        List<Cloud.Point> all = new ArrayList<>(drawn == null ? List.of() : drawn.points());
        all.sort(order);
        return all;
    }

    private void redraw() {
        stale = true;
        requestLayout();
    }

    private void point(MouseEvent event) {
        pointed.set(layout == null ? null : layout.at(event.getX(), event.getY()).map(Cloud.Point::id).orElse(null));
    }

    private void click(MouseEvent event) {
        if (layout != null) {
            layout.at(event.getX(), event.getY()).ifPresent(point -> whenOpened.accept(point.id()));
        }
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> go(byX, -1);
            case RIGHT -> go(byX, 1);
            case DOWN -> go(byY, -1);
            case UP -> go(byY, 1);
            case ENTER, SPACE -> {
                if (pointed.get() != null) {
                    whenOpened.accept(pointed.get());
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void go(List<Cloud.Point> order, int by) {
        if (!order.isEmpty()) {
            Integer from = pointed.get() == null ? chosen.get() : pointed.get();
            int at = find(from).map(order::indexOf).orElse(by > 0 ? -1 : order.size());
            pointed.set(order.get(Math.clamp((long) at + by, 0, order.size() - 1)).id());
        }
    }

    /** How often the points were drawn. */
    int drawn() {
        return drawn;
    }

    private Optional<Cloud.Point> find(Integer id) {
        return byX.stream().filter(point -> id != null && point.id() == id).findFirst();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (width < 2 || height < 2 || cloud.get() == null) {
            clear(points);
            clear(rings);
            return;
        }
        if (stale) {
            stale = false;
            drawn++;
            layout = CloudLayout.of(cloud.get(), width, height);
            layout.paint(new CanvasPainter(sized(points, width, height)), palette.get());
        }
        CanvasPainter painter = new CanvasPainter(sized(rings, width, height));
        find(chosen.get()).ifPresent(point -> layout.paintRing(painter, palette.get(), point, true));
        find(pointed.get()).ifPresent(point -> layout.paintRing(painter, palette.get(), point, false));
    }

    private static GraphicsContext sized(Canvas canvas, double width, double height) {
        canvas.setWidth(width);
        canvas.setHeight(height);
        clear(canvas);
        return canvas.getGraphicsContext2D();
    }

    private static void clear(Canvas canvas) {
        canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    }
}
