package preflab.projects.chart;

/** A line through points of real numbers, in the order of x. */
public final class PlotLine {

    private final String name;
    private final double[] x;
    private final double[] y;
    private final int colour;
    private final boolean faint;

    /**
     * Takes copies.
     *
     * @param colour
     *            slot of the palette
     * @param faint
     *            drawn lighter, as the second line of a colour
     */
    public PlotLine(String name, double[] x, double[] y, int colour, boolean faint) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("a line needs as many x as y, not " + x.length + " and " + y.length);
        }
        this.name = name;
        this.x = x.clone();
        this.y = y.clone();
        this.colour = colour;
        this.faint = faint;
    }

    public String name() {
        return name;
    }

    public int size() {
        return x.length;
    }

    public double x(int point) {
        return x[point];
    }

    public double y(int point) {
        return y[point];
    }

    /** The line's colour in a palette. */
    Rgb colour(Palette palette) {
        return faint ? palette.line(colour).withOpacity(0.5) : palette.line(colour);
    }

    /** y at this x, between its neighbours; NaN beyond the ends. */
    public double at(double where) {
        for (int i = 1; i < x.length; i++) {
            if (where >= x[i - 1] && where <= x[i]) {
                double share = x[i] == x[i - 1] ? 0 : (where - x[i - 1]) / (x[i] - x[i - 1]);
                return y[i - 1] + share * (y[i] - y[i - 1]);
            }
        }
        return Double.NaN;
    }
}
