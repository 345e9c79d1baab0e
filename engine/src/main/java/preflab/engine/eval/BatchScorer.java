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

    private final Policy policy;
    private final Policy reference; // or null
    private final CachedReference cached; // or null; stands for the reference
    private final Policy previous; // or null; may be the reference
    private final ValueHead valueHead; // or null
    private final Needs needs;

    public BatchScorer(Policy policy, Optional<? extends Policy> reference, Optional<ValueHead> valueHead,
            Needs needs) {
        this(policy, reference, Optional.empty(), valueHead, needs);
    }

    /** With the previous round's policy, which may be the same object as the reference. */
    public BatchScorer(Policy policy, Optional<? extends Policy> reference, Optional<? extends Policy> previous,
            Optional<ValueHead> valueHead, Needs needs) {
        this(policy, reference, null, previous, valueHead, needs);
    }

    private BatchScorer(Policy policy, Optional<? extends Policy> reference, CachedReference cached,
            Optional<? extends Policy> previous, Optional<ValueHead> valueHead, Needs needs) {
        this.policy = policy;
        this.reference = reference.orElse(null);
        this.cached = cached;
        this.previous = previous.orElse(null);
        this.valueHead = valueHead.orElse(null);
        this.needs = needs;
    }

    /** With a reference from a cache; refused where the KL over the vocabulary is needed, which no cache holds. */
    public static BatchScorer cached(Policy policy, CachedReference reference, Optional<ValueHead> valueHead,
            Needs needs) {
        if (needs.vocabularyKl() != Needs.KlDirection.NONE || needs.previous()) {
            throw new IllegalArgumentException("cached log-probabilities of tokens are not enough for " + needs);
        }
        return new BatchScorer(policy, Optional.empty(), reference, Optional.empty(), valueHead, needs);
    }

    /** Scores with whatever grad mode is on; the arrays belong to the innermost scope. */
    public TokenOutputs score(Batch batch) {
        NDManager manager = policy.parameters().values().iterator().next().getManager();
        NDArray ids = batch.ids(manager);
        NDArray positions = batch.positions(manager);
        NDArray targets = batch.targets(manager);
        Map<Role, NDArray> references = new EnumMap<>(Role.class);
        NDArray referenceLogits = null;
        if (cached != null) {
            references.put(Role.REFERENCE, cached.logProbs(batch, manager));
        }
        if (reference != null) {
            referenceLogits = Autograd.without(() -> reference.logits(hidden(reference, ids, positions)));
            references.put(Role.REFERENCE, Kernels.tokenLogProbs(referenceLogits, targets));
        }
        if (previous != null) {
            references.put(Role.PREVIOUS, previous.equals(reference)
                    ? references.get(Role.REFERENCE)
                    : Autograd.without(() -> Kernels
                            .tokenLogProbs(previous.logits(hidden(previous, ids, positions)), targets)));
        }
        NDArray hidden = hidden(policy, ids, positions); // [K,D]
        NDArray logits = policy.logits(hidden); // [K,V]
        return new TokenOutputs(Kernels.tokenLogProbs(logits, targets),
                valueHead == null ? null : valueHead.logits(hidden), vocabularyKl(referenceLogits, logits), references);
    }

    /** Scores several batches without a graph; their outputs one after the other, in the surrounding scope. */
    public TokenOutputs scoreWithoutGraph(List<Batch> batches) {
        List<TokenOutputs> parts = new ArrayList<>();
        for (Batch batch : batches) {
            AtomicReference<TokenOutputs> layout = new AtomicReference<>();
            NDList arrays = Scopes.keepingAll(() -> Autograd.without(() -> {
                layout.set(score(batch));
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
