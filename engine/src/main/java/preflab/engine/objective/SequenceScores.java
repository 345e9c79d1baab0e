package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import preflab.engine.tensor.Kernels;

/**
 * What the models say about N completions of at most T tokens: the input of a loss. {@link #tokenLogProbs()} and, where
 * asked for, {@link #valueLogits()} and {@link #vocabularyKl()} are leaves that the loss is differentiated by; all else
 * is constant.
 *
 * <p>
 * Masked positions may hold anything, −∞ and NaN included, so every reduction here <em>selects</em> by the mask and
 * never multiplies. A completion without active tokens has S = R = h = A = 0 and n = 0.
 *
 * <p>
 * Under gradient accumulation a group spans several micro-batches; {@link #groupSize()} and {@link #groupTokens()} count
 * the whole group, so that {@link #mean} and {@link #tokenMean} of the parts add up to the mean of the whole.
 */
public final class SequenceScores {

    private final NDArray tokenLogProbs; // [N,T]
    private final NDArray mask; // [N,T] boolean
    private final Map<Role, NDArray> references; // [N,T]
    private final NDArray valueLogits; // [N,T] or null
    private final NDArray vocabularyKl; // [N,T] or null
    private final NDArray labels; // [N,T] boolean or null
    private final NDArray steps; // [N,T] int64 or null
    private final NDArray answerLabels; // [N] boolean or null
    private final long groupSize;
    private final double groupTokens;

    private SequenceScores(Builder b) {
        this.tokenLogProbs = b.tokenLogProbs;
        this.mask = b.mask;
        this.references = new EnumMap<>(b.references);
        this.valueLogits = b.valueLogits;
        this.vocabularyKl = b.vocabularyKl;
        this.labels = b.labels;
        this.steps = b.steps;
        this.answerLabels = b.answerLabels;
        this.groupSize = b.groupSize >= 0 ? b.groupSize : tokenLogProbs.getShape().get(0);
        this.groupTokens = b.groupTokens >= 0 ? b.groupTokens : activeTokens(mask);
    }

    private static double activeTokens(NDArray mask) {
        return mask.isEmpty() ? 0 : mask.toType(DataType.INT64, false).sum().toLongArray()[0];
    }

    /** log π_θ(y_t | x, y_&lt;t), [N,T]; a leaf. */
    public NDArray tokenLogProbs() {
        return tokenLogProbs;
    }

    /** Which tokens count, [N,T], boolean. */
    public NDArray mask() {
        return mask;
    }

    /**
     * Token log-probabilities of a frozen model, [N,T].
     *
     * @throws IllegalStateException
     *             if they were not provided: an objective must ask for them in its {@link Needs}
     */
    public NDArray reference(Role role) {
        return provided(references.get(role), tokenLogProbs, "log-probabilities of " + role);
    }

    /** As {@link #reference(Role)}; empty if they were not provided. */
    public Optional<NDArray> optionalReference(Role role) {
        return Optional.ofNullable(references.get(role));
    }

    /** The logits of g_t = p(c_t = 1 | x, y_&lt;t), [N,T]; a leaf. */
    public NDArray valueLogits() {
        return provided(valueLogits, tokenLogProbs, "value logits");
    }

    /** The exact KL over the vocabulary at each position, [N,T], in the direction the objective asked for; a leaf. */
    public NDArray vocabularyKl() {
        return provided(vocabularyKl, tokenLogProbs, "vocabulary KL");
    }

    /** c_t, [N,T], boolean. */
    public NDArray labels() {
        return provided(labels, mask, "token labels");
    }

    /** The step each token belongs to, counted from 0, [N,T], int64. */
    public NDArray steps() {
        return provided(steps, mask, "step indices");
    }

    /** Whether the final answer is right, [N], boolean. */
    public NDArray answerLabels() {
        return provided(answerLabels, mask, "answer labels");
    }

    /** As {@link #answerLabels()}; empty if they were not provided. */
    public Optional<NDArray> optionalAnswerLabels() {
        return Optional.ofNullable(answerLabels);
    }

    /** As {@link #vocabularyKl()}; empty if it was not provided. */
    public Optional<NDArray> optionalVocabularyKl() {
        return Optional.ofNullable(vocabularyKl);
    }

    /** The array, or for a group without sequences, which nobody scores, one that is as empty. */
    private NDArray provided(NDArray array, NDArray whereEmpty, String what) {
        if (array != null) {
            return array;
        }
        if (isEmpty()) {
            return whereEmpty.stopGradient();
        }
        throw new IllegalStateException("no " + what + " were provided");
    }

    /** N, the sequences in this part of the group. */
    public long size() {
        return tokenLogProbs.getShape().get(0);
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** Sequences of this group in the whole optimizer step. */
    public long groupSize() {
        return groupSize;
    }

    /** Active tokens of this group in the whole optimizer step. */
    public double groupTokens() {
        return groupTokens;
    }

    /**
     * Some rows as a micro-batch of this group: means of all parts add up to the mean of the whole.
     *
     * @param from
     *            first row
     * @param to
     *            the row after the last
     */
    public SequenceScores part(int from, int to) {
        NDIndex rows = new NDIndex(from + ":" + to);
        Builder part = builder(tokenLogProbs.get(rows), mask.get(rows)).group(groupSize, groupTokens);
        references.forEach((role, array) -> part.reference(role, array.get(rows)));
        part.valueLogits = rows(valueLogits, rows);
        part.vocabularyKl = rows(vocabularyKl, rows);
        part.labels = rows(labels, rows);
        part.steps = rows(steps, rows);
        part.answerLabels = rows(answerLabels, rows);
        return part.build();
    }

    private static NDArray rows(NDArray array, NDIndex rows) {
        return array == null ? null : array.get(rows);
    }

    /** S = Σ_t m_t logp_t, [N]. */
    public NDArray sum() {
        return maskedSum(tokenLogProbs);
    }

    /** R = Σ_t m_t ref_t, [N]. */
    public NDArray referenceSum(Role role) {
        return maskedSum(reference(role));
    }

    /** r_t = logp_t − ref_t where the mask holds, else 0; [N,T]. */
    public NDArray tokenLogRatio() {
        return active(tokenLogProbs.sub(reference(Role.REFERENCE)));
    }

    /** h = S − R, [N], against {@link Role#REFERENCE}; summed over differences, which float32 keeps more of. */
    public NDArray logRatio() {
        return tokenLogRatio().sum(new int[]{1});
    }

    /** h / max(1, n), [N]. */
    public NDArray averageLogRatio() {
        return logRatio().div(Kernels.atLeast(lengths(), 1));
    }

    /** A = S / max(1, n), [N]. */
    public NDArray average() {
        return sum().div(Kernels.atLeast(lengths(), 1));
    }

    /** n, [N], in the type of the log-probabilities. */
    public NDArray lengths() {
        return mask.toType(tokenLogProbs.getDataType(), false).sum(new int[]{1});
    }

    /**
     * x where the mask holds, else 0; [N,T]. Anything but sums and differences must see only what this lets through: the
     * gradient of exp, log or a product is NaN at junk, even if the result is dropped later.
     */
    public NDArray active(NDArray perToken) {
        return Kernels.select(mask, perToken, perToken.zerosLike());
    }

    /** Σ_t m_t x_t for per-token values x, [N,T] to [N]. */
    public NDArray maskedSum(NDArray perToken) {
        return active(perToken).sum(new int[]{1});
    }

    /** Σ_t x_t over the tokens where the mask and another boolean condition [N,T] hold, [N]. */
    public NDArray maskedSum(NDArray perToken, NDArray condition) {
        return Kernels.select(mask.logicalAnd(condition), perToken, perToken.zerosLike()).sum(new int[]{1});
    }

    /** The group's mean of per-sequence values [N], a scalar; 0 for an empty group. */
    public NDArray mean(NDArray perSequence) {
        return isEmpty() ? zero() : Kernels.dividedBy(perSequence.sum(), (double) groupSize);
    }

    /** Σ over all active tokens of per-token values, divided by the group's active tokens; 0 if there are none. */
    public NDArray tokenMean(NDArray perToken) {
        return isEmpty() || groupTokens == 0
                ? zero()
                : Kernels.dividedBy(maskedSum(perToken).sum(), groupTokens);
    }

    /** A scalar 0 of this type that the loss may start from. */
    public NDArray zero() {
        return tokenLogProbs.getManager().zeros(new Shape(), tokenLogProbs.getDataType());
    }

    /** No sequences at all. */
    public static SequenceScores empty(NDManager manager, DataType type) {
        return builder(manager.zeros(new Shape(0, 1), type), manager.zeros(new Shape(0, 1), DataType.BOOLEAN)).build();
    }

    public static Builder builder(NDArray tokenLogProbs, NDArray mask) {
        return new Builder(tokenLogProbs, mask);
    }

    /** Collects the parts; only the log-probabilities and the mask are always there. */
    public static final class Builder {
        private final NDArray tokenLogProbs;
        private final NDArray mask;
        private final Map<Role, NDArray> references = new EnumMap<>(Role.class);
        private NDArray valueLogits;
        private NDArray vocabularyKl;
        private NDArray labels;
        private NDArray steps;
        private NDArray answerLabels;
        private long groupSize = -1;
        private double groupTokens = -1;

        private Builder(NDArray tokenLogProbs, NDArray mask) {
            this.tokenLogProbs = tokenLogProbs;
            this.mask = mask;
        }

        public Builder reference(Role role, NDArray logProbs) {
            references.put(role, logProbs);
            return this;
        }

        public Builder valueLogits(NDArray logits) {
            valueLogits = logits;
            return this;
        }

        public Builder vocabularyKl(NDArray kl) {
            vocabularyKl = kl;
            return this;
        }

        public Builder labels(NDArray tokenLabels) {
            labels = tokenLabels;
            return this;
        }

        public Builder steps(NDArray stepIndices) {
            steps = stepIndices;
            return this;
        }

        public Builder answerLabels(NDArray right) {
            answerLabels = right;
            return this;
        }

        /** Sizes of the group over the whole optimizer step; without this call, the sizes of this part. */
        public Builder group(long sequences, double activeTokens) {
            groupSize = sequences;
            groupTokens = activeTokens;
            return this;
        }

        public SequenceScores build() {
            return new SequenceScores(this);
        }
    }
}
