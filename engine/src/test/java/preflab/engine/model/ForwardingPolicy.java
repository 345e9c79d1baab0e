package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** A policy that another one computes, without what only that one has: its cache and its way of recomputing. */
public class ForwardingPolicy implements Policy {

    private final Policy policy;

    public ForwardingPolicy(Policy policy) {
        this.policy = policy;
    }

    @Override
    public ModelConfig config() {
        return policy.config();
    }

    @Override
    public Map<String, NDArray> parameters() {
        return policy.parameters();
    }

    @Override
    public NDArray hidden(NDArray ids) {
        return policy.hidden(ids);
    }

    @Override
    public NDArray logits(NDArray hidden) {
        return policy.logits(hidden);
    }

    @Override
    public void close() {
        policy.close();
    }
}
