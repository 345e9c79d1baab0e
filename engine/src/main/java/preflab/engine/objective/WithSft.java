package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.tensor.Kernels;

/**
 * Another objective with imitation as an extra term: {@code sft_coefficient} times the negative log-likelihood of the
 * good completions, see {@link SftTerm}.
 */
record WithSft<S extends Scores>(Objective<S> core, double coefficient) implements Objective<S> {

    @Override
    public LossTerms loss(S scores, State state) {
        LossTerms without = core.loss(scores, state);
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        without.terms().forEach((name, term) -> terms.put(name.equals("loss") ? "loss/preference" : name, term));
        NDArray imitation = Kernels.times(SftTerm.imitation(scores), coefficient);
        terms.merge("loss/sft", imitation, NDArray::add); // RPO and others have an imitation term of their own
        return LossTerms.sum(terms, without.diagnostics(), without.next());
    }

    @Override
    public Objective<S> afterSelection() {
        return new WithSft<>(core.afterSelection(), coefficient);
    }
}
