package preflab.projects.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import preflab.engine.lab.LossCurves;
import preflab.engine.lab.LossMap;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;

/**
 * What other losses would do to displaced pairs, to first order: each loss's own derivatives at the log-ratios (h_w, h_l)
 * where these pairs stand. A loss of the difference alone pulls the chosen answer up exactly as hard as it pushes the
 * rejected one down; what the two answers share then goes down with the rejected one unless the upward pull is larger.
 */
final class Remedies {

    private static final double MORE_BETA = 5;
    private static final double MORE_UP = 1.05;

    private Remedies() {
    }

    /**
     * One sentence of figures; empty where the objective is not on pairs.
     *
     * @param chosen
     *            h_w, log π − log π_ref of the chosen answer, nats
     * @param rejected
     *            h_l
     */
    static String at(RunSpec spec, double chosen, double rejected) {
        ObjectiveType<?> type = Objectives.find(spec.objective()).orElse(null);
        if (type == null || LossCurves.obstacle(type).isPresent() || rejected >= chosen) {
            return "";
        }
        List<Pull> pulls = new ArrayList<>();
        variants(type, spec.hyper())
                .forEach((name, variant) -> pulls.add(variant.pull(name, chosen, rejected)));
        return "Where these pairs stand (h_w = " + Diagnosis.figure(chosen) + ", h_l = " + Diagnosis.figure(rejected)
                + "), pull up on chosen : push down on rejected is "
                + pulls.stream().map(Pull::words).collect(Collectors.joining("; ")) + ". " + conclusion(pulls);
    }

    private static String conclusion(List<Pull> pulls) {
        List<String> lifting = pulls.stream().skip(1).filter(Pull::lifts).map(Pull::name).toList();
        return lifting.isEmpty()
                ? "None of these pulls the chosen up harder than it pushes the rejected down."
                : "What both sides share can only rise where the first is larger: " + String.join(", ", lifting) + ".";
    }

    /** −∂L/∂log π of the chosen and ∂L/∂log π of the rejected answer. */
    private record Pull(String name, double up, double down) {
        boolean lifts() {
            return up > MORE_UP * Math.max(0, down);
        }

        String words() {
            return name + " " + Diagnosis.figure(up) + " : " + Diagnosis.figure(down);
        }
    }

    private record Variant(ObjectiveType<?> type, ParamValues values) {
        Pull pull(String name, double chosen, double rejected) {
            LossMap map = LossCurves.map(type, values, rejected, chosen);
            return new Pull(name, map.chosenPull(1, 0), -map.rejectedPull(1, 0));
        }
    }

    private static Map<String, Variant> variants(ObjectiveType<?> type, ParamValues hyper) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        variants.put("now", new Variant(type, hyper));
        changed(type, hyper, "beta", MORE_BETA).ifPresent(more -> variants.put("beta × 5", more));
        changed(type, hyper, "sft_coefficient", Double.NaN)
                .ifPresent(sft -> variants.put("sft_coefficient 1", sft));
        for (String anchored : List.of("apo", "dpop")) {
            Objectives.find(anchored).ifPresent(
                    other -> variants.put(anchored, new Variant(other, ParamValues.defaults(other.params()))));
        }
        return variants;
    }

    /** The values with one of them times a factor, or set to 1 where the factor is NaN. */
    private static Optional<Variant> changed(ObjectiveType<?> type, ParamValues hyper, String id,
            double factor) {
        Map<String, String> texts = new LinkedHashMap<>(hyper.asText());
        if (!texts.containsKey(id)) {
            return Optional.empty();
        }
        double value = Double.isNaN(factor) ? 1 : factor * Double.parseDouble(texts.get(id));
        texts.put(id, Double.toString(value));
        return Optional.of(new Variant(type, ParamValues.parse(type.params(), texts)));
    }
}
