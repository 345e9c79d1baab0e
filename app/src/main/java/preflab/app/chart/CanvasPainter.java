package preflab.app.chart;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import preflab.projects.chart.Painter;
import preflab.projects.chart.Rgb;

/** Draws on a canvas. */
final class CanvasPainter implements Painter {

    private final GraphicsContext context;

    CanvasPainter(GraphicsContext context) {
        this.context = context;
        context.setLineJoin(StrokeLineJoin.ROUND);
        context.setTextBaseline(VPos.BASELINE);
    }

    static Color colour(Rgb rgb) {
        return Color.rgb(rgb.red(), rgb.green(), rgb.blue(), rgb.opacity());
    }

    @Override
    public void fillRectangle(double x, double y, double width, double height, Rgb colour) {
        context.setFill(colour(colour));
        context.fillRect(x, y, width, height);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Rgb colour, double width) {
        context.setStroke(colour(colour));
        context.setLineWidth(width);
        context.strokeLine(x1, y1, x2, y2);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Rgb colour, double width) {
        context.setStroke(colour(colour));
        context.setLineWidth(width);
        context.strokePolyline(xs, ys, xs.length);
    }

    @Override
    public void polygon(double[] xs, double[] ys, Rgb colour) {
        context.setFill(colour(colour));
        context.fillPolygon(xs, ys, xs.length);
    }

    @Override
    public void circle(double x, double y, double radius, Rgb colour) {
        context.setFill(colour(colour));
        context.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Anchor anchor, Rgb colour) {
        context.setFont(Font.font(null, bold ? FontWeight.BOLD : FontWeight.NORMAL, size));
        context.setFill(colour(colour));
        context.setTextAlign(switch (anchor) {
            case START -> TextAlignment.LEFT;
            case MIDDLE -> TextAlignment.CENTER;
            case END -> TextAlignment.RIGHT;
        });
        context.fillText(text, x, y);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        context.save();
        context.beginPath();
        context.rect(x, y, width, height);
        context.clip();
    }

    @Override
    public void unclip() {
        context.restore();
    }
}
