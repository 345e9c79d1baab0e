package preflab.engine.bandit;

/** A tabular policy on its way under one objective: step it, and look at it between steps. */
public final class BanditRun implements AutoCloseable {

    private final TabularLoss loss;
    private final Update update;
    private TabularPolicy policy;
    private double[] gradient = new double[0];
    private int steps;

    /** Takes over the loss: closing the run closes it. */
    public BanditRun(TabularLoss loss, TabularPolicy start, Update update) {
        this.loss = loss;
        this.policy = start;
        this.update = update;
    }

    /** One update on the expected loss. */
    public void step() {
        gradient = loss.gradient(policy);
        policy = policy.at(update.apply(policy.parameters(), gradient));
        steps++;
    }

    /** Steps until this many have been taken in all. */
    public void stepTo(int total) {
        while (steps < total) {
            step();
        }
    }

    public int steps() {
        return steps;
    }

    public TabularPolicy policy() {
        return policy;
    }

    /** The gradient of the last step by the parameters, [P]; empty before the first. */
    public double[] gradient() {
        return gradient.clone();
    }

    /** log π(· | node), [actions]. */
    public double[] logProbs(int node) {
        return policy.logProbs()[node];
    }

    /** π(· | node), [actions]. */
    public double[] distribution(int node) {
        return Tables.exp(logProbs(node));
    }

    /** Total variation from a distribution. */
    public double totalVariation(int node, double[] other) {
        return Tables.totalVariation(distribution(node), other);
    }

    /** Euclidean distance from a distribution. */
    public double euclidean(int node, double[] other) {
        return Tables.euclidean(distribution(node), other);
    }

    /** KL(other‖π) in nats, from log-probabilities. */
    public double klFrom(int node, double[] logOther) {
        return Tables.kl(logOther, logProbs(node));
    }

    @Override
    public void close() {
        loss.close();
    }
}
