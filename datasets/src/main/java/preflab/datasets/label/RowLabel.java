package preflab.datasets.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that one person has said about one row so far. Immutable: every act makes a new one.
 *
 * @param ends
 *            where the steps end, as UTF-16 offsets into the answer, if somebody split or joined them; empty: as in the
 *            data
 * @param steps
 *            one entry per step; empty where no step was judged
 * @param accepted
 *            the verdict on the answer as a whole
 * @param choice
 *            the verdict on a pair
 * @param finish
 *            why the labelling of steps ended, if it was said
 * @param complete
 *            whether all that the task asks for has been said
 * @param skipped
 *            put aside without a verdict
 * @param flagged
 *            to be looked at again
 * @param note
 *            free words; empty for none
 */
public record RowLabel(List<Integer> ends, List<StepVerdict> steps, Optional<Boolean> accepted,
        Optional<Choice> choice, Optional<FinishReason> finish, boolean complete, boolean skipped, boolean flagged,
        String note) {

    /** Nothing said. */
    public static final RowLabel EMPTY = new RowLabel(List.of(), List.of(), Optional.empty(), Optional.empty(),
            Optional.empty(), false, false, false, "");

    public RowLabel {
        ends = List.copyOf(ends);
        steps = List.copyOf(steps);
        Objects.requireNonNull(accepted, "accepted");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(note, "note");
    }

    /** What was said about this step; {@link StepVerdict#NONE} where nothing was. */
    public StepVerdict step(int index) {
        return index < steps.size() ? steps.get(index) : StepVerdict.NONE;
    }

    /** Whether anything was said that publishing would carry into the data. */
    public boolean hasVerdict() {
        return accepted.isPresent() || choice.isPresent() || finish.isPresent() || !ends.isEmpty()
                || steps.stream().anyMatch(StepVerdict::given);
    }

    /** Whether both say the same about the data; flags, notes and skips do not count. */
    public boolean agreesWith(RowLabel other) {
        return ends.equals(other.ends) && steps.equals(other.steps) && accepted.equals(other.accepted)
                && choice.equals(other.choice);
    }

    RowLabel withStep(int index, int count, StepVerdict verdict) {
        List<StepVerdict> all = padded(count);
        all.set(index, verdict);
        return withSteps(ends, all);
    }

    RowLabel withSteps(List<Integer> newEnds, List<StepVerdict> verdicts) {
        return new RowLabel(newEnds, verdicts, accepted, choice, finish, complete, false, flagged, note);
    }

    RowLabel withAccepted(boolean verdict) {
        return new RowLabel(ends, steps, Optional.of(verdict), choice, finish, true, false, flagged, note);
    }

    RowLabel withChoice(Choice verdict) {
        return new RowLabel(ends, steps, accepted, Optional.of(verdict), finish, true, false, flagged, note);
    }

    RowLabel withFinish(FinishReason reason) {
        return new RowLabel(ends, steps, accepted, choice, Optional.of(reason), true, false, flagged, note);
    }

    RowLabel withComplete(boolean all) {
        return new RowLabel(ends, steps, accepted, choice, finish, all, skipped, flagged, note);
    }

    RowLabel withSkipped(boolean skip) {
        return new RowLabel(ends, steps, accepted, choice, finish, complete, skip, flagged, note);
    }

    RowLabel withFlagged(boolean flag) {
        return new RowLabel(ends, steps, accepted, choice, finish, complete, skipped, flag, note);
    }

    RowLabel withNote(String words) {
        return new RowLabel(ends, steps, accepted, choice, finish, complete, skipped, flagged, words);
    }

    /** The verdicts on {@code count} steps, NONE where nothing was said; a list of one's own. */
    List<StepVerdict> padded(int count) {
        List<StepVerdict> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(step(i));
        }
        return all;
    }
}
