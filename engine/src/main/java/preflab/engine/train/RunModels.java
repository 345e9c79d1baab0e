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
import preflab.engine.model.LoraAdapter;
import preflab.engine.model.LoraSettings;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.PeftFolder;
import preflab.engine.model.Precision;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ValueHead;
import preflab.engine.objective.Needs;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.DeviceChoice;
import preflab.engine.tensor.Torch;

/** The models of one run: the trained policy with its tokenizer, and only what else the objective needs. */
final class RunModels implements AutoCloseable {

    private final NDManager manager;
    private final TextTokenizer tokenizer;
    private final TransformerPolicy policy;
    private final ReferenceLoader referenceLoader; // or null
    private final CachedReference cachedReference; // or null
    private final TransformerPolicy previous; // or null; the reference where both are the same folder
    private final ValueHead valueHead; // or null
    private final boolean recompute;

    private RunModels(NDManager manager, TextTokenizer tokenizer, TransformerPolicy policy,
            ReferenceLoader referenceLoader, CacheOfReference cache, TransformerPolicy previous,
            ValueHead valueHead, boolean recompute) {
        this.recompute = recompute;
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
        if (settings.get(TrainSettings.RECOMPUTE)) {
            Torch.spareMemory();
        }
        NDManager manager = Torch.newManager(device(settings));
        try {
            Precision precision = Precision.of(settings.get(TrainSettings.PRECISION));
            Optional<LoraSettings> lora = TrainSettings.lora(settings);
            TransformerPolicy policy = lora
                    .map(l -> adapted(TransformerPolicy.load(model, manager, precision), l, settings, inputs,
                            precision))
                    .orElseGet(() -> TransformerPolicy.load(start, manager, precision));
            policy.setTrainable(true);
            boolean off = lora.isPresent() && referenceFolder.equals(model); // the reference is the adapter off
            ReferenceLoader reference = needs.frozenModel()
                    ? new ReferenceLoader(
                            () -> off ? policy.base() : TransformerPolicy.load(referenceFolder, manager, precision),
                            () -> bytes(HfFolder.open(referenceFolder).config(), precision), off)
                    : null;
            TransformerPolicy previous = needs.previous()
                    ? previous(reference == null ? null : reference.get(), policy, inputs, manager, precision)
                    : null;
            CacheOfReference cache = inputs.cache().filter(c -> isCacheable(settings, needs))
                    .map(c -> CacheOfReference.of(c, referenceFolder, settings)).orElse(null);
            ValueHead head = needs.valueHead() ? valueHead(settings, policy, start, manager, precision) : null;
            TextTokenizer tokenizer = TextTokenizer.load(model);
            return new RunModels(manager, tokenizer, policy, reference, cache, previous, head,
                    settings.get(TrainSettings.RECOMPUTE));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** As {@link #load}, of this shape and with weights of zero, for measuring; the reference's cache is the run's own. */
    static RunModels blank(ParamValues settings, Needs needs, TrainInputs inputs, ModelConfig config) {
        NDManager manager = Torch.newManager(device(settings));
        try {
            Precision precision = Precision.of(settings.get(TrainSettings.PRECISION));
            TransformerPolicy base = TransformerPolicy.blank(config, manager, precision);
            Optional<LoraSettings> lora = TrainSettings.lora(settings);
            TransformerPolicy policy = lora
                    .map(l -> base.adapted(LoraAdapter.random(config, l, 1, manager, precision))).orElse(base);
            policy.setTrainable(true);
            boolean off = lora.isPresent() && inputs.reference().orElse(inputs.model()).equals(inputs.model());
            ReferenceLoader reference = needs.frozenModel()
                    ? new ReferenceLoader(
                            () -> off ? policy.base() : TransformerPolicy.blank(config, manager, precision),
                            () -> bytes(config, precision), off)
                    : null;
            TransformerPolicy previous = needs.previous() ? TransformerPolicy.blank(config, manager, precision) : null;
            CacheOfReference cache = inputs.cache().filter(c -> isCacheable(settings, needs))
                    .map(c -> CacheOfReference.of(c, inputs.reference().orElse(inputs.model()), settings)).orElse(null);
            ValueHead head = needs.valueHead() ? ValueHead.random(config.hiddenSize(), 1, manager, precision) : null;
            if (head != null) {
                head.setTrainable(true);
            }
            return new RunModels(manager, TextTokenizer.load(inputs.model()), policy, reference, cache, previous, head,
                    settings.get(TrainSettings.RECOMPUTE));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static DeviceChoice device(ParamValues settings) {
        return settings.get(TrainSettings.DEVICE).equals("gpu") ? DeviceChoice.GPU : DeviceChoice.CPU;
    }

    /** Where only the log-probabilities of the data's tokens are asked of the reference. */
    private static boolean isCacheable(ParamValues settings, Needs needs) {
        return settings.get(TrainSettings.REFERENCE_CACHE) && needs.scoresReference() && !needs.previous()
                && needs.vocabularyKl() == Needs.KlDirection.NONE;
    }

    private record CacheOfReference(ReferenceCache cache, String weights, String dtype) {

        static CacheOfReference of(ReferenceCache cache, Path folder, ParamValues settings) {
            return new CacheOfReference(cache, HfFolder.sha256(folder),
                    Precision.of(settings.get(TrainSettings.PRECISION)).rule() + " "
                            + settings.get(TrainSettings.DEVICE));
        }

        CachedReference of(Supplier<TransformerPolicy> reference) {
            return new CachedReference(cache, weights, dtype, reference);
        }
    }

    private static TransformerPolicy adapted(TransformerPolicy base, LoraSettings lora, ParamValues settings,
            TrainInputs inputs, Precision precision) {
        NDManager manager = base.manager();
        return base.adapted(inputs.resumed()
                .map(from -> PeftFolder.read(from.folder().resolve(PeftFolder.NAME), base.config(), manager, precision))
                .orElseGet(() -> LoraAdapter.random(base.config(), lora, settings.get(TrainSettings.SEED), manager,
                        precision)));
    }

    /** The policy as the run began with it. */
    private static TransformerPolicy previous(TransformerPolicy reference, TransformerPolicy policy,
            TrainInputs inputs, NDManager manager, Precision precision) {
        if (reference != null && inputs.reference().orElse(inputs.model()).equals(inputs.model())) {
            return reference;
        }
        return policy.adapter().isPresent()
                ? policy.base()
                : TransformerPolicy.load(inputs.model(), manager, precision);
    }

    /** That of the checkpoint training starts from, else a new one. */
    private static ValueHead valueHead(ParamValues settings, TransformerPolicy policy, Path model, NDManager manager,
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

    TransformerPolicy policy() {
        return policy;
    }

    /** Whether the objective has one; does not load it. */
    boolean hasReference() {
        return referenceLoader != null;
    }

    Optional<TransformerPolicy> reference() {
        return Optional.ofNullable(referenceLoader).map(Supplier::get);
    }

    /** Whether the reference takes memory of its own now. */
    boolean holdsReference() {
        return referenceLoader != null && referenceLoader.takesMemory();
    }

    /** What the reference takes or would take in memory beside the policy. */
    long bytesOfReference() {
        return referenceLoader == null ? 0 : referenceLoader.bytes();
    }

    /** Lets the reference go where all that is asked of it comes from the cache; asked again, it is loaded again. */
    void letReferenceGo() {
        if (cachedReference != null) {
            referenceLoader.letGo();
        }
    }

    private static long bytes(ModelConfig config, Precision precision) {
        return config.parameterCount() * precision.weightType().getNumOfBytes();
    }

    /** The reference's log-probabilities through the cache, where they can be kept. */
    Optional<CachedReference> cachedReference() {
        return Optional.ofNullable(cachedReference);
    }

    /** What is asked for the scores of a batch. */
    BatchScorer scorer(Needs needs) {
        return recompute ? scorerOf(needs).recomputing() : scorerOf(needs);
    }

    private BatchScorer scorerOf(Needs needs) {
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
        Map<String, NDArray> all = new LinkedHashMap<>(policy.trainable());
        valueHead().ifPresent(head -> head.parameters().forEach((name, array) -> all.put("value_head." + name, array)));
        return all;
    }

    @Override
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
