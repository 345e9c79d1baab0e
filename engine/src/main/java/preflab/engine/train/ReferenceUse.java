package preflab.engine.train;

import java.util.Optional;
import preflab.engine.eval.CachedReference;
import preflab.engine.metric.ReferenceSavings;

/**
 * Watches how a run uses a frozen reference whose log-probabilities are kept: what that spares, and when the weights may
 * go. They are wanted for rows that the cache lacks, and at evaluations, to measure how far the policy has gone.
 */
final class ReferenceUse {

    private final RunModels models;
    private final Optional<CachedReference> cached;
    private long computedBefore; // at the last evaluation
    private boolean heldWhileTraining;
    private boolean loaded;

    ReferenceUse(RunModels models) {
        this.models = models;
        this.cached = models.cachedReference();
    }

    /** After each step. */
    void trained() {
        heldWhileTraining |= models.holdsReference();
    }

    /** After each evaluation: where no row since the last one wanted the reference, its memory is given back. */
    void evaluated() {
        long computed = cached.map(CachedReference::computed).orElse(0L);
        loaded |= models.holdsReference();
        if (computed == computedBefore) {
            models.letReferenceGo();
        }
        computedBefore = computed;
    }

    /** Empty where there is no cache, or nothing was asked of it. */
    Optional<ReferenceSavings> savings() {
        boolean held = heldWhileTraining || models.holdsReference();
        return cached.map(reference -> reference.savings(held ? 0 : models.bytesOfReference()))
                .filter(savings -> savings.found() + savings.computed() > 0);
    }

    /** The same in words. */
    Optional<String> words() {
        return savings().map(savings -> savings.words() + (savings.bytesSaved() == 0
                ? ""
                : loaded
                        ? ": it was loaded at evaluations only, to measure how far the policy has gone"
                        : ": it was never loaded"));
    }
}
