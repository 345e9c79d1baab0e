package preflab.projects.diagnose;

import java.util.List;
import java.util.function.Predicate;
import preflab.engine.metric.Metrics;

/** What could not be looked for in a run: finding nothing says nothing about it. */
final class Sight {

    private record Look(String words, Predicate<Trace> possible) {
    }

    private static final List<Look> ALL = List.of(
            new Look("displacement (needs logps/chosen and logps/rejected)",
                    trace -> trace.drift("logps/chosen").isPresent() && trace.drift("logps/rejected").isPresent()),
            new Look("over-optimisation (needs eval/accuracy at three steps, and rewards)",
                    LikelihoodTrouble::seesAccuracyAndMargins),
            new Look("runaway (needs eval/kl_policy_ref, or beta and rewards/rejected)",
                    LikelihoodTrouble::seesDistance),
            new Look("collapse and drift of lengths (need answers kept at two evaluations)",
                    TextTrouble::seesAnswers),
            new Look("clipping (needs grad_norm and the limit)", NumberTrouble::seesClipping),
            new Look("saturation (needs signal/pull_median, or grad_norm and rewards/accuracies)",
                    trace -> seen(trace, Metrics.PULL_MEDIAN)
                            || (seen(trace, "grad_norm") && seen(trace, "rewards/accuracies"))),
            new Look("rows without signal (needs signal/silent_rows or grad_norm)",
                    trace -> seen(trace, Metrics.SILENT_ROWS) || seen(trace, "grad_norm")));

    private Sight() {
    }

    private static boolean seen(Trace trace, String metric) {
        return Drift.of(trace.of(metric)).isPresent();
    }

    /** In words, each with what it needs; none where everything could be looked for. */
    static List<String> missing(Trace trace) {
        return ALL.stream().filter(look -> !look.possible().test(trace)).map(Look::words).toList();
    }
}
