package preflab.projects.diagnose;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import preflab.projects.store.RunState;
import preflab.projects.store.Series;

/** What gradients and losses say. */
final class NumberTrouble {

    private static final double OFTEN_CLIPPED = 0.5;
    private static final double OFTEN_SILENT = 0.2;
    private static final double SILENT = 1e-7;
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
                        + " at the rows of that step for empty or huge texts.");
    }

    /** Most steps are cut to the clipping norm: the learning rate in force is not the one that was set. */
    static Optional<Finding> clipping(Trace trace) {
        OptionalDouble limit = trace.setting("optimizer.max_grad_norm");
        Series norms = trace.of("grad_norm");
        if (limit.isEmpty() || norms.size() < LEAST_STEPS) {
            return Optional.empty();
        }
        double share = share(norms, norm -> norm > limit.getAsDouble());
        if (share <= OFTEN_CLIPPED) {
            return Optional.empty();
        }
        return Optional.of(Finding.note("clipped", "Gradients are clipped at most steps",
                "grad_norm is above optimizer.max_grad_norm = " + Diagnosis.figure(limit.getAsDouble()) + " at "
                        + Diagnosis.percent(share) + " of the logged steps.",
                "Only the direction of those gradients counts then. If that is not meant, raise the limit or lower the"
                        + " learning rate; losses that sum over tokens have large gradients by nature."));
    }

    /** Every pair is ordered rightly and nothing pushes any more. */
    static Optional<Finding> saturation(Trace trace) {
        Optional<Drift> right = Drift.of(trace.of("rewards/accuracies")).filter(drift -> drift.to() > 0.99);
        Optional<Drift> norm = Drift.of(trace.of("grad_norm")).filter(drift -> drift.to() < 0.1 * drift.from());
        if (right.isEmpty() || norm.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Finding.note("saturated", "The loss is saturated: it teaches nothing more",
                "rewards/accuracies is " + Diagnosis.figure(right.get().to()) + " at the end; grad_norm fell from "
                        + Diagnosis.figure(norm.get().from()) + " to " + Diagnosis.figure(norm.get().to()) + ".",
                "Stop earlier, or find harder pairs. If it happened within few steps, the pairs may be told apart by"
                        + " something shallow such as their length: look at Data."));
    }

    /** Steps without any gradient. */
    static Optional<Finding> noSignal(Trace trace) {
        Series norms = trace.of("grad_norm");
        double share = norms.size() < LEAST_STEPS ? 0 : share(norms, norm -> norm < SILENT);
        if (share <= OFTEN_SILENT) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning("no-signal", "Many batches carry no signal",
                "grad_norm is zero at " + Diagnosis.percent(share) + " of the logged steps.",
                "Pairs with equal answers, prompts that fill max_length, or labels of one sort only leave nothing to"
                        + " learn from: check the data version; raise data.max_length if completions are cut away."));
    }

    private static double share(Series series, DoublePredicate holds) {
        return IntStream.range(0, series.size()).mapToDouble(series::value).filter(holds).count()
                / (double) series.size();
    }
}
