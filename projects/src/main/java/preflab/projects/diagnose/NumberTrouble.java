package preflab.projects.diagnose;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import preflab.projects.store.RunState;
import preflab.projects.store.Series;

/** What gradients and losses say. */
final class NumberTrouble {

    private static final String LIMIT = "optimizer.max_grad_norm";
    private static final double OFTEN_CLIPPED = 0.5;
    private static final int LEAST_STEPS = 10;

    private NumberTrouble() {
    }

    /** A loss or gradient that is no number. */
    static Optional<Finding> notANumber(Trace trace) {
        for (String key : new String[]{"loss", "grad_norm"}) {
            Series series = trace.of(key);
            int bad = IntStream.range(0, series.size()).filter(i -> !Double.isFinite(series.value(i))).findFirst()
                    .orElse(-1);
            if (bad >= 0) {
                return Optional.of(diverged(key + " is " + series.value(bad) + " at step " + series.step(bad) + "."));
            }
        }
        return trace.run().state() == RunState.DIVERGED
                ? Optional.of(diverged(trace.run().message()))
                : Optional.empty();
    }

    private static Finding diverged(String evidence) {
        return Finding.warning("diverged", "The run diverged", evidence,
                "Lower the learning rate or lengthen the warm-up; in bf16 try float32 once to tell the two apart; look"
                        + " at the rows of that step for empty or huge texts.",
                "loss", "grad_norm");
    }

    /** Most steps are cut to the clipping norm: how steep their batches were is lost. */
    static Optional<Finding> clipping(Trace trace) {
        OptionalDouble limit = trace.setting(LIMIT);
        Series norms = trace.of("grad_norm");
        if (!seesClipping(trace)) {
            return Optional.empty();
        }
        double share = share(norms, norm -> norm > limit.getAsDouble());
        if (share <= OFTEN_CLIPPED) {
            return Optional.empty();
        }
        double median = median(norms);
        return Optional.of(Finding.note("clipped", "Gradients are clipped at most steps",
                "grad_norm is above optimizer.max_grad_norm = " + Diagnosis.figure(limit.getAsDouble()) + " at "
                        + Diagnosis.percent(share) + " of the logged steps; its median is " + Diagnosis.figure(median)
                        + ".",
                "Clipped steps all count alike, however steep their batch was; AdamW divides by the running size of"
                        + " the gradients, so its steps are hardly smaller for it, and this is no fault by itself. If"
                        + " steeper batches are meant to count more, raise the limit above the median; losses that sum"
                        + " over tokens have large gradients by nature.",
                "grad_norm", "grad_clipped"));
    }

    static boolean seesClipping(Trace trace) {
        return trace.setting(LIMIT).isPresent() && trace.of("grad_norm").size() >= LEAST_STEPS;
    }

    private static double median(Series series) {
        double[] sorted = IntStream.range(0, series.size()).mapToDouble(series::value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double share(Series series, DoublePredicate holds) {
        return IntStream.range(0, series.size()).mapToDouble(series::value).filter(holds).count()
                / (double) series.size();
    }
}
