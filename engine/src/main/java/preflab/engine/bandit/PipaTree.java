package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.Group;

/**
 * A tree of two steps with three tokens each, answers drawn from a prior and labelled by known probabilities: PIPA must
 * find p(y | right) and the probability of being right at every node, as Bayes' rule gives them.
 */
final class PipaTree {

    private static final double TOLERANCE = 1e-4;

    // the loss is flat again where g = 1: a whole Newton step from g = 1/2 can end there
    private static final double RADIUS = 0.5; // logits

    private final JsonNode golden;
    private final double[] first; // prior of the first token
    private final double[][] second; // prior of the second, by the first

    private PipaTree(JsonNode golden) {
        this.golden = golden;
        this.first = Checks.numbers(golden.path("prior1"));
        this.second = Checks.table(golden.path("prior2"));
    }

    static List<BanditResult> check(JsonNode golden) {
        PipaTree tree = new PipaTree(golden);
        List<BanditResult> results = new ArrayList<>();
        for (String level : List.of("step_level", "answer_level")) {
            golden.path(level).properties().stream().filter(fit -> fit.getKey().startsWith("pipa_"))
                    .forEach(fit -> results.add(tree.check(level, fit.getKey(), fit.getValue())));
        }
        return results;
    }

    private BanditResult check(String level, String name, JsonNode expected) {
        Checks checks = new Checks("pipa", level + "/" + name);
        boolean fixed = name.endsWith("g_fixed_half");
        boolean marginal = name.endsWith("wrong_prior_marginal");
        String objective = name.startsWith("pipa_m") ? "pipa_m" : "pipa_n";
        Labels labels = labels(level);
        double[][] prior = objective.equals("pipa_m") || marginal ? tree() : labels.priorOfWrong(tree());
        SoftmaxTables start = SoftmaxTables.of(Arrays.stream(tree()).map(Tables::log).toArray(double[][]::new));
        SoftmaxTables found = fit(objective, labels, prior, fixed ? start : start.withValueHead());
        compare(checks, found, expected);
        if (!fixed && !marginal) {
            compare(checks, found, golden.path(level).path("bayes"));
        }
        return checks.result();
    }

    /** The priors of root and of each first token. */
    private double[][] tree() {
        return new double[][]{first, second[0], second[1], second[2]};
    }

    private static void compare(Checks checks, SoftmaxTables found, JsonNode expected) {
        double[][] logProbs = found.logProbs();
        double[] values = Arrays.stream(found.valueLogits()).map(Tables::sigmoid).toArray();
        checks.near("f1", Tables.exp(logProbs[0]), expected.path("f1"), TOLERANCE);
        checks.near("g1", values[0], expected.path("g1").asDouble(), TOLERANCE);
        for (int a = 0; a < 3; a++) {
            checks.near("f2[" + a + "]", Tables.exp(logProbs[1 + a]), expected.path("f2").path(a), TOLERANCE);
        }
        checks.near("g2", Arrays.copyOfRange(values, 1, 4), expected.path("g2"), TOLERANCE);
    }

    private SoftmaxTables fit(String objective, Labels labels, double[][] prior, SoftmaxTables start) {
        Map<Sequence, Double> answers = answers(labels);
        TabularData data = TabularData.of(Map.of(Group.SEQUENCES, List.copyOf(answers.keySet())));
        double[] shares = answers.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[][] logPrior = Arrays.stream(prior).map(Tables::log).toArray(double[][]::new);
        try (TabularLoss loss = TabularLoss.of(objective, Map.of(), data,
                TabularData.Weights.fixed(Map.of(Group.SEQUENCES, shares)), logPrior)) {
            return start.at(Newton.solve(x -> loss.gradient(start.at(x)), start.parameters(), RADIUS));
        }
    }

    /** Every answer with every labelling, and how probable it is. */
    private Map<Sequence, Double> answers(Labels labels) {
        Map<Sequence, Double> answers = new LinkedHashMap<>();
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                for (boolean right : new boolean[]{true, false}) {
                    for (boolean alsoRight : new boolean[]{true, false}) {
                        Sequence answer = new Sequence(List.of(new Sequence.Token(0, a, right),
                                new Sequence.Token(1 + a, b, alsoRight)));
                        answers.put(answer, first[a] * second[a][b] * labels.joint(a, b, right, alsoRight));
                    }
                }
            }
        }
        return answers;
    }

    private Labels labels(String level) {
        JsonNode given = golden.path(level);
        if (given.has("q_final")) {
            return new Labels(marginal(Checks.table(given.path("q_final"))), Checks.table(given.path("q_final")),
                    true);
        }
        return new Labels(Checks.numbers(given.path("q1")), Checks.table(given.path("q2")), false);
    }

    /** p(right | first token) where the whole answer is judged. */
    private double[] marginal(double[][] ofAnswer) {
        double[] marginal = new double[first.length];
        for (int a = 0; a < first.length; a++) {
            for (int b = 0; b < second[a].length; b++) {
                marginal[a] += second[a][b] * ofAnswer[a][b];
            }
        }
        return marginal;
    }

    /** The probabilities that tokens are right; one label for the whole answer, or one for each step. */
    private static final class Labels {
        private final double[] ofFirst;
        private final double[][] ofSecond;
        private final boolean shared;

        Labels(double[] ofFirst, double[][] ofSecond, boolean shared) {
            this.ofFirst = ofFirst;
            this.ofSecond = ofSecond;
            this.shared = shared;
        }

        double joint(int a, int b, boolean right, boolean alsoRight) {
            double later = alsoRight ? ofSecond[a][b] : 1 - ofSecond[a][b];
            if (shared) {
                return right == alsoRight ? later : 0;
            }
            return (right ? ofFirst[a] : 1 - ofFirst[a]) * later;
        }

        /** p(token | prefix, wrong) at every node. */
        double[][] priorOfWrong(double[][] prior) {
            double[][] wrong = Tables.copy(prior);
            for (int node = 0; node < wrong.length; node++) {
                double[] right = node == 0 ? ofFirst : ofSecond[node - 1];
                double total = 0;
                for (int i = 0; i < right.length; i++) {
                    wrong[node][i] *= 1 - right[i];
                    total += wrong[node][i];
                }
                for (int i = 0; i < right.length; i++) {
                    wrong[node][i] /= total;
                }
            }
            return wrong;
        }
    }
}
