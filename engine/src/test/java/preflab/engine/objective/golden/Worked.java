package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import preflab.engine.objective.LossTerms;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

/** A worked case as the raw material of tests: its inputs can be changed as a tree before they are computed. */
record Worked(ObjectiveType<?> type, String id, ObjectNode hyper, ObjectNode inputs) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All cases of an objective. */
    static List<Worked> of(ObjectiveType<?> type) {
        try (InputStream in = Worked.class.getResourceAsStream("/preflab/golden/" + type.id() + ".json")) {
            return StreamSupport.stream(JSON.readTree(in).get("cases").spliterator(), false)
                    .map(c -> new Worked(type, c.get("id").asText(), (ObjectNode) c.get("hyper"),
                            (ObjectNode) c.get("inputs")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cases of one kind: ordinary, masked, … */
    static List<Worked> of(ObjectiveType<?> type, String kind) {
        return of(type).stream().filter(c -> c.id().endsWith("-" + kind)).toList();
    }

    /** The n-th case (from 0) of an objective, computed under another objective or other hyper-parameters. */
    static Worked inputsOf(String objective, int n) {
        return of(Objectives.find(objective).orElseThrow()).get(n);
    }

    /** The same inputs under another objective. */
    Worked under(String objective, Object... hyperParameters) {
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < hyperParameters.length; i += 2) {
            other.put(hyperParameters[i].toString(), hyperParameters[i + 1].toString());
        }
        return new Worked(Objectives.find(objective).orElseThrow(), id, other, inputs.deepCopy());
    }

    /** The same case with one hyper-parameter more. */
    Worked and(String hyperParameter, double value) {
        return new Worked(type, id, hyper.deepCopy().put(hyperParameter, value), inputs);
    }

    Worked changed(Consumer<ObjectNode> change) {
        ObjectNode copy = inputs.deepCopy();
        change.accept(copy);
        return new Worked(type, id, hyper, copy);
    }

    /** A copy in which every sequence was changed. */
    Worked eachSequence(Consumer<ObjectNode> change) {
        return changed(copy -> sequences(copy).forEach(change));
    }

    /** The sequences of a tree, in order. */
    static List<ObjectNode> sequences(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node.has("logp") || node.has("logits")) {
            found.add((ObjectNode) node);
        } else {
            node.forEach(child -> found.addAll(sequences(child)));
        }
        return found;
    }

    ParamValues values() {
        JsonNode golden = golden();
        return new GoldenCase<>(golden, type, DataType.FLOAT64).hyper();
    }

    private ObjectNode golden() {
        ObjectNode golden = JsonNodeFactory.instance.objectNode();
        golden.put("id", id).set("hyper", hyper);
        golden.set("inputs", inputs);
        return golden;
    }

    /** Loss and gradient. */
    GoldenResult compute(DataType numbers) {
        return new GoldenCase<>(golden(), type, numbers).evaluate("");
    }

    double loss() {
        return compute(DataType.FLOAT64).loss();
    }

    JsonNode gradient() {
        return compute(DataType.FLOAT64).grad();
    }

    /** Hands the scores and what the objective makes of them to a test, on a graph. */
    void examine(BiConsumer<GoldenInputs, LossTerms> test) {
        examine(type, test);
    }

    private <S extends Scores> void examine(ObjectiveType<S> objective, BiConsumer<GoldenInputs, LossTerms> test) {
        try (NDManager manager = Torch.newManager()) {
            Autograd.recording(() -> {
                GoldenInputs read = read(objective, manager);
                test.accept(read, objective.factory().apply(values()).loss(read.as(objective.scores()), State.EMPTY));
                return null;
            });
        }
    }

    /** The running quantities after a step. */
    static State next(Worked worked, State before) {
        return next(worked, worked.type, before);
    }

    private static <S extends Scores> State next(Worked worked, ObjectiveType<S> objective, State before) {
        try (NDManager manager = Torch.newManager()) {
            return Autograd.without(() -> {
                S scores = worked.read(objective, manager).as(objective.scores());
                return objective.factory().apply(worked.values()).loss(scores, before).next();
            });
        }
    }

    /** Every list of candidates with these numbers for a sampler, the first for the preferred completion. */
    Worked withUniforms(double[] uniforms) {
        return changed(copy -> copy.get("examples").forEach(example -> ((ObjectNode) example).set("uniforms",
                Numbers.write(uniforms, 0, uniforms.length))));
    }

    GoldenInputs read(ObjectiveType<?> objective, NDManager manager) {
        return new GoldenInputs(inputs, objective.needs().apply(values()).vocabularyKl(), manager, DataType.FLOAT64);
    }

    /** All numbers of a tree, depth first. */
    static List<Double> numbers(JsonNode tree) {
        List<Double> found = new ArrayList<>();
        if (tree.isValueNode()) {
            found.add(Numbers.read(tree));
        } else {
            tree.forEach(child -> found.addAll(numbers(child)));
        }
        return found;
    }

    static ArrayNode reversed(ArrayNode list) {
        ArrayNode reversed = JsonNodeFactory.instance.arrayNode();
        for (int i = list.size() - 1; i >= 0; i--) {
            reversed.add(list.get(i));
        }
        return reversed;
    }

    static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    static double sum(Map<String, NDArray> scalars) {
        return scalars.values().stream().mapToDouble(Worked::value).sum();
    }

    @Override
    public String toString() {
        return id + " " + hyper;
    }
}
