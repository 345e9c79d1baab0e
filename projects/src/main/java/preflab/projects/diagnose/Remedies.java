package preflab.projects.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.lab.PairPulls;
import preflab.engine.lab.PairPulls.Pair;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.projects.diagnose.Finding.Remedy;

/**
 * What other losses would do to displaced pairs, to first order: each loss's own derivatives at the log-probabilities
 * that the run's last checkpoint gives to their tokens. A loss of the difference alone pulls the chosen answer up exactly
 * as hard as it pushes the rejected one down; what the two answers share then goes down with the rejected one unless the
 * upward pull is larger.
 */
final class Remedies {

    private static final double MORE_BETA = 5;
    private static final double MORE_UP = 1.05;
    private static final double MUCH = 100;
    private static final String BETA = "beta";
    private static final String IMITATION = "sft_coefficient";

    private Remedies() {
    }

    /** The loss as it is first; none where the objective is not on pairs, or no pair could be read. */
    static List<Remedy> at(RunSpec spec, List<Pair> pairs) {
        ObjectiveType<?> type = Objectives.find(spec.objective()).orElse(null);
        if (type == null || !PairPulls.fits(type) || pairs.isEmpty()) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>();
        PairPulls now = PairPulls.of(type, spec.hyper(), pairs);
        variants(type, spec.hyper()).forEach((name, variant) -> {
            PairPulls pulls = PairPulls.of(variant.type(), variant.values(), pairs);
            remedies.add(new Remedy(name, pulls.up(), pulls.down(), effect(pulls, now)));
        });
        return remedies;
    }

    private static String effect(PairPulls pulls, PairPulls now) {
        String side = lifts(pulls)
                ? "pulls up harder than it pushes down: what both share can rise"
                : pulls.down() > MORE_UP * pulls.up()
                        ? "pushes down harder than it pulls up"
                        : "pushes down as hard as it pulls up: what both share is not lifted";
        double harder = pulls.up() / now.up();
        return harder > 2 && Double.isFinite(harder)
                ? side + "; " + times(harder) + " as hard as now"
                : harder > 0 && harder < 0.5
                        ? side + "; " + times(1 / harder) + " weaker than now"
                        : side;
    }

    /** Where one of two losses hardly pulls at all, how much harder the other does is of no use. */
    private static String times(double ratio) {
        return ratio > MUCH ? "over " + (int) MUCH + " times" : Diagnosis.figure(ratio) + " times";
    }

    private static boolean lifts(PairPulls pulls) {
        return pulls.up() > MORE_UP * Math.max(0, pulls.down());
    }

    private record Variant(ObjectiveType<?> type, ParamValues values) {
    }

    private static Map<String, Variant> variants(ObjectiveType<?> type, ParamValues hyper) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        variants.put(type.id() + " as it is", new Variant(type, hyper));
        Map<String, String> texts = hyper.asText();
        if (texts.containsKey(BETA)) {
            double more = MORE_BETA * Double.parseDouble(texts.get(BETA));
            variants.put("beta × 5", changed(type, hyper, BETA, more));
        }
        if (texts.containsKey(IMITATION) && Double.parseDouble(texts.get(IMITATION)) != 1) {
            variants.put(IMITATION + " 1", changed(type, hyper, IMITATION, 1));
        }
        for (String anchored : List.of("apo", "dpop")) {
            Optional<ObjectiveType<?>> other = Objectives.find(anchored).filter(found -> !found.id().equals(type.id()));
            other.ifPresent(found -> variants.put(anchored + " instead",
                    new Variant(found, ParamValues.defaults(found.params()))));
        }
        return variants;
    }

    private static Variant changed(ObjectiveType<?> type, ParamValues hyper, String id, double value) {
        Map<String, String> texts = new LinkedHashMap<>(hyper.asText());
        texts.put(id, Double.toString(value));
        return new Variant(type, ParamValues.parse(type.params(), texts));
    }
}
