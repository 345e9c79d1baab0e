package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.engine.objective.Group;

/** How fast gradient ascent and NPO run away, and what they do to a prompt that shares parameters. */
public final class Unlearning {

    private static final double TOLERANCE = 1e-6;
    private static final double FORGOTTEN = -3; // log π below which a response counts as forgotten

    private Unlearning() {
    }

    static List<BanditResult> check(JsonNode golden) {
        JsonNode tabular = golden.path("tabular");
        JsonNode shared = golden.path("shared");
        // one after the other they take minutes: 100,000 steps for each of three strengths
        return Stream.concat(
                tabular.properties().stream().filter(run -> run.getValue().path(0).has("log_pi_forget"))
                        .map(run -> (Supplier<BanditResult>) () -> tabular(tabular, run.getKey(), run.getValue())),
                shared.properties().stream().filter(run -> run.getValue().has("trace"))
                        .map(run -> (Supplier<BanditResult>) () -> shared(shared, run.getKey(), run.getValue())))
                .toList().parallelStream().map(Supplier::get).toList();
    }

    /** Forgetting one response of one prompt from the reference. */
    public static BanditRun run(String objective, Map<String, String> hyper, int forget, double rate,
            double[] reference) {
        double[] logReference = Tables.log(reference);
        TabularData data = TabularData.of(Map.of(Group.FORGET, List.of(Sequence.of(0, forget))));
        TabularLoss loss = TabularLoss.of(objective, hyper, data,
                TabularData.Weights.fixed(Map.of(Group.FORGET, new double[]{1})), logReference);
        return new BanditRun(loss, SoftmaxTables.of(logReference), Update.gradientDescent(rate));
    }

    /** "npo_rt_b0.1_100steps" is objective npo_rt with beta 0.1. */
    private static String objective(String name) {
        return name.replaceFirst("_b[0-9].*", "");
    }

    private static Map<String, String> hyper(String name) {
        return name.matches(".*_b[0-9].*")
                ? Map.of("beta", name.replaceFirst("_[0-9]+steps", "").replaceFirst(".*_b", ""))
                : Map.of();
    }

    private static BanditResult tabular(JsonNode settings, String name, JsonNode trace) {
        Checks checks = new Checks("npo", "tabular/" + name);
        double[] reference = Checks.numbers(settings.path("ref"));
        int forget = settings.path("forget_index").asInt();
        List<Double> divergence = new ArrayList<>();
        try (BanditRun run = run(objective(name), hyper(name), forget, settings.path("lr").asDouble(), reference)) {
            for (JsonNode mark : trace) {
                run.stepTo(mark.path("step").asInt());
                double kl = run.klFrom(0, Tables.log(reference));
                divergence.add(kl);
                String at = " after " + run.steps();
                checks.relative("log pi" + at, run.logProbs(0)[forget], mark.path("log_pi_forget").asDouble(),
                        TOLERANCE);
                checks.relative("KL" + at, kl, mark.path("kl_ref_pi").asDouble(), TOLERANCE);
                checks.relative("largest" + at, Tables.largest(run.distribution(0)), mark.path("max_prob").asDouble(),
                        TOLERANCE);
            }
        }
        growth(checks, name, divergence);
        return checks.result();
    }

    private static void growth(Checks checks, String name, List<Double> kl) {
        if (name.equals("ga")) {
            double ratio = kl.get(2) / kl.get(1);
            checks.claim("gradient ascent diverges linearly in steps", ratio > 9 && ratio < 12);
        } else if (kl.size() > 3) {
            double last = kl.get(3) - kl.get(2);
            double before = kl.get(2) - kl.get(1);
            checks.claim("NPO diverges with the logarithm of steps", Math.abs(last / before - 1) < 0.2);
        }
    }

    private static BanditResult shared(JsonNode settings, String name, JsonNode expected) {
        Checks checks = new Checks("npo", "shared/" + name);
        try (SharedUnlearning shared = new SharedUnlearning(objective(name), hyper(name), settings)) {
            JsonNode hit = expected.path("first_step_all_forget_below_-3");
            int reached = 0;
            for (JsonNode mark : expected.path("trace")) {
                int until = mark.path("step").asInt();
                while (shared.run().steps() < until) {
                    shared.run().step();
                    if (reached == 0 && Arrays.stream(shared.forgotten()).max().orElse(0) <= FORGOTTEN) {
                        reached = shared.run().steps();
                        checks.near("first step with all forgotten", reached, hit.path("step").asInt(), 0.5);
                        shared.compare(checks, hit, TOLERANCE);
                    }
                }
                shared.compare(checks, mark, TOLERANCE);
            }
            checks.claim("forgotten exactly where the table says so", reached > 0 == hit.isObject());
        }
        return checks.result();
    }

    /** Two prompts to forget and one to retain, on a linear softmax. */
    private static final class SharedUnlearning implements AutoCloseable {
        private final int[] forget; // the response of each prompt to forget
        private final double[] logRetain; // before unlearning
        private final BanditRun run;

        SharedUnlearning(String objective, Map<String, String> hyper, JsonNode settings) {
            forget = Arrays.stream(Checks.numbers(settings.path("y_forget"))).mapToInt(y -> (int) y).toArray();
            double[][] prompts = Arrays.copyOf(Checks.table(settings.path("phi_forget")), forget.length + 1);
            prompts[forget.length] = Checks.numbers(settings.path("phi_retain"));
            TabularPolicy start = LinearSoftmax.of(Checks.table(settings.path("W0")), prompts);
            logRetain = start.logProbs()[forget.length];
            TabularLoss loss = TabularLoss.of(objective, hyper, TabularData.of(rows(objective)),
                    TabularData.Weights.fixed(weights()), start.logProbs());
            run = new BanditRun(loss, start, Update.gradientDescent(settings.path("lr").asDouble()));
        }

        private Map<Group, List<Sequence>> rows(String objective) {
            Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
            rows.put(Group.FORGET,
                    IntStream.range(0, forget.length).mapToObj(i -> Sequence.of(i, forget[i])).toList());
            if (objective.equals("graddiff") || objective.equals("npo_rt")) {
                rows.put(Group.RETAIN, TabularData.responses(forget.length, logRetain.length));
            }
            return rows;
        }

        private Map<Group, double[]> weights() {
            double[] each = new double[forget.length];
            Arrays.fill(each, 1.0 / forget.length);
            return Map.of(Group.FORGET, each, Group.RETAIN, Tables.exp(logRetain));
        }

        BanditRun run() {
            return run;
        }

        double[] forgotten() {
            return IntStream.range(0, forget.length).mapToDouble(i -> run.logProbs(i)[forget[i]]).toArray();
        }

        void compare(Checks checks, JsonNode mark, double tolerance) {
            String at = " after " + run.steps();
            checks.relative("log pi" + at, forgotten(), mark.path("log_pi_forget"), tolerance);
            double kl = run.klFrom(forget.length, logRetain);
            checks.near("retain KL" + at, kl, mark.path("retain_kl").asDouble(),
                    tolerance * Math.abs(mark.path("retain_kl").asDouble()) + 1e-12); // KL near 0 is a difference of logs
        }

        @Override
        public void close() {
            run.close();
        }
    }
}
