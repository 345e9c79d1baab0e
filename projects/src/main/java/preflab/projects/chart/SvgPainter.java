package preflab.projects.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** Draws into an SVG document. Clips are nested {@code svg} elements, so that no ids can clash within a page. */
public final class SvgPainter implements Painter {

    private final StringBuilder svg = new StringBuilder(8192);
    private final Palette palette;
    private final boolean themed;

    private SvgPainter(Palette palette, boolean themed) {
        this.palette = palette;
        this.themed = themed;
    }

    /** The chart as a stand-alone {@code <svg>} element of this size, in fixed colours. */
    public static String svg(Chart chart, double width, double height, Palette palette) {
        return svg(chart, ViewPort.ALL, width, height, palette);
    }

    /** A part of the chart as a stand-alone {@code <svg>} element of this size, in fixed colours. */
    public static String svg(Chart chart, ViewPort view, double width, double height, Palette palette) {
        return draw(chart, view, width, height, new SvgPainter(palette, false));
    }

    /**
     * The chart as an {@code <svg>} element for a page that sets the CSS variables {@code --chart-background},
     * {@code --chart-text}, {@code --chart-muted}, {@code --chart-grid}, {@code --chart-axis} and
     * {@code --chart-line-0} …; the light palette where it does not.
     */
    public static String themedSvg(Chart chart, double width, double height) {
        return draw(chart, ViewPort.ALL, width, height, new SvgPainter(Palette.LIGHT, true));
    }

    /** The plot as a stand-alone {@code <svg>} element of this size, in fixed colours. */
    public static String svg(Plot plot, double width, double height, Palette palette) {
        SvgPainter painter = new SvgPainter(palette, false);
        painter.open(plot.title(), width, height);
        PlotLayout.of(plot, width, height).paint(painter, palette);
        return painter.svg.append("</svg>").toString();
    }

    /** The points as a stand-alone {@code <svg>} element of this size, in fixed colours. */
    public static String svg(Cloud cloud, double width, double height, Palette palette) {
        SvgPainter painter = new SvgPainter(palette, false);
        painter.open(cloud.yLabel() + " against " + cloud.xLabel(), width, height);
        CloudLayout.of(cloud, width, height).paint(painter, palette);
        return painter.svg.append("</svg>").toString();
    }

    private static String draw(Chart chart, ViewPort view, double width, double height, SvgPainter painter) {
        painter.open(chart.title(), width, height);
        ChartLayout.of(chart, width, height, view).paint(painter, painter.palette);
        return painter.svg.append("</svg>").toString();
    }

    private void open(String title, double width, double height) {
        // within HTML the namespace goes without saying
        svg.append(themed ? "<svg" : "<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .append(" role=\"img\" width=\"").append(number(width))
                .append("\" height=\"").append(number(height)).append("\" viewBox=\"0 0 ").append(number(width))
                .append(' ').append(number(height))
                .append("\" font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\"><title>")
                .append(escape(title)).append("</title>");
    }

    @Override
    public void fillRectangle(double x, double y, double width, double height, Rgb colour) {
        svg.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" width=\"")
                .append(number(width)).append("\" height=\"").append(number(height)).append("\"");
        paint("fill", colour);
        svg.append("/>");
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Rgb colour, double width) {
        polyline(new double[]{x1, x2}, new double[]{y1, y2}, colour, width);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Rgb colour, double width) {
        svg.append("<path d=\"");
        path(xs, ys);
        svg.append("\" fill=\"none\" stroke-width=\"").append(number(width))
                .append("\" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        paint("stroke", colour);
        svg.append("/>");
    }

    @Override
    public void polygon(double[] xs, double[] ys, Rgb colour) {
        svg.append("<path d=\"");
        path(xs, ys);
        svg.append("Z\"");
        paint("fill", colour);
        svg.append("/>");
    }

    private void path(double[] xs, double[] ys) {
        for (int i = 0; i < xs.length; i++) {
            svg.append(i == 0 ? 'M' : 'L').append(number(xs[i])).append(' ').append(number(ys[i]));
        }
    }

    @Override
    public void circle(double x, double y, double radius, Rgb colour) {
        svg.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y)).append("\" r=\"")
                .append(number(radius)).append("\"");
        paint("fill", colour);
        svg.append("/>");
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Anchor anchor, Rgb colour) {
        svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" font-size=\"")
                .append(number(size)).append('"');
        if (bold) {
            svg.append(" font-weight=\"600\"");
        }
        switch (anchor) {
            case START -> {
            }
            case MIDDLE -> svg.append(" text-anchor=\"middle\"");
            case END -> svg.append(" text-anchor=\"end\"");
        }
        paint("fill", colour);
        svg.append('>').append(escape(text)).append("</text>");
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        String box = String.format(Locale.ROOT, "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"", number(x), number(y),
                number(width), number(height));
        svg.append("<svg ").append(box).append(" viewBox=\"").append(number(x)).append(' ').append(number(y))
                .append(' ').append(number(width)).append(' ').append(number(height)).append("\">");
    }

    @Override
    public void unclip() {
        svg.append("</svg>");
    }

    private void paint(String property, Rgb colour) {
        String variable = themed ? variable(colour) : "";
        if (variable.isEmpty()) {
            svg.append(' ').append(property).append("=\"").append(colour.hex()).append('"');
        } else {
            svg.append(" style=\"").append(property).append(":var(").append(variable).append(',')
                    .append(colour.hex()).append(")\"");
        }
        if (colour.opacity() < 1) {
            svg.append(' ').append(property).append("-opacity=\"").append(number(colour.opacity())).append('"');
        }
    }

    private String variable(Rgb colour) {
        Rgb opaque = colour.withOpacity(1);
        int line = palette.lines().indexOf(opaque);
        if (line >= 0) {
            return "--chart-line-" + line;
        }
        return Map.of(palette.background(), "--chart-background", palette.text(), "--chart-text", palette.mutedText(),
                "--chart-muted", palette.grid(), "--chart-grid", palette.axis(), "--chart-axis")
                .getOrDefault(opaque, "");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
    }

    private static String escape(String text) {
        return Markup.escape(text);
    }
}
