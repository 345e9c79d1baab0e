package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs.KlDirection;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.SideInputs;

/**
 * The inputs of a worked example: groups of sequences, either side by side or nested in {@code examples}, and the
 * numbers that come with them. Call while a graph is being recorded.
 */
final class GoldenInputs {

    private final JsonNode inputs;
    private final NDManager manager;
    private final DataType type;
    private final Map<Group, GoldenGroup> groups = new EnumMap<>(Group.class);

    GoldenInputs(JsonNode inputs, KlDirection direction, NDManager manager, DataType type) {
        this.inputs = inputs;
        this.manager = manager;
        this.type = type;
        for (Group group : Group.values()) {
            List<JsonNode> sequences = sequences(group.id());
            if (!sequences.isEmpty()) {
                groups.put(group, new GoldenGroup(sequences, direction, manager, type));
            }
        }
    }

    /** The sequences of one group, in order, out of all examples. */
    private List<JsonNode> sequences(String group) {
        List<JsonNode> found = new ArrayList<>();
        inputs.path(group).forEach(found::add);
        for (JsonNode example : inputs.path("examples")) {
            JsonNode member = example.path(group);
            if (member.isArray()) {
                member.forEach(found::add);
            } else if (!member.isMissingNode()) {
                found.add(member);
            }
        }
        return found;
    }

    <S extends Scores> S as(Class<S> shape) {
        Map<Group, SequenceScores> scores = new EnumMap<>(Group.class);
        groups.forEach((group, sequences) -> scores.put(group, sequences.scores()));
        SideInputs side = new SideInputs(pairNumbers(), candidates());
        return Scores.assemble(shape, scores, SequenceScores.empty(manager, type), side);
    }

    private Map<PairNumber, NDArray> pairNumbers() {
        Map<PairNumber, NDArray> numbers = new EnumMap<>(PairNumber.class);
        for (PairNumber number : PairNumber.values()) {
            if (inputs.has(number.id())) {
                numbers.put(number, manager.create(numbers(inputs.get(number.id()))).toType(type, false));
            }
        }
        return numbers;
    }

    private CandidateLists candidates() {
        List<JsonNode> examples = StreamSupport.stream(inputs.path("examples").spliterator(), false).toList();
        List<Integer> counts = examples.stream()
                .map(e -> e.has("candidates") ? e.get("candidates").size() : e.path("ref_samples").size()).toList();
        return new CandidateLists(counts, lists(examples, "rewards"),
                lists(examples, "selected").stream().map(GoldenInputs::indices).toList(),
                lists(examples, "uniforms"), counts.size());
    }

    private static List<double[]> lists(List<JsonNode> examples, String field) {
        return examples.stream().filter(e -> e.has(field)).map(e -> numbers(e.get(field))).toList();
    }

    private static int[] indices(double[] numbers) {
        int[] indices = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            indices[i] = (int) numbers[i];
        }
        return indices;
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).mapToDouble(Numbers::read).toArray();
    }

    /** A scalar 0 of the type of these inputs. */
    NDArray zero() {
        return manager.zeros(new Shape(), type);
    }

    /** The gradient of what was differentiated last, in the shape of the inputs. */
    JsonNode gradient() {
        IdentityHashMap<JsonNode, ObjectNode> gradients = new IdentityHashMap<>();
        groups.values().forEach(group -> group.collectGradients(gradients));
        return mirror(inputs, gradients);
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
        return node.has("logp") || node.has("logits") || node.valueStream().anyMatch(GoldenInputs::holdsSequence);
    }
}
