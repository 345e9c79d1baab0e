package preflab.app.chart;

import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import preflab.projects.chart.Painter;
import preflab.projects.chart.Rgb;

/**
 * Draws on a canvas. Inside a clip, lines of many points are gathered in a {@link LineRaster} and come onto the canvas
 * before whatever is drawn next.
 */
final class CanvasPainter implements Painter {

    /** Shorter lines are the canvas's own matter. */
    private static final int MANY_POINTS = 150;

    private final GraphicsContext context;
    private final double density;
    private Optional<LineRaster> raster = Optional.empty();
    private double left; // of the clip, widened to whole pixels of the canvas
    private double top;
    private int columns; // of the screen
    private int rows;

    CanvasPainter(GraphicsContext context) {
        this(context, 1);
    }

    /**
     * A painter for a canvas on a screen.
     *
     * @param density
     *            pixels of the screen to a pixel of the canvas
     */
    CanvasPainter(GraphicsContext context, double density) {
        this.context = context;
        this.density = density;
        context.setLineJoin(StrokeLineJoin.ROUND);
        context.setTextBaseline(VPos.BASELINE);
    }

    static Color colour(Rgb rgb) {
        return Color.rgb(rgb.red(), rgb.green(), rgb.blue(), rgb.opacity());
    }

    @Override
    public void fillRectangle(double x, double y, double width, double height, Rgb colour) {
        flush();
        context.setFill(colour(colour));
        context.fillRect(x, y, width, height);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Rgb colour, double width) {
        flush();
        context.setStroke(colour(colour));
        context.setLineWidth(width);
        context.strokeLine(x1, y1, x2, y2);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Rgb colour, double width) {
        if (xs.length >= MANY_POINTS && columns > 0) {
            rasterise(xs, ys, colour, width);
            return;
        }
        flush();
        context.setStroke(colour(colour));
        context.setLineWidth(width);
        context.strokePolyline(xs, ys, xs.length);
    }

    @Override
    public void polygon(double[] xs, double[] ys, Rgb colour) {
        flush();
        context.setFill(colour(colour));
        context.fillPolygon(xs, ys, xs.length);
    }

    @Override
    public void circle(double x, double y, double radius, Rgb colour) {
        flush();
        context.setFill(colour(colour));
        context.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Anchor anchor, Rgb colour) {
        flush();
        context.setFont(Font.font(null, bold ? FontWeight.BOLD : FontWeight.NORMAL, size));
        context.setFill(colour(colour));
        context.setTextAlign(switch (anchor) {
            case START -> TextAlignment.LEFT;
            case MIDDLE -> TextAlignment.CENTER;
            case END -> TextAlignment.RIGHT;
        });
        context.fillText(text, x, y);
    }

    private void rasterise(double[] xs, double[] ys, Rgb colour, double width) {
        if (raster.isEmpty()) {
            raster = Optional.of(new LineRaster(columns, rows));
        }
        double[] across = new double[xs.length];
        double[] down = new double[ys.length];
        for (int i = 0; i < xs.length; i++) {
            across[i] = (xs[i] - left) * density;
            down[i] = (ys[i] - top) * density;
        }
        raster.get().stroke(across, down, colour, width * density);
    }

    /** What was gathered comes before what is drawn next. */
    private void flush() {
        raster.ifPresent(lines -> context.drawImage(lines.image(), left, top, columns / density, rows / density));
        raster = Optional.empty();
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        context.save();
        context.beginPath();
        context.rect(x, y, width, height);
        context.clip();
        left = Math.floor(x);
        top = Math.floor(y);
        columns = (int) Math.ceil((Math.ceil(x + width) - left) * density);
        rows = (int) Math.ceil((Math.ceil(y + height) - top) * density);
    }

    @Override
    public void unclip() {
        flush();
        columns = 0;
        context.restore();
    }
}
