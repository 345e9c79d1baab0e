package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import preflab.engine.batch.Batch;
import preflab.engine.model.Pass;
import preflab.engine.model.Policy;
import preflab.engine.model.ValueHead;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Role;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * Asks the policy, and what else an objective needs, about the active tokens of a batch. The head is computed at active
 * tokens only: prompts cost no logits. Reference models are scored without a graph.
 */
public final class BatchScorer {

    /** Numbers in the logits that are held at once, where no KL over the vocabulary is asked for: 64 MB in float32. */
    public static final long LOGITS_AT_ONCE = ChunkedHead.LOGITS_AT_ONCE;

    /** Of these, in the logits and their gradients that are there beside the softmax kept of all. */
    public static final long LOGITS_OF_A_BLOCK = ChunkedHead.LOGITS_OF_A_BLOCK;

    private final Policy policy;
    private final Policy reference; // or null
    private final CachedReference cached; // or null; stands for the reference
    private final Policy previous; // or null; may be the reference
    private final ValueHead valueHead; // or null
    private final Needs needs;
    private final ChunkedHead head;
    private final boolean recompute;

    public BatchScorer(Policy policy, Optional<? extends Policy> reference, Optional<ValueHead> valueHead,
            Needs needs) {
        this(policy, reference, Optional.empty(), valueHead, needs);
    }

    /** With the previous round's policy, which may be the same object as the reference. */
    public BatchScorer(Policy policy, Optional<? extends Policy> reference, Optional<? extends Policy> previous,
            Optional<ValueHead> valueHead, Needs needs) {
        this(policy, reference, null, previous, valueHead, needs, false, ChunkedHead.LOGITS_AT_ONCE);
    }

    private BatchScorer(Policy policy, Optional<? extends Policy> reference, CachedReference cached,
            Optional<? extends Policy> previous, Optional<ValueHead> valueHead, Needs needs, boolean recompute,
            long logitsAtOnce) {
        this.policy = policy;
        this.reference = reference.orElse(null);
        this.cached = cached;
        this.previous = previous.orElse(null);
        this.valueHead = valueHead.orElse(null);
        this.needs = needs;
        this.recompute = recompute;
        this.head = new ChunkedHead(policy, logitsAtOnce);
    }

    /**
     * The same, sparing memory.
     *
     * @param layers
     *            whether activations are computed anew on the way back instead of kept
     * @param logitsAtOnce
     *            how many logits are held at once, where no KL over the vocabulary is asked for
     */
    public BatchScorer sparing(boolean layers, long logitsAtOnce) {
        return new BatchScorer(policy, Optional.ofNullable(reference), cached, Optional.ofNullable(previous),
                Optional.ofNullable(valueHead), needs, layers, logitsAtOnce);
    }

    /** The same, computing activations anew on the way back instead of keeping them. */
    public BatchScorer recomputing() {
        return sparing(true, ChunkedHead.LOGITS_AT_ONCE);
    }

    /** With a reference from a cache; refused where the KL over the vocabulary is needed, which no cache holds. */
    public static BatchScorer cached(Policy policy, CachedReference reference, Optional<ValueHead> valueHead,
            Needs needs) {
        if (needs.vocabularyKl() != Needs.KlDirection.NONE || needs.previous()) {
            throw new IllegalArgumentException("cached log-probabilities of tokens are not enough for " + needs);
        }
        return new BatchScorer(policy, Optional.empty(), reference, Optional.empty(), valueHead, needs, false,
                ChunkedHead.LOGITS_AT_ONCE);
    }

    /** Scores with whatever grad mode is on; the arrays belong to the innermost scope. */
    public TokenOutputs score(Batch batch) {
        return score(batch, false);
    }

    /** In chunks of the vocabulary's logits only where no graph is recorded: a chunk's graph would be cut off. */
    private TokenOutputs score(Batch batch, boolean chunked) {
        NDManager manager = manager();
        NDArray ids = batch.ids(manager);
        NDArray positions = batch.positions(manager);
        NDArray targets = batch.targets(manager);
        if (needs.vocabularyKl() == Needs.KlDirection.NONE) {
            Map<Role, NDArray> references = references(batch, ids, positions, targets);
            NDArray hidden = hidden(policy, ids, positions); // [K,D]
            return new TokenOutputs(
                    chunked ? head.logProbs(hidden, targets) : head.recordedLogProbs(hidden, targets),
                    valueHead == null ? null : valueHead.logits(hidden), null, references);
        }
        NDArray referenceLogits = Autograd.without(() -> reference.logits(hidden(reference, ids, positions)));
        Map<Role, NDArray> references = new EnumMap<>(Role.class);
        references.put(Role.REFERENCE, Kernels.tokenLogProbs(referenceLogits, targets));
        previous(references, ids, positions, targets);
        NDArray hidden = hidden(policy, ids, positions);
        NDArray logits = policy.logits(hidden); // [K,V]
        return new TokenOutputs(Kernels.tokenLogProbs(logits, targets),
                valueHead == null ? null : valueHead.logits(hidden), vocabularyKl(referenceLogits, logits), references);
    }

    private NDManager manager() {
        return policy.parameters().values().iterator().next().getManager();
    }

    /** What the frozen models say, [K] each. */
    private Map<Role, NDArray> references(Batch batch, NDArray ids, NDArray positions, NDArray targets) {
        Map<Role, NDArray> references = new EnumMap<>(Role.class);
        if (cached != null) {
            references.put(Role.REFERENCE, cached.logProbs(batch, manager()));
        }
        if (reference != null) {
            references.put(Role.REFERENCE, frozen(reference, ids, positions, targets));
        }
        previous(references, ids, positions, targets);
        return references;
    }

    private void previous(Map<Role, NDArray> references, NDArray ids, NDArray positions, NDArray targets) {
        if (previous != null) {
            references.put(Role.PREVIOUS, previous.equals(reference)
                    ? references.get(Role.REFERENCE)
                    : frozen(previous, ids, positions, targets));
        }
    }

    private static NDArray frozen(Policy model, NDArray ids, NDArray positions, NDArray targets) {
        return Scopes.keeping(() -> Autograd.without(() -> new ChunkedHead(model, ChunkedHead.LOGITS_AT_ONCE)
                .logProbs(hidden(model, ids, positions), targets)));
    }

    /** As {@link #forward}, leaving the cache as it is. */
    public Forward rehearsal(Batch batch) {
        BatchScorer alone = cached == null
                ? this
                : new BatchScorer(policy, Optional.empty(), null, Optional.empty(), Optional.ofNullable(valueHead),
                        needs, recompute, head.logitsAtOnce());
        return alone.forward(batch);
    }

    /** Scores a batch to be differentiated; the arrays belong to the innermost scope. */
    public Forward forward(Batch batch) {
        boolean whole = needs.vocabularyKl() != Needs.KlDirection.NONE; // both models' logits are needed at once
        if (whole || !(recompute || head.splits(batch.activeTokens()))) {
            TokenOutputs outputs = Autograd.recording(() -> score(batch));
            return new Forward(outputs, gradients -> Autograd.backward(Kernels.concat(outputs.ofPolicy()),
                    Kernels.concat(gradients)));
        }
        NDArray ids = batch.ids(manager());
        NDArray positions = batch.positions(manager());
        NDArray targets = batch.targets(manager());
        Map<Role, NDArray> references = references(batch, ids, positions, targets);
        Pass pass = policy.pass(ids, recompute);
        NDArray all = Autograd.leaf(pass.hidden()); // [N,T,D]
        NDArray active = Autograd.recording(() -> Kernels.indexSelect(all.reshape(-1, all.getShape().get(2)),
                positions)); // [K,D]
        NDArray leaf = Autograd.leaf(active);
        NDArray values = valueHead == null ? null : Autograd.recording(() -> valueHead.logits(leaf));
        return new Forward(new TokenOutputs(head.logProbs(leaf, targets), values, null, references), gradients -> {
            head.backward(leaf, targets, gradients.get(0));
            if (values != null) {
                Autograd.backward(values, gradients.get(1));
            }
            Autograd.backward(active, leaf.getGradient());
            pass.backward(all.getGradient());
        });
    }

    /** Scores several batches without a graph; their outputs one after the other, in the surrounding scope. */
    public TokenOutputs scoreWithoutGraph(List<Batch> batches) {
        List<TokenOutputs> parts = new ArrayList<>();
        for (Batch batch : batches) {
            AtomicReference<TokenOutputs> layout = new AtomicReference<>();
            NDList arrays = Scopes.keepingAll(() -> Autograd.without(() -> {
                layout.set(score(batch, head.splits(batch.activeTokens())));
                return layout.get().all();
            }));
            parts.add(layout.get().with(arrays));
        }
        return TokenOutputs.joined(parts);
    }

    static NDArray hidden(Policy model, NDArray ids, NDArray positions) {
        NDArray all = model.hidden(ids); // [N,T,D]
        return Kernels.indexSelect(all.reshape(-1, all.getShape().get(2)), positions);
    }

    private NDArray vocabularyKl(NDArray referenceLogits, NDArray logits) {
        return switch (needs.vocabularyKl()) {
            case NONE -> null;
            case FORWARD -> Kernels.vocabularyKl(referenceLogits, logits);
            case REVERSE -> Kernels.vocabularyKl(logits, referenceLogits);
        };
    }
}
