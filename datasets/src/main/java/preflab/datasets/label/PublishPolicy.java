package preflab.datasets.label;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import preflab.datasets.example.StepLabel;
import preflab.datasets.split.SplitRule;

/**
 * How labels become data.
 *
 * @param neutral
 *            what becomes of NEUTRAL verdicts and labels
 * @param differing
 *            what becomes of rows on which annotators differ and nobody adjudicated
 * @param onlyLabelled
 *            whether rows without any verdict are left out
 * @param badProblems
 *            whether rows finished as {@link FinishReason#BAD_PROBLEM} are kept
 * @param split
 *            how answers without steps are cut where steps were labelled; as in the sessions
 */
public record PublishPolicy(NeutralPolicy neutral, Differing differing, boolean onlyLabelled, boolean badProblems,
        SplitRule split) {

    /** What becomes of unsettled differences. */
    public enum Differing {
        /** The row stays as the data had it. */
        KEEP_DATA,
        /** The verdict of most; the row stays as the data had it where there is no such verdict. */
        MAJORITY,
        /** The row is left out. */
        LEAVE_OUT;

        /** The name on the command line. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The policy of this {@link #id()}. */
        public static Optional<Differing> of(String id) {
            return Arrays.stream(values()).filter(policy -> policy.id().equals(id)).findFirst();
        }
    }

    public PublishPolicy {
        Objects.requireNonNull(neutral, "neutral");
        Objects.requireNonNull(differing, "differing");
        Objects.requireNonNull(split, "split");
    }

    /** Neutral stays, the verdict of most counts, unlabelled rows stay, bad problems are left out, a step a line. */
    public static PublishPolicy standard() {
        return new PublishPolicy(NeutralPolicy.KEEP, Differing.MAJORITY, false, false, SplitRule.Marked.LINE);
    }

    /** The label that is published for this one. */
    StepLabel published(StepLabel label) {
        return neutral.apply(label);
    }
}
