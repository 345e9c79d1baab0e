package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.CandidateSampler;
import preflab.engine.objective.Group;

/**
 * OnMC-PO's batched online loop in exact expectation: each round the preferred response is the best of n drawn from the
 * round's data policy, and one worse response of that policy, chosen by the sampler, stands against it. Online, the next
 * round's data come from the policy just trained; offline, always from the reference.
 */
public final class McPoOnline implements AutoCloseable {

    private static final double TOLERANCE = 1e-6;
    private static final double NEVER = 1e-15; // winners rarer than this are left out

    private final double[] reward;
    private final double[] logReference;
    private final double beta;
    private final boolean byPolicy; // mc; else random
    private final int best; // n
    private final List<int[]> pairs = new ArrayList<>(); // {winner, loser}
    private final BanditRun run;
    private double[] data;

    /**
     * Starts at the reference.
     *
     * @param sampler
     *            mc or random
     * @param n
     *            the preferred response is the best of so many
     * @param rate
     *            learning rate of gradient descent
     */
    public McPoOnline(String sampler, double[] reward, double[] reference, double beta, int n, double rate) {
        this.reward = reward.clone();
        this.logReference = Tables.log(reference);
        this.beta = beta;
        this.byPolicy = sampler.equals("mc");
        this.best = n;
        this.data = reference.clone();
        for (int i = 0; i < reward.length; i++) {
            for (int j = 0; j < reward.length; j++) {
                if (reward[j] < reward[i]) {
                    pairs.add(new int[]{i, j});
                }
            }
        }
        this.run = new BanditRun(loss(), SoftmaxTables.of(logReference), Update.gradientDescent(rate));
    }

    private TabularLoss loss() {
        List<Sequence> responses = TabularData.responses(0, reward.length);
        Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
        rows.put(Group.CHOSEN, pairs.stream().map(pair -> responses.get(pair[0])).toList());
        rows.put(Group.CANDIDATES, pairs.stream().map(pair -> responses.get(pair[1])).toList());
        CandidateLists lists = CandidateLists.of(pairs.stream().map(pair -> 1).toList());
        return TabularLoss.of("mcpo", Map.of("beta", Double.toString(beta), "sampler", "all"),
                new TabularData(rows, lists), policy -> {
                    double[] weights = weights(policy[0]);
                    return Map.of(Group.CHOSEN, weights, Group.CANDIDATES, weights);
                }, logReference);
    }

    /** How probable each pair is: the winner by best-of-n, the loser by the sampler among the worse. */
    private double[] weights(double[] logPolicy) {
        double[] winners = bestOf(data, reward, best);
        double[] ratios = IntStream.range(0, logPolicy.length).mapToDouble(i -> logPolicy[i] - logReference[i])
                .toArray();
        double[] kernel = CandidateSampler.weights(ratios, byPolicy ? beta : 0);
        double[] worse = new double[reward.length];
        for (int[] pair : pairs) {
            worse[pair[0]] += data[pair[1]] * kernel[pair[1]];
        }
        return pairs.stream().mapToDouble(pair -> winners[pair[0]] < NEVER || worse[pair[0]] <= 0
                ? 0
                : winners[pair[0]] * data[pair[1]] * kernel[pair[1]] / worse[pair[0]]).toArray();
    }

    /** How probable each response is as the best of n draws. */
    static double[] bestOf(double[] policy, double[] reward, int n) {
        double[] probabilities = new double[policy.length];
        double below = 0;
        for (int i : IntStream.range(0, reward.length).boxed().sorted(Comparator.comparingDouble(i -> reward[i]))
                .toList()) {
            probabilities[i] = Math.pow(below + policy[i], n) - Math.pow(below, n);
            below += policy[i];
        }
        return probabilities;
    }

    /** One round of gradient steps; online, the policy then becomes the data policy. */
    public void round(int steps, boolean online) {
        run.stepTo(run.steps() + steps);
        if (online) {
            data = run.distribution(0);
        }
    }

    /** π. */
    public double[] distribution() {
        return run.distribution(0);
    }

    /** Σ π(y) reward(y). */
    public double expectedReward() {
        double[] policy = distribution();
        return IntStream.range(0, policy.length).mapToDouble(i -> policy[i] * reward[i]).sum();
    }

    @Override
    public void close() {
        run.close();
    }

    static List<BanditResult> check(JsonNode golden, double[] reference) {
        List<BanditResult> results = new ArrayList<>();
        JsonNode settings = golden.path("settings");
        golden.properties().stream().filter(one -> !one.getKey().equals("settings"))
                .forEach(one -> results.add(check(one.getKey(), one.getValue(), settings, reference)));
        Checks claims = new Checks("mcpo", "online/orderings");
        double[] last = Arrays.stream(new String[]{"online_mc", "online_random", "offline_mc", "offline_random"})
                .mapToDouble(name -> golden.path(name).path(1).path("expected_reward").asDouble()).toArray();
        claims.claim("online > offline", last[0] > last[2] && last[1] > last[3]);
        claims.claim("mc > random", last[0] > last[1] && last[2] > last[3]);
        results.add(claims.result());
        return results;
    }

    private static BanditResult check(String name, JsonNode rounds, JsonNode settings, double[] reference) {
        Checks checks = new Checks("mcpo", "online/" + name);
        boolean online = name.startsWith("online");
        try (McPoOnline loop = new McPoOnline(name.endsWith("mc") ? "mc" : "random",
                Checks.numbers(settings.path("reward")), reference, settings.path("beta").asDouble(),
                settings.path("n").asInt(), settings.path("lr").asDouble())) {
            for (JsonNode round : rounds) {
                loop.round(settings.path("steps").asInt(), online);
                checks.near("pi", loop.distribution(), round.path("pi"), TOLERANCE);
                checks.near("expected reward", loop.expectedReward(), round.path("expected_reward").asDouble(),
                        TOLERANCE);
            }
        }
        return checks.result();
    }
}
