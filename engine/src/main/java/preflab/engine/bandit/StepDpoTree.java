package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.Group;

/**
 * A tree of two steps, {A, B, C} then {g, b}: (A, g) is chosen over (B, b), whose first step is right. DPO pushes the
 * right step down, Step-DPO spares it.
 */
public final class StepDpoTree {

    private static final double TOLERANCE = 1e-6;

    private StepDpoTree() {
    }

    static List<BanditResult> check(JsonNode golden) {
        List<BanditResult> results = new ArrayList<>();
        golden.path("results").properties()
                .forEach(variant -> results.add(check(golden, variant.getKey(), variant.getValue())));
        return results;
    }

    /**
     * A run from uniform tables; node 0 is the root, node 1 + a follows first step a.
     *
     * @param variant
     *            dpo, L0 or L1
     */
    public static BanditRun run(String variant, double beta, double rate) {
        Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
        rows.put(Group.CHOSEN,
                List.of(new Sequence(List.of(new Sequence.Token(0, 0, true), new Sequence.Token(1, 0, true)))));
        rows.put(Group.REJECTED,
                List.of(new Sequence(List.of(new Sequence.Token(0, 1, true), new Sequence.Token(2, 1, false)))));
        Map<Group, double[]> one = Map.of(Group.CHOSEN, new double[]{1}, Group.REJECTED, new double[]{1});
        SoftmaxTables uniform = SoftmaxTables.of(new double[3], new double[2], new double[2], new double[2]);
        boolean dpo = variant.equals("dpo");
        Map<String, String> hyper = dpo
                ? Map.of("beta", Double.toString(beta))
                : Map.of("beta", Double.toString(beta), "variant", variant.equals("L0") ? "l0" : "l1");
        TabularLoss loss = TabularLoss.of(dpo ? "dpo" : "step_dpo", hyper, TabularData.of(rows),
                TabularData.Weights.fixed(one), uniform.logProbs());
        return new BanditRun(loss, uniform, Update.gradientDescent(rate));
    }

    private static BanditResult check(JsonNode golden, String variant, JsonNode expected) {
        Checks checks = new Checks("step_dpo", variant);
        try (BanditRun run = run(variant, golden.path("beta").asDouble(), golden.path("lr").asDouble())) {
            run.stepTo(golden.path("T").asInt());
            checks.relative("first step", run.distribution(0), expected.path("p_first"), TOLERANCE);
            checks.relative("second step after A", run.distribution(1), expected.path("p_second_given_A"), TOLERANCE);
            checks.relative("second step after B", run.distribution(2), expected.path("p_second_given_B"), TOLERANCE);
            double ratio = Math.exp(run.logProbs(0)[1] - run.logProbs(0)[2]);
            checks.relative("pi(B)/pi(C)", ratio, expected.path("ratio_B_to_C").asDouble(), TOLERANCE);
            checks.claim("DPO pushes the right step down, the others spare it",
                    variant.equals("dpo") ? ratio < 0.05 : Math.abs(ratio - 1) < 1e-12);
        }
        return checks.result();
    }
}
