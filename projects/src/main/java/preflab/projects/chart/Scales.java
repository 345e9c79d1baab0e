package preflab.projects.chart;

/** Which axes are logarithmic. Places and values that are not positive have none on such an axis. */
public record Scales(boolean logX, boolean logY) {

    /** Both axes linear. */
    public static final Scales LINEAR = new Scales(false, false);
}
