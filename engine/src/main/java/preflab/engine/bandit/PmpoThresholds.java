package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.Group;

/** How strong a KL PMPO needs: gradient descent with accepted, rejected or both kinds of responses. */
public final class PmpoThresholds {

    private PmpoThresholds() {
    }

    static List<BanditResult> check(JsonNode golden) {
        List<BanditResult> results = new ArrayList<>();
        golden.path("runs").properties().forEach(run -> results.add(check(golden, run.getKey(), run.getValue())));
        return results;
    }

    /** A run from the reference, on distributions of accepted and rejected responses. */
    public static BanditRun run(double alpha, double beta, double rate, double[] reference, double[] accepted,
            double[] rejected) {
        Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
        Map<Group, double[]> weights = new EnumMap<>(Group.class);
        rows.put(Group.ACCEPTED, TabularData.responses(0, accepted.length));
        rows.put(Group.REJECTED, TabularData.responses(0, rejected.length));
        rows.put(Group.KL, List.of(Sequence.of(0, 0)));
        weights.put(Group.ACCEPTED, accepted);
        weights.put(Group.REJECTED, rejected);
        weights.put(Group.KL, new double[]{1});
        double[] logReference = Tables.log(reference);
        TabularLoss loss = TabularLoss.of("pmpo",
                Map.of("alpha", Double.toString(alpha), "beta", Double.toString(beta), "kl", "exact"),
                TabularData.of(rows), TabularData.Weights.fixed(weights), logReference);
        return new BanditRun(loss, SoftmaxTables.of(logReference), Update.gradientDescent(rate));
    }

    private static BanditResult check(JsonNode golden, String name, JsonNode expected) {
        Checks checks = new Checks("pmpo", name);
        double[] reference = Checks.numbers(golden.path("ref"));
        try (BanditRun run = run(expected.path("alpha").asDouble(), expected.path("beta").asDouble(),
                expected.path("lr").asDouble(), reference, Checks.numbers(golden.path("d_accept")),
                Checks.numbers(golden.path("d_reject")))) {
            for (JsonNode mark : expected.path("trace")) {
                run.stepTo(mark.path("step").asInt());
                String at = " after " + run.steps();
                checks.relative("pi" + at, run.distribution(0), mark.path("pi"), 1e-6);
                checks.relative("KL(ref|pi)" + at, run.klFrom(0, Tables.log(reference)),
                        mark.path("kl_ref_pi").asDouble(), 1e-6);
            }
            if (expected.has("minimiser") && expected.path("beta").asDouble() > 0) {
                checks.near("the stable minimiser w/W", run.distribution(0), expected.path("minimiser"), 1e-6);
            }
            claims(checks, expected, run);
        }
        return checks.result();
    }

    private static void claims(Checks checks, JsonNode expected, BanditRun run) {
        double most = Tables.largest(run.distribution(0));
        checks.claim("W < 0 collapses to one response, and only that",
                expected.path("W").asDouble() < 0 == most > 1 - 1e-9);
        if (expected.path("alpha").asDouble() == 0) {
            double beta = expected.path("beta").asDouble();
            checks.claim("negatives alone are stable from the threshold on",
                    expected.path("stable").asBoolean() == beta >= 2);
        }
    }
}
