package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.CachedReference;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.model.HfFolder;
import preflab.engine.model.LlamaPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.ValueHead;
import preflab.engine.objective.Needs;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.DeviceChoice;
import preflab.engine.tensor.Torch;

/** The models of one run: the trained policy with its tokenizer, and only what else the objective needs. */
final class RunModels implements AutoCloseable {

    private final NDManager manager;
    private final TextTokenizer tokenizer;
    private final LlamaPolicy policy;
    private final Loader referenceLoader; // or null
    private final CachedReference cachedReference; // or null
    private final LlamaPolicy previous; // or null; the reference where both are the same folder
    private final ValueHead valueHead; // or null

    private RunModels(NDManager manager, TextTokenizer tokenizer, LlamaPolicy policy,
            Loader referenceLoader, CacheOfReference cache, LlamaPolicy previous,
            ValueHead valueHead) {
        this.manager = manager;
        this.tokenizer = tokenizer;
        this.policy = policy;
        this.referenceLoader = referenceLoader;
        this.cachedReference = cache == null ? null : cache.of(() -> reference().orElseThrow());
        this.previous = previous;
        this.valueHead = valueHead;
    }

    /** The policy and its head are those of the checkpoint where a run goes on from one. */
    static RunModels load(ParamValues settings, Needs needs, TrainInputs inputs) {
        Path model = inputs.model();
        Path start = inputs.resumed().map(Checkpoint::folder).orElse(model);
        Path referenceFolder = inputs.reference().orElse(model);
        boolean gpu = settings.get(TrainSettings.DEVICE).equals("gpu");
        NDManager manager = Torch.newManager(gpu ? DeviceChoice.GPU : DeviceChoice.CPU);
        try {
            Precision precision = Precision.of(settings.get(TrainSettings.PRECISION));
            LlamaPolicy policy = LlamaPolicy.load(start, manager, precision);
            policy.setTrainable(true);
            Loader reference = needs.frozenModel()
                    ? new Loader(() -> LlamaPolicy.load(referenceFolder, manager, precision))
                    : null;
            LlamaPolicy previous = needs.previous()
                    ? previous(reference == null ? null : reference.get(), referenceFolder, model, manager, precision)
                    : null;
            CacheOfReference cache = inputs.cache().filter(c -> isCacheable(settings, needs))
                    .map(c -> CacheOfReference.of(c, referenceFolder, settings)).orElse(null);
            ValueHead head = needs.valueHead() ? valueHead(settings, policy, start, manager, precision) : null;
            TextTokenizer tokenizer = TextTokenizer.load(model);
            return new RunModels(manager, tokenizer, policy, reference, cache, previous, head);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Where only the log-probabilities of the data's tokens are asked of the reference. */
    private static boolean isCacheable(ParamValues settings, Needs needs) {
        return settings.get(TrainSettings.REFERENCE_CACHE) && needs.scoresReference() && !needs.previous()
                && needs.vocabularyKl() == Needs.KlDirection.NONE;
    }

    /** Loads when first asked: with everything in the cache, never. */
    private static final class Loader implements Supplier<LlamaPolicy> {
        private final Supplier<LlamaPolicy> load;
        private LlamaPolicy loaded; // null until asked for

        Loader(Supplier<LlamaPolicy> load) {
            this.load = load;
        }

        @Override
        public LlamaPolicy get() {
            loaded = loaded == null ? load.get() : loaded;
            return loaded;
        }
    }

    private record CacheOfReference(ReferenceCache cache, String weights, String dtype) {

        static CacheOfReference of(ReferenceCache cache, Path folder, ParamValues settings) {
            return new CacheOfReference(cache, HfFolder.sha256(folder),
                    settings.get(TrainSettings.PRECISION) + " " + settings.get(TrainSettings.DEVICE));
        }

        CachedReference of(Supplier<LlamaPolicy> reference) {
            return new CachedReference(cache, weights, dtype, reference);
        }
    }

    private static LlamaPolicy previous(LlamaPolicy reference, Path referenceFolder, Path model, NDManager manager,
            Precision precision) {
        return reference != null && referenceFolder.equals(model)
                ? reference
                : LlamaPolicy.load(model, manager, precision);
    }

    /** That of the checkpoint training starts from, else a new one. */
    private static ValueHead valueHead(ParamValues settings, LlamaPolicy policy, Path model, NDManager manager,
            Precision precision) {
        ValueHead head = ValueHead.isIn(model)
                ? ValueHead.load(model, manager, precision)
                : ValueHead.random(policy.config().hiddenSize(), settings.get(TrainSettings.SEED), manager, precision);
        head.setTrainable(true);
        return head;
    }

    NDManager manager() {
        return manager;
    }

    TextTokenizer tokenizer() {
        return tokenizer;
    }

    LlamaPolicy policy() {
        return policy;
    }

    Optional<LlamaPolicy> reference() {
        return Optional.ofNullable(referenceLoader).map(Supplier::get);
    }

    boolean referenceIsLoaded() {
        return referenceLoader != null && referenceLoader.loaded != null;
    }

    /** The reference's log-probabilities through the cache, where they can be kept. */
    Optional<CachedReference> cachedReference() {
        return Optional.ofNullable(cachedReference);
    }

    /** What the reference takes or would take in memory: it is of the policy's family and mostly of its size. */
    long bytesOfReference() {
        return policy.parameters().values().stream()
                .mapToLong(p -> p.getShape().size() * p.getDataType().getNumOfBytes()).sum();
    }

    /** What is asked for the scores of a batch. */
    BatchScorer scorer(Needs needs) {
        if (cachedReference != null) {
            return BatchScorer.cached(policy, cachedReference, valueHead(), needs);
        }
        return new BatchScorer(policy, needs.scoresReference() ? reference() : Optional.empty(),
                Optional.ofNullable(previous), valueHead(), needs);
    }

    Optional<ValueHead> valueHead() {
        return Optional.ofNullable(valueHead);
    }

    /** Everything the optimizer updates, by name. */
    Map<String, NDArray> trainable() {
        Map<String, NDArray> all = new LinkedHashMap<>(policy.parameters());
        valueHead().ifPresent(head -> head.parameters().forEach((name, array) -> all.put("value_head." + name, array)));
        return all;
    }

    @Override
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
