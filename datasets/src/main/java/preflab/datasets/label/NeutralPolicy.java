package preflab.datasets.label;

import java.util.Locale;
import java.util.Optional;

import preflab.datasets.example.StepLabel;

/** What becomes of NEUTRAL where labels leave the screen. */
public enum NeutralPolicy {
    /** It stays neutral; formats of true and false refuse it. */
    KEEP,
    /** It counts as right. */
    GOOD,
    /** It counts as wrong. */
    BAD,
    /** It counts as not judged. */
    UNMARKED;

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of this {@link #id()}. */
    public static Optional<NeutralPolicy> of(String id) {
        return java.util.Arrays.stream(values()).filter(policy -> policy.id().equals(id)).findFirst();
    }

    /** The label under this policy. */
    public StepLabel apply(StepLabel label) {
        if (label != StepLabel.NEUTRAL) {
            return label;
        }
        return switch (this) {
            case KEEP -> StepLabel.NEUTRAL;
            case GOOD -> StepLabel.GOOD;
            case BAD -> StepLabel.BAD;
            case UNMARKED -> StepLabel.UNMARKED;
        };
    }
}
