package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.eval.BatchScorer;
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
    private final LlamaPolicy reference; // or null
    private final LlamaPolicy previous; // or null; the reference where both are the same folder
    private final ValueHead valueHead; // or null

    private RunModels(NDManager manager, TextTokenizer tokenizer, LlamaPolicy policy, LlamaPolicy reference,
            LlamaPolicy previous, ValueHead valueHead) {
        this.manager = manager;
        this.tokenizer = tokenizer;
        this.policy = policy;
        this.reference = reference;
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
            LlamaPolicy reference = needs.frozenModel()
                    ? LlamaPolicy.load(referenceFolder, manager, precision)
                    : null;
            LlamaPolicy previous = needs.previous()
                    ? previous(reference, referenceFolder, model, manager, precision)
                    : null;
            ValueHead head = needs.valueHead() ? valueHead(settings, policy, start, manager, precision) : null;
            TextTokenizer tokenizer = TextTokenizer.load(model);
            return new RunModels(manager, tokenizer, policy, reference, previous, head);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
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
        return Optional.ofNullable(reference);
    }

    /** What is asked for the scores of a batch. */
    BatchScorer scorer(Needs needs) {
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
