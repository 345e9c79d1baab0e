package preflab.projects.compare;

import java.util.List;
import java.util.Optional;
import preflab.projects.chart.Chart;

/**
 * What a chart's horizontal axis counts.
 *
 * @param metric
 *            the metric it shows; empty unless {@code kind} is {@link Kind#METRIC}
 */
public record XAxis(Kind kind, String metric) {

    /** What is counted. */
    public enum Kind {
        /** Optimizer steps. */
        STEP(Chart.STEP),
        /** Rows trained on: steps × batch size × accumulation. */
        EXAMPLES("examples"),
        /** Tokens of prompts and completions trained on. */
        TOKENS("tokens"),
        /** Seconds of training so far, evaluations and checkpoints included, pauses between segments not. */
        TIME("training time, s"),
        /** Passes over the training rows. */
        EPOCH("epoch"),
        /** Another metric, logged at the same step. */
        METRIC("");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    public static final XAxis STEP = new XAxis(Kind.STEP, "");

    /** All that count progress, in the order they are offered. */
    public static final List<XAxis> PROGRESS = List.of(STEP, new XAxis(Kind.EXAMPLES, ""), new XAxis(Kind.TOKENS, ""),
            new XAxis(Kind.EPOCH, ""), new XAxis(Kind.TIME, ""));

    /** Another metric. */
    public static XAxis of(String metric) {
        return new XAxis(Kind.METRIC, metric);
    }

    /** What the axis is called. */
    public String label() {
        return kind == Kind.METRIC ? metric : kind.label;
    }

    /** The axis of this name: one that counts progress, else the metric. */
    public static XAxis named(String label) {
        Optional<XAxis> progress = PROGRESS.stream().filter(axis -> axis.label().equals(label)).findFirst();
        return progress.orElseGet(() -> of(label));
    }
}
