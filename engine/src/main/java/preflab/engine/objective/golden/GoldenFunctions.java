package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.engine.objective.CandidateSampler;
import preflab.engine.objective.Extrapolation;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs.KlDirection;
import preflab.engine.objective.Scores;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

/** Tables of worked values without a loss: the MC kernel's weights and orders, step labels, extrapolation. */
final class GoldenFunctions {

    /** What these tables are about. */
    static final Set<String> NAMES = Set.of("mc_kernel", "step_labels", "extrapolation");

    private GoldenFunctions() {
    }

    static GoldenResult evaluate(JsonNode golden, String file, String function, DataType numbers) {
        ObjectNode tolerance = JsonNodeFactory.instance.objectNode().put("rtol", 1e-9).put("atol", 1e-12);
        Comparison comparison = new Comparison(
                numbers == DataType.FLOAT64 ? tolerance : JsonNodeFactory.instance.missingNode());
        comparison.tree(function, compute(golden, function, numbers), golden.path("expected"));
        return comparison.result(file, golden, function, Double.NaN, JsonNodeFactory.instance.objectNode());
    }

    private static JsonNode compute(JsonNode golden, String function, DataType numbers) {
        return switch (function) {
            case "mc_kernel" -> kernel(golden.path("inputs"), golden.path("hyper"), numbers);
            case "step_labels" -> stepLabels(golden.path("inputs"), golden.path("hyper").path("threshold").asDouble());
            case "extrapolation" -> extrapolation(golden.path("inputs"), golden.path("hyper").path("alpha").asDouble());
            default -> throw new GoldenException("there is no function \"" + function + "\"");
        };
    }

    private static ObjectNode kernel(JsonNode inputs, JsonNode hyper, DataType numbers) {
        double[] candidates = logRatios(inputs, Group.CANDIDATES, numbers);
        double[] weighed = hyper.path("include_positive").asBoolean()
                ? concat(logRatios(inputs, Group.CHOSEN, numbers), candidates)
                : candidates;
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        double[] weights = CandidateSampler.weights(weighed, hyper.path("beta").asDouble());
        values.set("probs", Numbers.write(weights, 0, weights.length));
        values.set("max_order", integers(CandidateSampler.highest(candidates, candidates.length)));
        values.set("min_order", integers(CandidateSampler.lowest(candidates, candidates.length)));
        return values;
    }

    private static double[] concat(double[] first, double[] rest) {
        double[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    private static double[] logRatios(JsonNode example, Group group, DataType numbers) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.putArray("examples").add(example);
        try (NDManager manager = Torch.newManager()) {
            return Autograd.without(() -> {
                Scores.Candidates scores = new GoldenInputs(inputs, KlDirection.NONE, manager, numbers)
                        .as(Scores.Candidates.class);
                NDArray ratios = (group == Group.CHOSEN ? scores.chosen() : scores.candidates()).logRatio();
                return ratios.toType(DataType.FLOAT64, false).toDoubleArray();
            });
        }
    }

    private static ObjectNode stepLabels(JsonNode inputs, double threshold) {
        double[] q = GoldenInputs.numbers(inputs.path("step_q"));
        List<StepLabel> labels = new StepThreshold(threshold)
                .labels(answer(q, inputs.path("answer_correct").asBoolean()));
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        ArrayNode steps = values.putArray("step_labels");
        ArrayNode tokens = values.putArray("token_labels");
        for (int i = 0; i < q.length; i++) {
            int label = labels.get(i) == StepLabel.GOOD ? 1 : 0;
            steps.add(label);
            for (int t = 0; t < inputs.path("step_lengths").get(i).asInt(); t++) {
                tokens.add(label);
            }
        }
        return values;
    }

    private static Stepwise answer(double[] q, boolean right) {
        List<Step> steps = Arrays.stream(q).mapToObj(value -> Step.valued("", value)).toList();
        return new Stepwise(new ExampleId(0), Content.of(""), steps, Optional.of(right), new Source("", 0));
    }

    private static ObjectNode extrapolation(JsonNode inputs, double alpha) {
        try (NDManager manager = Torch.newManager()) {
            NDArray previous = manager.create(GoldenInputs.numbers(inputs.path("prev_logits")));
            NDArray current = manager.create(GoldenInputs.numbers(inputs.path("new_logits")));
            double[] next = Extrapolation.logProbs(previous, current, alpha).toDoubleArray();
            ObjectNode values = JsonNodeFactory.instance.objectNode();
            values.set("logprobs", Numbers.write(next, 0, next.length));
            return values;
        }
    }

    private static ArrayNode integers(int[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(values).forEach(array::add);
        return array;
    }
}
