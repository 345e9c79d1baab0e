package preflab.engine.batch;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.engine.objective.Group;

/**
 * One tokenised completion after its prompt, and the part it plays in a loss. A token is <em>active</em> if the loss
 * sees it: completion tokens are, except those of unmarked steps and a first token that nothing predicts.
 */
public final class Sequence {

    private final int row;
    private final Group group;
    private final int[] ids;
    private final int promptLength; // tokens before the completion
    private final int[] active; // positions in ids, ascending
    private final boolean[] labels; // per active token
    private final int[] steps; // per active token
    private final boolean answerLabel;
    private double number = Double.NaN; // these two are set once, before anybody else sees this
    private ListHead head; // or null

    private Sequence(int row, Group group, int[] ids, int promptLength, int[] active, boolean[] labels, int[] steps,
            boolean answerLabel) {
        this.row = row;
        this.group = group;
        this.ids = ids;
        this.promptLength = promptLength;
        this.active = active;
        this.labels = labels;
        this.steps = steps;
        this.answerLabel = answerLabel;
    }

    /** A completion judged as a whole: every token carries the label, and all of it is step 0. */
    public static Sequence of(int row, Group group, Encoded text, boolean label) {
        int first = Math.max(1, text.promptLength());
        int[] active = new int[Math.max(0, text.length() - first)];
        Arrays.setAll(active, i -> first + i);
        boolean[] labels = new boolean[active.length];
        Arrays.fill(labels, label);
        return new Sequence(row, group, text.ids(), text.promptLength(), active, labels, new int[active.length], label);
    }

    /** A completion judged step by step; tokens of unmarked steps are not active. */
    static Sequence ofSteps(int row, Group group, Encoded text, StepSpans spans, boolean answerLabel) {
        int first = Math.max(1, text.promptLength());
        int[] active = new int[text.length()];
        boolean[] labels = new boolean[text.length()];
        int[] steps = new int[text.length()];
        int count = 0;
        for (int position = first; position < text.length(); position++) {
            int step = spans.stepAt(text.completionOffset(position - text.promptLength()));
            if (spans.marked(step)) {
                active[count] = position;
                labels[count] = spans.right(step);
                steps[count++] = step;
            }
        }
        return new Sequence(row, group, text.ids(), text.promptLength(), Arrays.copyOf(active, count),
                Arrays.copyOf(labels, count), Arrays.copyOf(steps, count), answerLabel);
    }

    /** Without the tokens of the cut. A first token that nothing predicts any more is not active. */
    Sequence without(Truncation.Cut cut) {
        int[] kept = IntStream.range(0, ids.length).filter(position -> !cut.takes(position)).toArray();
        int[] moved = new int[ids.length]; // where each position goes
        Arrays.fill(moved, -1);
        for (int i = 0; i < kept.length; i++) {
            moved[kept[i]] = i;
        }
        int[] stay = IntStream.range(0, active.length).filter(token -> moved[active[token]] > 0).toArray();
        boolean[] itsLabels = new boolean[stay.length];
        for (int i = 0; i < stay.length; i++) {
            itsLabels[i] = labels[stay[i]];
        }
        return new Sequence(row, group, Arrays.stream(kept).map(position -> ids[position]).toArray(),
                promptLength - cut.prompt(), Arrays.stream(stay).map(token -> moved[active[token]]).toArray(),
                itsLabels, Arrays.stream(stay).map(token -> steps[token]).toArray(), answerLabel).with(number)
                .heading(head);
    }

    /** Its first {@code limit} tokens. */
    private Sequence first(int limit) {
        return ids.length <= limit ? this : without(new Truncation.Cut(0, 0, limit, ids.length - limit));
    }

    /** Tokens before the completion. */
    int promptLength() {
        return promptLength;
    }

    /**
     * This completion put to the prompt of another sequence, for KTO's z₀; its end is cut where the two together are
     * longer than the limit, which the other prompt must leave room within.
     */
    Sequence answering(Sequence other, int limit) {
        int[] joined = Arrays.copyOf(other.ids, other.promptLength + ids.length - promptLength);
        System.arraycopy(ids, promptLength, joined, other.promptLength, ids.length - promptLength);
        int shift = other.promptLength - promptLength;
        int[] positions = Arrays.stream(active).map(position -> position + shift).toArray();
        return new Sequence(other.row, Group.MISMATCHED, joined, other.promptLength, positions, labels, steps,
                answerLabel).first(limit);
    }

    /** Tokens before the completion. */
    public int[] prompt() {
        return Arrays.copyOf(ids, promptLength);
    }

    /** Whether both answer the same prompt. */
    boolean samePrompt(Sequence other) {
        return Arrays.equals(prompt(), other.prompt());
    }

    /** A completion drawn for this prompt, in another part; what is longer than the limit loses its end. */
    public Sequence drawn(int[] completion, int limit, Group part) {
        int[] joined = Arrays.copyOf(ids, promptLength + completion.length);
        System.arraycopy(completion, 0, joined, promptLength, completion.length);
        int first = Math.max(1, promptLength);
        int[] positions = IntStream.range(first, joined.length).toArray();
        boolean[] right = new boolean[positions.length];
        return new Sequence(row, part, joined, promptLength, positions, right,
                new int[positions.length], false).first(limit);
    }

    /** The same with a number that belongs to it: a pair's (on its chosen side) or a candidate's reward. */
    Sequence with(double itsNumber) {
        Sequence copy = new Sequence(row, group, ids, promptLength, active, labels, steps, answerLabel);
        copy.number = itsNumber;
        copy.head = head;
        return copy;
    }

    /** The same at the head of a list of candidates. */
    public Sequence heading(ListHead list) {
        Sequence copy = with(number);
        copy.head = list;
        return copy;
    }

    /** The list of candidates that it heads, if any. */
    public Optional<ListHead> head() {
        return Optional.ofNullable(head);
    }

    /** What {@link #with} gave it; NaN if nothing did. */
    public double number() {
        return number;
    }

    /** Row of the dataset version it comes from. */
    public int row() {
        return row;
    }

    public Group group() {
        return group;
    }

    /** Tokens of prompt and completion. */
    public int length() {
        return ids.length;
    }

    public int id(int position) {
        return ids[position];
    }

    /** Tokens that the loss sees. */
    public int activeTokens() {
        return active.length;
    }

    /** Position in the sequence of an active token, ≥ 1. */
    public int activePosition(int token) {
        return active[token];
    }

    /** c_t of an active token. */
    public boolean label(int token) {
        return labels[token];
    }

    /** Step of an active token, counted from 0. */
    public int step(int token) {
        return steps[token];
    }

    /** Whether the answer as a whole is right. */
    public boolean answerLabel() {
        return answerLabel;
    }

    /** Whether both have the same tokens, active at the same places. */
    boolean sameTokens(Sequence other) {
        return Arrays.equals(ids, other.ids) && Arrays.equals(active, other.active);
    }
}
