package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import preflab.engine.batch.TextTokenizer;
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
    private final ValueHead valueHead; // or null

    private RunModels(NDManager manager, TextTokenizer tokenizer, LlamaPolicy policy, LlamaPolicy reference,
            ValueHead valueHead) {
        this.manager = manager;
        this.tokenizer = tokenizer;
        this.policy = policy;
        this.reference = reference;
        this.valueHead = valueHead;
    }

    /** Whether an objective with these needs scores a frozen model at all. */
    static boolean needReference(Needs needs) {
        return needs.reference() || needs.vocabularyKl() != Needs.KlDirection.NONE;
    }

    static RunModels load(ParamValues settings, Needs needs, Path model, Path referenceFolder) {
        boolean gpu = settings.get(TrainSettings.DEVICE).equals("gpu");
        NDManager manager = Torch.newManager(gpu ? DeviceChoice.GPU : DeviceChoice.CPU);
        try {
            Precision precision = Precision.of(settings.get(TrainSettings.PRECISION));
            LlamaPolicy policy = LlamaPolicy.load(model, manager, precision);
            policy.setTrainable(true);
            LlamaPolicy reference = needReference(needs)
                    ? LlamaPolicy.load(referenceFolder, manager, precision)
                    : null;
            ValueHead head = needs.valueHead() ? valueHead(settings, policy, model, manager, precision) : null;
            TextTokenizer tokenizer = TextTokenizer.load(model);
            return new RunModels(manager, tokenizer, policy, reference, head);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
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
