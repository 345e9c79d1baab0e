package preflab.engine.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.ObjectiveType;

/**
 * An objective of the catalogue at work on a {@link BanditProblem}, to be advanced step by step and looked at between
 * steps. The policy is a softmax over the responses that starts at π_ref; every step is one update on the exact expected
 * loss, in float64, nothing sampled. A step takes about a millisecond. Not for several threads at once.
 *
 * <pre>
 * try (BanditExperiment typo = BanditExperiment.start(problem, "typo", Map.of("lambda", "0.3"), 0,
 *         Update.gradientDescent(0.5))) {
 *     typo.advance(10);
 *     View view = typo.view();
 * }
 * </pre>
 */
public final class BanditExperiment implements AutoCloseable {

    /**
     * Where the policy stands.
     *
     * @param steps
     *            taken so far
     * @param policy
     *            π, [n]
     * @param loss
     *            the expected loss with the penalty, if any
     * @param gradientNorm
     *            of the logits at the last step; NaN before the first
     * @param truthDistance
     *            total variation to π*, in [0, 1]
     * @param referenceDistance
     *            total variation to π_ref, in [0, 1]
     * @param referenceKl
     *            KL(π_ref‖π), in nats
     */
    public record View(int steps, List<Double> policy, double loss, double gradientNorm, double truthDistance,
            double referenceDistance, double referenceKl) {
    }

    private final BanditProblem problem;
    private final TabularLoss loss;
    private final Penalty penalty;
    private final Update update;
    private TabularPolicy policy;
    private double gradientNorm = Double.NaN;
    private int steps;

    private BanditExperiment(BanditProblem problem, TabularLoss loss, TabularPolicy start, Penalty penalty,
            Update update) {
        this.problem = problem;
        this.loss = loss;
        this.policy = start;
        this.penalty = penalty;
        this.update = update;
    }

    /**
     * Starts at π_ref.
     *
     * @param objective
     *            id or alias in the catalogue
     * @param hyper
     *            its hyper-parameters as text; defaults where they are absent
     * @param penalty
     *            α of an extra α Σ π², at least 0; 0 for none
     * @param update
     *            the optimizer; one of its own for every experiment, since some keep moments
     * @throws IllegalArgumentException
     *             for an unknown objective, or with {@link #obstacle}
     * @throws preflab.engine.param.ParamException
     *             for hyper-parameters out of their range
     */
    public static BanditExperiment start(BanditProblem problem, String objective, Map<String, String> hyper,
            double penalty, Update update) {
        ObjectiveType<?> type = Objectives.find(objective)
                .orElseThrow(() -> new IllegalArgumentException("there is no objective \"" + objective + "\""));
        obstacle(type, hyper).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        BanditData data = new BanditData(problem, type, hyper);
        TabularPolicy tables = SoftmaxTables.of(Tables.log(problem.reference()));
        boolean value = type.needs().apply(type.values(hyper)).valueHead();
        return new BanditExperiment(problem, data.loss(), value ? ((SoftmaxTables) tables).withValueHead() : tables,
                new Penalty(penalty), update);
    }

    /** One sentence on why an objective cannot be shown on a single prompt with these settings; empty if it can. */
    public static Optional<String> obstacle(ObjectiveType<?> type, Map<String, String> hyper) {
        return BanditData.obstacle(type, hyper);
    }

    /** Takes this many steps. */
    public void advance(int count) {
        for (int i = 0; i < count; i++) {
            double[] gradient = loss.gradient(policy);
            penalty.addGradient(Tables.exp(policy.logProbs()[0]), gradient);
            gradientNorm = Tables.norm(gradient);
            policy = policy.at(update.apply(policy.parameters(), gradient));
            steps++;
        }
    }

    /** What can be seen now; about as much work as a step for each row of the data. */
    public View view() {
        double[] logProbs = policy.logProbs()[0];
        double[] pi = Tables.exp(logProbs);
        return new View(steps, Arrays.stream(pi).boxed().toList(), loss.value(policy) + penalty.value(pi), gradientNorm,
                Tables.totalVariation(pi, problem.truth()), Tables.totalVariation(pi, problem.reference()),
                Tables.kl(Tables.log(problem.reference()), logProbs));
    }

    @Override
    public void close() {
        loss.close();
    }
}
