package preflab.engine.lab;

/** A loss of one example along a line of log-ratios. */
public final class LossCurve {

    private final String name;
    private final double[] at;
    private final double[] loss;
    private final double[] pull;

    LossCurve(String name, double[] at, double[] loss, double[] pull) {
        this.name = name;
        this.at = at.clone();
        this.loss = loss;
        this.pull = pull;
    }

    /** What the line is of, for a legend. */
    public String name() {
        return name;
    }

    /** Points of the line. */
    public int size() {
        return at.length;
    }

    /** The log-ratio of a point; ascending. */
    public double at(int point) {
        return at[point];
    }

    /** The loss at a point. */
    public double loss(int point) {
        return loss[point];
    }

    /** Minus the derivative by the log-probability of the completion that moves: how hard the objective raises it. */
    public double pull(int point) {
        return pull[point];
    }
}
