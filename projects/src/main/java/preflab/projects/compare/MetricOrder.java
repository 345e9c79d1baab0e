package preflab.projects.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Orders metrics by what tells most: held-out accuracy, then the loss, then diagnostics, then bookkeeping. */
public final class MetricOrder {

    private static final List<String> FIRST = List.of("eval/accuracy", "eval/loss", "loss", "eval/rewards/accuracies",
            "rewards/accuracies", "eval/rewards/margins", "rewards/margins", "rewards/chosen", "rewards/rejected",
            "logps/chosen", "logps/rejected", "kl", "eval/kl_policy_ref", "entropy");
    private static final List<String> LAST = List.of("grad_norm", "learning_rate", "epoch", "eval/count",
            "tokens_per_second", "tokens", "seconds", "memory/peak_mb", "memory/estimated_mb", "memory/estimate_error",
            "time/steps_seconds", "time/estimated_seconds", "time/estimate_error", "reference_cache/computed",
            "reference_cache/seconds", "reference_cache/found", "reference_cache/seconds_saved",
            "reference_cache/bytes_saved", "reference_cache/bytes_on_disk");

    private MetricOrder() {
    }

    /** The keys, the telling ones first. */
    public static List<String> sorted(Collection<String> keys) {
        return keys.stream().distinct()
                .sorted(Comparator.comparingInt(MetricOrder::rank).thenComparing(Comparator.naturalOrder())).toList();
    }

    private static int rank(String key) {
        if (FIRST.contains(key)) {
            return FIRST.indexOf(key);
        }
        return LAST.contains(key) ? 1000 + LAST.indexOf(key) : 100;
    }
}
