package preflab.projects.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import preflab.engine.metric.Metrics;
import preflab.projects.store.Series;

/** What happens to likelihoods, rewards and distances. */
final class LikelihoodTrouble {

    static final String DISPLACEMENT = "likelihood-displacement";

    /** Nats an answer below which a fall is not worth a word. */
    private static final double NOTABLE_FALL = 1;
    /** Nats an answer: beyond it text drawn from one model is hardly ever drawn from the other. */
    private static final double FAR = 20;
    private static final List<String> DISTANCES = List.of("eval/kl_policy_ref", "kl/forward");

    private LikelihoodTrouble() {
    }

    /** The field's oldest question: the chosen log-probability falls while the distance to the rejected one grows. */
    static Optional<Finding> displacement(Trace trace) {
        Optional<Drift> chosen = trace.drift("logps/chosen").filter(drift -> drift.fell(NOTABLE_FALL));
        Optional<Drift> rejected = trace.drift("logps/rejected");
        boolean leading = trace.drift("rewards/margins").filter(drift -> drift.rose(0)).isPresent();
        if (chosen.isEmpty() || rejected.isEmpty()
                || (!leading && rejected.get().change() >= chosen.get().change())) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(DISPLACEMENT,
                "The chosen answers became less likely while their lead grew",
                "logps/chosen: " + Diagnosis.figure(chosen.get().from()) + " to " + Diagnosis.figure(chosen.get().to())
                        + " nats an answer; logps/rejected: " + Diagnosis.figure(rejected.get().from()) + " to "
                        + Diagnosis.figure(rejected.get().to()) + "."
                        + ratio(chosen.get(), rejected.get()) + cancelled(trace),
                "It is no bug: the loss sees only the difference, and pushing both down can widen it, most where"
                        + " chosen and rejected share tokens. It matters if accuracy on held-out problems falls with it."
                        + " Then: a supervised term (sft_coefficient 0.1 to 1) or an anchored loss (apo, dpop) pulls the"
                        + " chosen up by itself; a smaller learning rate slows the fall, a larger beta"
                        + " ends it nearer the reference.",
                "eval/logps/chosen", "logps/chosen", "eval/logps/rejected", "logps/rejected"));
    }

    private static String ratio(Drift chosen, Drift rejected) {
        return rejected.change() >= 0
                ? ""
                : " For each nat that the rejected answers lost, the chosen ones lost "
                        + Diagnosis.figure(chosen.change() / rejected.change()) + ".";
    }

    private static String cancelled(Trace trace) {
        return Drift.of(trace.of(Metrics.PULL_CANCELLED)).filter(drift -> drift.from() > 0).map(drift -> " "
                + Diagnosis.percent(drift.from()) + " of the pull cancels in beginnings that both sides share"
                + " (signal/cancelled).").orElse("");
    }

    /** Reward still rises where the accuracy has turned. */
    static Optional<Finding> overOptimisation(Trace trace) {
        Series accuracy = trace.of("eval/accuracy");
        Series margins = margins(trace);
        if (!seesAccuracyAndMargins(trace)) {
            return Optional.empty();
        }
        int best = 0;
        for (int i = 1; i < accuracy.size(); i++) {
            best = accuracy.value(i) > accuracy.value(best) ? i : best;
        }
        double fall = accuracy.value(best) - accuracy.lastValue();
        double rise = margins.lastValue() - near(margins, accuracy.step(best));
        if (fall <= 2 * error(trace, accuracy.value(best)) || !(rise > 0)) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning("over-optimisation", "Reward went on rising after accuracy had turned",
                "eval/accuracy: " + Diagnosis.figure(accuracy.value(best)) + " at step " + accuracy.step(best) + ", "
                        + Diagnosis.figure(accuracy.lastValue()) + " at step " + accuracy.lastStep()
                        + "; the margin rose by " + Diagnosis.figure(rise) + " meanwhile.",
                "Stop near step " + accuracy.step(best) + " (choose it on validation rows), or hold the policy nearer"
                        + " the reference: larger beta, smaller learning rate, fewer passes over the data.",
                "eval/accuracy", "eval/rewards/margins", "rewards/margins", "eval/rewards/rejected"));
    }

    static boolean seesAccuracyAndMargins(Trace trace) {
        return trace.of("eval/accuracy").size() >= 3 && margins(trace).size() >= 2;
    }

    /** On held-out rows where there are such; of losses on single answers the lead of the accepted ones. */
    private static Series margins(Trace trace) {
        return Stream.of(trace.of("eval/rewards/margins"), trace.lead("eval/rewards/chosen", "eval/rewards/rejected"),
                trace.of("rewards/margins"), trace.lead("rewards/chosen", "rewards/rejected"))
                .filter(series -> series.size() > 1).findFirst().orElse(Series.EMPTY);
    }

    /** Standard error of a difference of two accuracies on the held-out problems; wide where their number is unknown. */
    private static double error(Trace trace, double accuracy) {
        Series counts = trace.of("eval/count");
        double n = counts.isEmpty() ? 100 : Math.max(1, counts.lastValue());
        return Math.sqrt(2 * Math.max(accuracy * (1 - accuracy), 1 / n) / n);
    }

    private static double near(Series series, long step) {
        int at = 0;
        while (at < series.size() - 1 && series.step(at) < step) {
            at++;
        }
        return series.value(at);
    }

    /** The policy leaves the reference behind. */
    static Optional<Finding> runaway(Trace trace) {
        for (String key : DISTANCES) {
            Optional<Drift> kl = Drift.of(trace.of(key)).filter(drift -> drift.to() > FAR && drift.rose(FAR / 2));
            if (kl.isPresent()) {
                return Optional.of(runaway(key, kl.get().from(), kl.get().to(), key));
            }
        }
        OptionalDouble beta = trace.setting("objective.beta");
        Optional<Drift> rejected = trace.drift("rewards/rejected");
        if (beta.isEmpty() || beta.getAsDouble() <= 0 || rejected.isEmpty()
                || rejected.get().to() / beta.getAsDouble() > -5 * FAR || !rejected.get().fell(0)) {
            return Optional.empty();
        }
        return Optional.of(runaway("log-ratio of rejected answers (rewards/rejected ÷ beta)",
                rejected.get().from() / beta.getAsDouble(), rejected.get().to() / beta.getAsDouble(),
                "rewards/rejected"));
    }

    static boolean seesDistance(Trace trace) {
        boolean ratios = trace.setting("objective.beta").isPresent() && trace.drift("rewards/rejected").isPresent();
        return ratios || DISTANCES.stream().anyMatch(key -> Drift.of(trace.of(key)).isPresent());
    }

    private static Finding runaway(String what, double from, double to, String metric) {
        return Finding.warning("kl-runaway", "The policy left the reference far behind",
                what + ": " + Diagnosis.figure(from) + " to " + Diagnosis.figure(to)
                        + " nats an answer.",
                "Raise beta, lower the learning rate, or add a term that holds the policy (typo's lambda, pmpo's KL,"
                        + " npo_kl for unlearning). Read some answers first: at such a distance they are often broken.",
                metric, "eval/perplexity");
    }
}
