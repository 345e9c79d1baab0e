package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.Group;
import preflab.engine.objective.LossTerms;
import preflab.engine.objective.Needs.KlDirection;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

/** One worked example with a loss and a gradient. */
final class GoldenCase<S extends Scores> {

    private final JsonNode golden;
    private final ObjectiveType<S> objective;
    private final ParamValues hyper;
    private final DataType type;

    GoldenCase(JsonNode golden, ObjectiveType<S> objective, DataType type) {
        this.golden = golden;
        this.objective = objective;
        this.hyper = objective.values(texts(golden.path("hyper")));
        this.type = type;
    }

    private static Map<String, String> texts(JsonNode hyper) {
        Map<String, String> texts = new LinkedHashMap<>();
        hyper.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
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
        KlDirection direction = objective.needs().apply(hyper).vocabularyKl();
        Map<Group, GoldenGroup> groups = groups(direction, manager);
        Map<Group, SequenceScores> scores = new EnumMap<>(Group.class);
        groups.forEach((group, sequences) -> scores.put(group, sequences.scores()));
        S input = Scores.assemble(objective.scores(), scores, SequenceScores.empty(manager, type));
        LossTerms terms = objective.factory().apply(hyper).loss(input, State.EMPTY);
        double loss = value(terms.loss());
        NDArray anchor = Autograd.leaf(terms.loss().zerosLike()); // a loss of empty groups hangs on no other leaf
        Autograd.backward(terms.loss().add(anchor));
        return compare(file, loss, gradient(groups));
    }

    private static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    private Map<Group, GoldenGroup> groups(KlDirection direction, NDManager manager) {
        Map<Group, GoldenGroup> groups = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            List<JsonNode> sequences = new ArrayList<>();
            golden.path("inputs").path(group.id()).forEach(sequences::add);
            if (!sequences.isEmpty()) {
                groups.put(group, new GoldenGroup(sequences, direction, manager, type));
            }
        }
        return groups;
    }

    private ObjectNode gradient(Map<Group, GoldenGroup> groups) {
        IdentityHashMap<JsonNode, ObjectNode> gradients = new IdentityHashMap<>();
        groups.values().forEach(group -> group.collectGradients(gradients));
        return (ObjectNode) mirror(golden.path("inputs"), gradients);
    }

    /** The tree of the inputs with every sequence replaced by its gradient, and everything else left out. */
    private static JsonNode mirror(JsonNode node, IdentityHashMap<JsonNode, ObjectNode> gradients) {
        if (gradients.containsKey(node)) {
            return gradients.get(node);
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> array.add(mirror(child, gradients)));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().stream().filter(e -> holdsSequence(e.getValue()))
                .forEach(e -> object.set(e.getKey(), mirror(e.getValue(), gradients)));
        return object;
    }

    private static boolean holdsSequence(JsonNode node) {
        return node.has("logp") || node.has("logits") || node.valueStream().anyMatch(GoldenCase::holdsSequence);
    }

    private GoldenResult compare(String file, double loss, ObjectNode gradient) {
        JsonNode tolerance = golden.path(type == DataType.FLOAT64 ? "tol" : "tol_f32");
        JsonNode expected = golden.path("expected");
        Comparison comparison = new Comparison(tolerance);
        comparison.number("loss", loss, Numbers.read(expected.path("loss")));
        comparison.tree("grad", gradient, expected.path("grad"));
        boolean required = tolerance.isObject();
        return new GoldenResult(file, golden.path("id").asText(), objective.id(), loss, gradient,
                comparison.pass() || !required, required, comparison.maxError(), comparison.worst());
    }
}
