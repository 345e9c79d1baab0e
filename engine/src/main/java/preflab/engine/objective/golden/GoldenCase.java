package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.LossTerms;
import preflab.engine.objective.McPo;
import preflab.engine.objective.Objective;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

/** One worked example with a loss and a gradient. */
final class GoldenCase<S extends Scores> {

    private final JsonNode golden;
    private final ObjectiveType<S> type;
    private final ParamValues hyper;
    private final DataType numbers;

    GoldenCase(JsonNode golden, ObjectiveType<S> type, DataType numbers) {
        this.golden = golden;
        this.type = type;
        this.hyper = type.values(texts(golden.path("hyper")));
        this.numbers = numbers;
    }

    private static Map<String, String> texts(JsonNode hyper) {
        Map<String, String> texts = new LinkedHashMap<>();
        hyper.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    ParamValues hyper() {
        return hyper;
    }

    static GoldenResult failed(JsonNode golden, String file, String objective, String problem) {
        return new GoldenResult(file, golden.path("id").asText(), objective, Double.NaN,
                JsonNodeFactory.instance.objectNode(), false, true, Double.POSITIVE_INFINITY, problem);
    }

    GoldenResult evaluate(String file) {
        try (NDManager manager = Torch.newManager()) {
            return Autograd.recording(() -> evaluate(file, manager));
        }
    }

    private GoldenResult evaluate(String file, NDManager manager) {
        GoldenInputs inputs = new GoldenInputs(golden.path("inputs"), type.needs().apply(hyper).vocabularyKl(),
                manager, numbers);
        S scores = inputs.as(type.scores());
        Objective<S> objective = type.factory().apply(hyper);
        LossTerms terms = objective.loss(scores, State.EMPTY);
        NDArray anchor = Autograd.leaf(terms.loss().zerosLike()); // a loss of empty groups hangs on no other leaf
        Autograd.backward(terms.loss().add(anchor));

        JsonNode tolerance = golden.path(numbers == DataType.FLOAT64 ? "tol" : "tol_f32");
        Comparison comparison = new Comparison(tolerance);
        JsonNode expected = golden.path("expected");
        double loss = terms.loss().toType(DataType.FLOAT64, false).getDouble();
        JsonNode gradient = inputs.gradient();
        comparison.number("loss", loss, Numbers.read(expected.path("loss")));
        comparison.tree("grad", gradient, expected.path("grad"));
        if (expected.has("selected")) {
            comparison.tree("selected", selected(objective, scores), expected.get("selected"));
        }
        return comparison.result(file, golden, type.id(), loss, gradient);
    }

    private static JsonNode selected(Objective<?> objective, Scores scores) {
        ArrayNode lists = JsonNodeFactory.instance.arrayNode();
        if (objective.core() instanceof McPo mcpo && scores instanceof Scores.Candidates candidates) {
            List<int[]> selected = mcpo.select(candidates);
            selected.forEach(list -> {
                ArrayNode row = lists.addArray();
                for (int index : list) {
                    row.add(index);
                }
            });
        }
        return lists;
    }
}
