package preflab.projects.chart;

/** Draws the few things charts are made of. Coordinates are pixels from the upper left; y grows downwards. */
public interface Painter {

    /** Where a text's given point lies. */
    enum Anchor {
        START, MIDDLE, END
    }

    void fillRectangle(double x, double y, double width, double height, Rgb colour);

    void line(double x1, double y1, double x2, double y2, Rgb colour, double width);

    /** A line through points; drawn inside the clip. Both arrays have the same length. */
    void polyline(double[] xs, double[] ys, Rgb colour, double width);

    /** A filled outline. Both arrays have the same length. */
    void polygon(double[] xs, double[] ys, Rgb colour);

    void circle(double x, double y, double radius, Rgb colour);

    /**
     * Text on a baseline.
     *
     * @param size
     *            of the font in pixels
     */
    void text(String text, double x, double y, double size, boolean bold, Anchor anchor, Rgb colour);

    /** Restricts drawing to a rectangle until {@link #unclip}; not nested. */
    void clip(double x, double y, double width, double height);

    void unclip();
}
