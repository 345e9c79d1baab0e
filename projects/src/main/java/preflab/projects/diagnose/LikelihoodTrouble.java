package preflab.projects.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import preflab.projects.store.Series;

/** What happens to likelihoods, rewards and distances. */
final class LikelihoodTrouble {

    /** Nats an answer below which a fall is not worth a word. */
    private static final double NOTABLE_FALL = 1;
    /** Nats an answer: beyond it text drawn from one model is hardly ever drawn from the other. */
    private static final double FAR = 20;
    private static final List<String> DISTANCES = List.of("eval/kl_policy_ref", "kl/forward");

    private LikelihoodTrouble() {
    }

    /** The field's oldest question: the chosen log-probability falls while the margin grows. */
    static Optional<Finding> displacement(Trace trace) {
        Optional<Drift> chosen = trace.drift("logps/chosen").filter(drift -> drift.fell(NOTABLE_FALL));
        Optional<Drift> margin = trace.drift("rewards/margins").filter(drift -> drift.rose(0));
        if (chosen.isEmpty() || margin.isEmpty()) {
            return Optional.empty();
        }
        String rejected = trace.drift("logps/rejected").map(drift -> "; rejected: "
                + Diagnosis.figure(drift.from()) + " to " + Diagnosis.figure(drift.to())).orElse("");
        return Optional.of(Finding.warning("likelihood-displacement",
                "The chosen answers became less likely while the margin grew",
                "logps/chosen: " + Diagnosis.figure(chosen.get().from()) + " to " + Diagnosis.figure(chosen.get().to())
                        + " nats an answer" + rejected + "; rewards/margins: " + Diagnosis.figure(margin.get().from())
                        + " to " + Diagnosis.figure(margin.get().to()) + ".",
                "This is no bug: the loss sees only the difference, and pushing both down can widen it, most where"
                        + " chosen and rejected share tokens. A supervised term (sft_coefficient 0.1 to 1) or an"
                        + " anchored loss (apo_zero, dpop) holds the chosen up; a smaller learning rate or a larger"
                        + " beta slows it. It matters if accuracy on held-out problems falls with it."));
    }

    /** Reward still rises where the accuracy has turned. */
    static Optional<Finding> overOptimisation(Trace trace) {
        Series accuracy = trace.of("eval/accuracy");
        Series margins = trace.of("eval/rewards/margins").isEmpty()
                ? trace.of("rewards/margins")
                : trace.of("eval/rewards/margins");
        if (accuracy.size() < 3 || margins.size() < 2) {
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
                        + " the reference: larger beta, smaller learning rate, fewer passes over the data."));
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
                return Optional.of(runaway(key, kl.get().from(), kl.get().to(), "nats an answer"));
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
                "nats an answer"));
    }

    private static Finding runaway(String what, double from, double to, String unit) {
        return Finding.warning("kl-runaway", "The policy left the reference far behind",
                what + ": " + Diagnosis.figure(from) + " to " + Diagnosis.figure(to) + " " + unit + ".",
                "Raise beta, lower the learning rate, or add a term that holds the policy (typo's lambda, pmpo's KL,"
                        + " npo_kl for unlearning). Read some answers first: at such a distance they are often broken.");
    }
}
