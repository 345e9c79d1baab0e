package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.objective.Role;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;

/**
 * What the models say about the K active tokens of a batch; every array is [K]. Log-probabilities, value logits and the
 * KL are functions of the policy, references are constants.
 */
public final class TokenOutputs {

    private final NDArray logProbs;
    private final NDArray valueLogits; // or null
    private final NDArray vocabularyKl; // or null
    private final Map<Role, NDArray> references;

    TokenOutputs(NDArray logProbs, NDArray valueLogits, NDArray vocabularyKl, Map<Role, NDArray> references) {
        this.logProbs = logProbs;
        this.valueLogits = valueLogits;
        this.vocabularyKl = vocabularyKl;
        this.references = new EnumMap<>(Role.class);
        this.references.putAll(references);
    }

    public NDArray logProbs() {
        return logProbs;
    }

    public Optional<NDArray> valueLogits() {
        return Optional.ofNullable(valueLogits);
    }

    public Optional<NDArray> vocabularyKl() {
        return Optional.ofNullable(vocabularyKl);
    }

    public Map<Role, NDArray> references() {
        return references;
    }

    /** Copies cut off from the models, to be differentiated by. */
    public TokenOutputs leaves() {
        return new TokenOutputs(Autograd.leaf(logProbs), leafOrNull(valueLogits), leafOrNull(vocabularyKl),
                references);
    }

    private static NDArray leafOrNull(NDArray array) {
        return array == null ? null : Autograd.leaf(array);
    }

    /** All arrays: the functions of the policy, then the references. */
    public NDList all() {
        NDList list = ofPolicy();
        references.values().forEach(list::add);
        return list;
    }

    /** Outputs of the same kinds with other arrays, in the order of {@link #all}. */
    public TokenOutputs with(NDList arrays) {
        int at = 0;
        NDArray newLogProbs = arrays.get(at++);
        NDArray newValueLogits = valueLogits == null ? null : arrays.get(at++);
        NDArray newKl = vocabularyKl == null ? null : arrays.get(at++);
        Map<Role, NDArray> newReferences = new EnumMap<>(Role.class);
        for (Role role : references.keySet()) {
            newReferences.put(role, arrays.get(at++));
        }
        return new TokenOutputs(newLogProbs, newValueLogits, newKl, newReferences);
    }

    /** The outputs of several batches, at least one, one after the other. */
    public static TokenOutputs joined(List<TokenOutputs> parts) {
        NDList whole = new NDList();
        for (int i = 0; i < parts.getFirst().all().size(); i++) {
            NDList pieces = new NDList();
            for (TokenOutputs part : parts) {
                pieces.add(part.all().get(i));
            }
            whole.add(Kernels.concat(pieces));
        }
        return parts.getFirst().with(whole);
    }

    /** The functions of the policy, in a fixed order. */
    public NDList ofPolicy() {
        NDList list = new NDList(logProbs);
        valueLogits().ifPresent(list::add);
        vocabularyKl().ifPresent(list::add);
        return list;
    }
}
