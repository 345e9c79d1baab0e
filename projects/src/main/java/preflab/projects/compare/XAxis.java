package preflab.projects.compare;

import java.util.List;
import preflab.projects.chart.Chart;

/**
 * What a chart's horizontal axis counts.
 *
 * @param name
 *            of the metric or setting it shows; empty for the other kinds
 */
public record XAxis(Kind kind, String name) {

    /** What is counted. */
    public enum Kind {
        /** Optimizer steps. */
        STEP(Chart.STEP),
        /** Rows trained on: steps × batch size × accumulation. */
        EXAMPLES("examples"),
        /** Tokens of prompts and completions trained on. */
        TOKENS("tokens"),
        /** Passes over the training rows. */
        EPOCH("epoch"),
        /** Seconds of training so far, evaluations and checkpoints included, pauses between segments not. */
        TIME("training time, s"),
        /** Another metric, logged at the same step. */
        METRIC(""),
        /** A setting in which the runs differ: each run is a point, its last value. */
        SETTING("");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    public static final XAxis STEP = new XAxis(Kind.STEP, "");
    public static final XAxis EXAMPLES = new XAxis(Kind.EXAMPLES, "");
    public static final XAxis TOKENS = new XAxis(Kind.TOKENS, "");
    public static final XAxis EPOCH = new XAxis(Kind.EPOCH, "");
    public static final XAxis TIME = new XAxis(Kind.TIME, "");

    /** All that count progress, in the order they are offered. */
    public static final List<XAxis> PROGRESS = List.of(STEP, EXAMPLES, TOKENS, EPOCH, TIME);

    /** Another metric. */
    public static XAxis metric(String name) {
        return new XAxis(Kind.METRIC, name);
    }

    /** A setting. */
    public static XAxis setting(String name) {
        return new XAxis(Kind.SETTING, name);
    }

    /** What the axis is called. */
    public String label() {
        return name.isEmpty() ? kind.label : name;
    }

    boolean isSetting() {
        return kind == Kind.SETTING;
    }
}
