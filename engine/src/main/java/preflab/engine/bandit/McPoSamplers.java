package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.CandidateSampler;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;
import preflab.engine.objective.Objective;

/**
 * MC-PO with every draw of its sampler written out: each subset of candidates is a row, as probable as the sampler makes
 * it under the current policy. Response 0 is preferred. Samplers without chance (max, min) are one row.
 */
public final class McPoSamplers {

    private static final double TOLERANCE = 1e-6;

    // From the reference all candidates tie, and after some steps of max they tie again. Ties go to the lower index, but
    // what the table's float64 calls a tie is decided by the last bit of a logarithm. A step depends on margins only, so
    // the margins in order agree whichever of equals was taken; a response's own probability, to about one update.
    private static final double TIED = 2e-3;

    /** The samplers whose draws are written out. */
    static final List<String> WRITTEN_OUT = List.of("mc", "max", "min", "random");

    private final String sampler;
    private final double beta;
    private final double[] logReference;
    private final int[] order; // the preferred response, then the candidates
    private final List<int[]> subsets;

    private McPoSamplers(String sampler, int negatives, double beta, double[] reference, int preferred) {
        this.sampler = sampler;
        this.beta = beta;
        this.logReference = Tables.log(reference);
        this.order = IntStream.concat(IntStream.of(preferred),
                IntStream.range(0, reference.length).filter(i -> i != preferred)).toArray();
        this.subsets = subsets(0, reference.length - 1, Math.min(negatives, reference.length - 1));
    }

    /** The expected loss where the best response of a problem is preferred to all others. */
    static TabularLoss loss(BanditProblem problem, McPo objective) {
        return new McPoSamplers(sampler(objective), objective.negatives(), objective.beta(), problem.reference(),
                problem.best()).loss();
    }

    /** The sampler's id; for the literal kernel, and for what is no MC-PO, another. */
    static String sampler(Objective<?> objective) {
        return objective.core() instanceof McPo mcpo && !mcpo.includePositive()
                ? mcpo.sampler().name().toLowerCase(Locale.ROOT)
                : "none";
    }

    /**
     * A run by gradient descent.
     *
     * @param sampler
     *            mc, random, max or min
     * @param negatives
     *            M
     * @param start
     *            logits to start from
     */
    public static BanditRun run(String sampler, int negatives, double beta, double rate, double[] reference,
            double[] start) {
        McPoSamplers samplers = new McPoSamplers(sampler, negatives, beta, reference, 0);
        return new BanditRun(samplers.loss(), SoftmaxTables.of(start), Update.gradientDescent(rate));
    }

    static List<BanditResult> check(JsonNode golden) {
        List<BanditResult> results = new ArrayList<>();
        double[] reference = Checks.numbers(golden.path("ref"));
        golden.path("runs").properties().forEach(one -> {
            String[] name = one.getKey().split("_M", 2);
            results.add(trace("samplers/" + one.getKey(), one.getValue(), run(name[0], Integer.parseInt(name[1]),
                    golden.path("beta").asDouble(), golden.path("lr").asDouble(), reference, Tables.log(reference)),
                    reference, name[0].equals("max")));
        });
        double[] hard = Checks.numbers(golden.path("hard_start_logits"));
        golden.path("hard_start").properties().forEach(one -> results.add(trace("hard_start/" + one.getKey(),
                one.getValue(), run(one.getKey(), 1, 1, golden.path("lr").asDouble(), reference, hard), reference,
                false)));
        results.add(orderings(golden, reference, hard));
        results.addAll(PartitionEstimate.check(golden.path("prop_3_3")));
        results.addAll(McPoOnline.check(golden.path("online"), reference));
        return results;
    }

    /** Gradient and worst margin after 400 steps fall from max over mc and random to min; more negatives help. */
    private static BanditResult orderings(JsonNode golden, double[] reference, double[] hard) {
        Checks checks = new Checks("mcpo", "orderings");
        double rate = golden.path("lr").asDouble();
        double gradient = Double.POSITIVE_INFINITY;
        double margin = Double.POSITIVE_INFINITY;
        for (String sampler : List.of("max", "mc", "random", "min")) {
            try (BanditRun run = run(sampler, 1, 1, rate, reference, hard)) {
                run.step();
                checks.claim(sampler + " has a smaller gradient", Tables.norm(run.gradient()) < gradient);
                gradient = Tables.norm(run.gradient());
                run.stepTo(400);
                checks.claim(sampler + " has a smaller worst margin", worstMargin(run, reference) < margin);
                margin = worstMargin(run, reference);
            }
        }
        double fewer = Double.NEGATIVE_INFINITY;
        for (int negatives = 1; negatives <= 3; negatives++) {
            try (BanditRun run = run("mc", negatives, golden.path("beta").asDouble(), rate, reference,
                    Tables.log(reference))) {
                run.stepTo(100);
                checks.claim(negatives + " negatives do better than fewer", worstMargin(run, reference) > fewer);
                fewer = worstMargin(run, reference);
            }
        }
        return checks.result();
    }

    /** h_0 − max h_i. */
    private static double worstMargin(BanditRun run, double[] reference) {
        double[] logProbs = run.logProbs(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < logProbs.length; i++) {
            highest = Math.max(highest, logProbs[i] - Math.log(reference[i]));
        }
        return logProbs[0] - Math.log(reference[0]) - highest;
    }

    private static BanditResult trace(String id, JsonNode expected, BanditRun started, double[] reference,
            boolean tied) {
        Checks checks = new Checks("mcpo", id);
        try (BanditRun run = started) {
            run.step();
            checks.relative("first gradient", Tables.norm(run.gradient()), expected.path("first_grad_norm").asDouble(),
                    TOLERANCE);
            for (JsonNode mark : expected.path("trace")) {
                run.stepTo(mark.path("step").asInt());
                if (tied) {
                    checks.near("pi after " + run.steps(), run.distribution(0), mark.path("pi"), TIED);
                    checks.relative("margins in order after " + run.steps(),
                            margins(run.distribution(0), reference),
                            margins(Checks.numbers(mark.path("pi")), reference),
                            TOLERANCE);
                } else {
                    checks.relative("pi after " + run.steps(), run.distribution(0), mark.path("pi"), TOLERANCE);
                }
            }
        }
        return checks.result();
    }

    /** h_0 − h_i of the candidates, smallest first. */
    private static double[] margins(double[] policy, double[] reference) {
        double preferred = Math.log(policy[0] / reference[0]);
        return IntStream.range(1, policy.length).mapToDouble(i -> preferred - Math.log(policy[i] / reference[i]))
                .sorted().toArray();
    }

    private TabularLoss loss() {
        boolean drawn = sampler.equals("mc") || sampler.equals("random");
        int rows = drawn ? subsets.size() : 1;
        int candidates = logReference.length - 1;
        List<Sequence> responses = TabularData.responses(0, logReference.length);
        Map<Group, List<Sequence>> data = new EnumMap<>(Group.class);
        data.put(Group.CHOSEN, Collections.nCopies(rows, responses.get(order[0])));
        List<Sequence> others = Arrays.stream(order).skip(1).mapToObj(responses::get).toList();
        data.put(Group.CANDIDATES, Collections.nCopies(rows, others).stream().flatMap(List::stream).toList());
        CandidateLists lists = new CandidateLists(Collections.nCopies(rows, candidates), List.of(),
                drawn ? subsets : List.of(), List.of(), rows);
        Map<String, String> hyper = Map.of("beta", Double.toString(beta), "sampler", drawn ? "given" : sampler,
                "num_negatives", Integer.toString(subsets.getFirst().length));
        return TabularLoss.of("mcpo", hyper, new TabularData(data, lists),
                policy -> weights(drawn ? probabilities(policy[0]) : new double[]{1}), logReference);
    }

    /** A prompt's weight is its chosen row's and each of its candidates', whose mean is taken over prompts. */
    private Map<Group, double[]> weights(double[] prompts) {
        int candidates = logReference.length - 1;
        double[] each = new double[prompts.length * candidates];
        for (int i = 0; i < each.length; i++) {
            each[i] = prompts[i / candidates] / candidates; // TabularLoss multiplies by the number of rows
        }
        return Map.of(Group.CHOSEN, prompts, Group.CANDIDATES, each);
    }

    /** How probable each subset is, drawn one by one without replacement. */
    private double[] probabilities(double[] logPolicy) {
        double[] ratios = new double[logReference.length - 1];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = logPolicy[order[i + 1]] - logReference[order[i + 1]];
        }
        double[] weights = CandidateSampler.weights(ratios, sampler.equals("random") ? 0 : beta);
        Map<Set<Integer>, Double> drawn = new HashMap<>();
        draw(weights, new ArrayList<>(), 1, 1, drawn);
        return subsets.stream().mapToDouble(subset -> drawn.getOrDefault(set(subset), 0.0)).toArray();
    }

    /** Goes through the ordered draws; {@code left} is the weight of what is not drawn yet. */
    private void draw(double[] weights, List<Integer> sofar, double probability, double left,
            Map<Set<Integer>, Double> drawn) {
        if (sofar.size() == subsets.getFirst().length) {
            drawn.merge(new TreeSet<>(sofar), probability, Double::sum);
            return;
        }
        for (int i = 0; i < weights.length; i++) {
            if (!sofar.contains(i)) {
                List<Integer> next = new ArrayList<>(sofar);
                next.add(i);
                draw(weights, next, probability * weights[i] / left, left - weights[i], drawn);
            }
        }
    }

    private static Set<Integer> set(int[] subset) {
        Set<Integer> set = new TreeSet<>();
        Arrays.stream(subset).forEach(set::add);
        return set;
    }

    private static List<int[]> subsets(int from, int to, int size) {
        if (size == 0) {
            return List.of(new int[0]);
        }
        List<int[]> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            for (int[] rest : subsets(i + 1, to, size - 1)) {
                int[] subset = new int[size];
                subset[0] = i;
                System.arraycopy(rest, 0, subset, 1, rest.length);
                all.add(subset);
            }
        }
        return all;
    }
}
