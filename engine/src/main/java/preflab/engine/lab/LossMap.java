package preflab.engine.lab;

/** The loss of a pair over h_w (columns) and h_l (rows), both at the same log-ratios. */
public final class LossMap {

    private final double[] at;
    private final double[] loss; // [n·n], row-major
    private final double[] chosenPull;
    private final double[] rejectedPull;

    LossMap(double[] at, double[] loss, double[] chosenPull, double[] rejectedPull) {
        this.at = at.clone();
        this.loss = loss;
        this.chosenPull = chosenPull;
        this.rejectedPull = rejectedPull;
    }

    /** n, log-ratios on each side. */
    public int size() {
        return at.length;
    }

    /** A log-ratio of either side; ascending. */
    public double at(int i) {
        return at[i];
    }

    /** The loss where h_w is number {@code w} and h_l number {@code l}. */
    public double loss(int w, int l) {
        return loss[l * at.length + w];
    }

    /** −dL/dh_w there. */
    public double chosenPull(int w, int l) {
        return chosenPull[l * at.length + w];
    }

    /** −dL/dh_l there. */
    public double rejectedPull(int w, int l) {
        return rejectedPull[l * at.length + w];
    }
}
