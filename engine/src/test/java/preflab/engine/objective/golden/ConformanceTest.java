package preflab.engine.objective.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

/** What every objective of the catalogue must do, on the inputs of its own worked cases. */
class ConformanceTest {

    private static final double TIGHT = 1e-10;

    static Stream<String> ids() {
        return Objectives.ALL.stream().map(ObjectiveType::id);
    }

    private static ObjectiveType<?> type(String id) {
        return Objectives.find(id).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void orderOfExamplesDoesNotMatter(String id) {
        for (Worked worked : Worked.of(type(id))) {
            Worked reversed = worked.changed(inputs -> inputs.properties().forEach(group -> {
                if (group.getValue() instanceof ArrayNode list) {
                    group.setValue(Worked.reversed(list));
                }
            }));
            assertThat(reversed.loss()).as(worked.toString()).isCloseTo(worked.loss(), near(worked.loss()));
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void paddingWithJunkDoesNotMatter(String id) {
        for (Worked worked : Worked.of(type(id))) {
            GoldenResult plain = worked.compute(DataType.FLOAT64);
            GoldenResult padded = worked.eachSequence(ConformanceTest::pad).compute(DataType.FLOAT64);
            assertThat(padded.loss()).as(worked.toString()).isCloseTo(plain.loss(), near(plain.loss()));
            assertThat(sumOfMagnitudes(padded.grad())).as(worked.toString())
                    .isCloseTo(sumOfMagnitudes(plain.grad()), near(sumOfMagnitudes(plain.grad())));
        }
    }

    /** Two ignored positions in front and one behind, full of junk. */
    private static void pad(ObjectNode sequence) {
        int length = Padded.length(sequence);
        if (!sequence.has("mask")) {
            sequence.set("mask", filled(length, 1));
        }
        Map<String, Object> junk = Map.of("logp", "-inf", "ref_logp", "nan", "prev_logp", 3.5, "g_logit", "nan", "mask",
                0, "label", 1, "step", 0, "tokens", 0);
        junk.forEach((field, value) -> {
            if (sequence.has(field)) {
                sequence.set(field, around((ArrayNode) sequence.get(field), JsonNodeFactory.instance.pojoNode(value)));
            }
        });
        for (String field : List.of("logits", "ref_logits")) {
            if (sequence.has(field)) {
                ArrayNode rows = (ArrayNode) sequence.get(field);
                sequence.set(field, around(rows, filled(rows.get(0).size(), Double.NaN)));
            }
        }
    }

    private static ArrayNode around(ArrayNode list, JsonNode junk) {
        JsonNode plain = junk.isPojo()
                ? JsonNodeFactory.instance.textNode(junk.asText())
                : junk;
        JsonNode entry = plain.isTextual() && plain.asText().matches("-?[0-9.]+")
                ? JsonNodeFactory.instance.numberNode(Double.parseDouble(plain.asText()))
                : plain;
        return JsonNodeFactory.instance.arrayNode().add(entry).add(entry).addAll(list).add(entry);
    }

    private static ArrayNode filled(int length, double value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < length; i++) {
            list.add(Numbers.write(value));
        }
        return list;
    }

    private static double sumOfMagnitudes(JsonNode gradient) {
        return Worked.numbers(gradient).stream().mapToDouble(Math::abs).sum();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void gradientAgreesWithCentralDifferences(String id) {
        for (Worked worked : Worked.of(type(id), "ordinary")) {
            if (!stopsGradients(worked)) {
                compareWithDifferences(worked);
            }
        }
    }

    /** Some gradients are stopped on purpose; differences of the loss see through that. */
    private static boolean stopsGradients(Worked worked) {
        String variant = worked.hyper().path("variant").asText();
        return worked.hyper().path("delta").asText().equals("batch") || variant.equals("L1")
                || variant.equals("masked");
    }

    private static void compareWithDifferences(Worked worked) {
        double h = 1e-5;
        List<Double> analytic = Worked.numbers(worked.gradient());
        List<int[]> places = leaves(worked);
        Random random = new Random(7);
        for (int trial = 0; trial < 5; trial++) {
            int place = random.nextInt(places.size());
            double up = worked.changed(inputs -> shift(inputs, places.get(place), h)).loss();
            double down = worked.changed(inputs -> shift(inputs, places.get(place), -h)).loss();
            double expected = (up - down) / (2 * h);
            boolean constant = inMismatched(worked, places.get(place)[0]);
            double scale = Math.max(1, Math.abs(up)); // rounding of the loss, divided by the step
            assertThat(analytic.get(place)).as(worked + " entry " + place)
                    .isCloseTo(constant ? 0 : expected, within(1e-6 * scale));
        }
    }

    /** The leaves in the order of the gradient's numbers: sequence, field (0 logp, 1 g_logit, 2 logits), index. */
    private static List<int[]> leaves(Worked worked) {
        List<int[]> places = new ArrayList<>();
        List<ObjectNode> sequences = Worked.sequences(worked.inputs());
        for (int s = 0; s < sequences.size(); s++) {
            for (int field = 0; field < FIELDS.size(); field++) {
                int count = Worked.numbers(sequences.get(s).path(FIELDS.get(field))).size();
                for (int i = 0; i < count; i++) {
                    places.add(new int[]{s, field, i});
                }
            }
        }
        return places;
    }

    private static final List<String> FIELDS = List.of("logp", "g_logit", "logits");

    private static void shift(ObjectNode inputs, int[] place, double by) {
        ArrayNode list = (ArrayNode) Worked.sequences(inputs).get(place[0]).get(FIELDS.get(place[1]));
        if (list.get(0).isArray()) {
            int width = list.get(0).size();
            list = (ArrayNode) list.get(place[2] / width);
            list.set(place[2] % width, list.get(place[2] % width).doubleValue() + by);
        } else {
            list.set(place[2], list.get(place[2]).doubleValue() + by);
        }
    }

    private static boolean inMismatched(Worked worked, int sequence) {
        int mismatched = Worked.sequences(worked.inputs().path("kl_sequences")).size();
        return mismatched > 0 && sequence >= Worked.sequences(worked.inputs()).size() - mismatched;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void marginsOfTenThousandStayFinite(String id) {
        for (Worked worked : Worked.of(type(id), "ordinary")) {
            if (overflowsByNature(worked)) {
                continue;
            }
            for (double margin : new double[]{1e4, -1e4}) {
                Worked extreme = worked.changed(inputs -> push(Worked.sequences(inputs), margin));
                for (DataType numbers : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                    GoldenResult result = extreme.compute(numbers);
                    assertThat(result.loss()).as(extreme + " by " + margin + " in " + numbers).isFinite();
                    assertThat(Worked.numbers(result.grad())).as(extreme + " by " + margin + " in " + numbers)
                            .allMatch(Double::isFinite);
                }
            }
        }
    }

    /** exp(−h) and exp(−αh) have no double at h = −10⁴: no form of these losses could hold it. */
    private static boolean overflowsByNature(Worked worked) {
        return Set.of("forward_kl", "alpha").contains(worked.hyper().path("divergence").asText());
    }

    /** Log-ratios of alternately plus and minus this much, without any log-probability above 0. */
    private static void push(List<ObjectNode> sequences, double margin) {
        for (int i = 0; i < sequences.size(); i++) {
            ObjectNode sequence = sequences.get(i);
            double ratio = i % 2 == 0 ? margin : -margin;
            if (sequence.has("logits")) {
                ((ArrayNode) sequence.get("logits").get(0)).set(0, ratio);
            } else if (ratio < 0 || !sequence.has("ref_logp")) {
                ((ArrayNode) sequence.get("logp")).set(0, ratio < 0 ? ratio : -1e-4);
            } else {
                ((ArrayNode) sequence.get("ref_logp")).set(0, -ratio);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void termsAddUpToTheLoss(String id) {
        for (Worked worked : Worked.of(type(id))) {
            worked.examine((inputs, terms) -> assertThat(Worked.sum(terms.terms())).as(worked.toString())
                    .isCloseTo(Worked.value(terms.loss()), near(Worked.value(terms.loss()))));
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void diagnosticsAreValuesPerSequenceWithoutGradient(String id) {
        for (Worked worked : Worked.of(type(id), "ordinary")) {
            worked.examine((inputs, terms) -> {
                assertThat(terms.diagnostics()).isNotEmpty();
                for (Map.Entry<String, NDArray> entry : terms.diagnostics().entrySet()) {
                    assertThat(entry.getValue().getShape().dimension()).as(entry.getKey()).isOne();
                    assertThat(entry.getValue().isEmpty()).as(entry.getKey()).isFalse();
                    NDArray anchor = Autograd.leaf(inputs.zero());
                    Autograd.backward(entry.getValue().sum().add(anchor));
                }
                assertThat(Worked.numbers(inputs.gradient())).containsOnly(0.0);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void emptyGroupsContributeNothing(String id) {
        Worked empty = Worked.of(type(id), "ordinary").getFirst().changed(inputs -> inputs.properties()
                .forEach(group -> group.setValue(JsonNodeFactory.instance.arrayNode())));
        assertThat(empty.loss()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void noArrayOutlivesItsScope(String id) {
        Worked worked = Worked.of(type(id), "ordinary").getFirst();
        try (NDManager manager = Torch.newManager()) {
            Autograd.recording(() -> {
                int before = lossInScope(worked, type(id), manager);
                for (int i = 0; i < 3; i++) {
                    assertThat(lossInScope(worked, type(id), manager)).isEqualTo(before);
                }
                return null;
            });
        }
    }

    /** How many arrays the manager holds after the scope of one evaluation was closed. */
    private static <S extends Scores> int lossInScope(Worked worked, ObjectiveType<S> type, NDManager manager) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            S scores = worked.read(type, manager).as(type.scores());
            type.factory().apply(worked.values()).loss(scores, State.EMPTY);
        }
        return manager.getManagedArrays().size();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void microBatchesAddUpToTheWhole(String id) {
        for (Worked worked : Worked.of(type(id))) {
            if (worked.type().needs().apply(worked.values()).coupling() == Needs.Coupling.PER_EXAMPLE) {
                compareParts(worked, worked.type());
            }
        }
    }

    private static <S extends Scores> void compareParts(Worked worked, ObjectiveType<S> type) {
        GoldenResult whole = worked.compute(DataType.FLOAT64);
        try (NDManager manager = Torch.newManager()) {
            Autograd.recording(() -> {
                GoldenInputs inputs = worked.read(type, manager);
                NDArray sum = Autograd.leaf(inputs.zero());
                for (S part : Parts.of(type.scores(), inputs.as(type.scores()))) {
                    sum = sum.add(type.factory().apply(worked.values()).loss(part, State.EMPTY).loss());
                }
                Autograd.backward(sum);
                assertThat(Worked.value(sum)).as(worked.toString()).isCloseTo(whole.loss(), near(whole.loss()));
                Comparison comparison = new Comparison(
                        JsonNodeFactory.instance.objectNode().put("rtol", TIGHT).put("atol", TIGHT));
                comparison.tree(worked.id(), inputs.gradient(), whole.grad());
                assertThat(comparison.worst()).isEmpty();
                return null;
            });
        }
    }

    private static Offset<Double> near(double value) {
        return within(TIGHT * Math.max(1, Math.abs(value)));
    }
}
