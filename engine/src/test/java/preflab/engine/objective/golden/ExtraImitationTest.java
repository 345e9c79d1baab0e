package preflab.engine.objective.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.objective.CandidateSampler;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;

/**
 * {@code sft_coefficient} on every objective: what it adds to the loss and to the slopes, worked out by plain arithmetic
 * from the inputs of the objective's own cases.
 */
class ExtraImitationTest {

    private static final double COEFFICIENT = 0.25;

    static Stream<String> ids() {
        return Objectives.ALL.stream().map(ObjectiveType::id);
    }

    /** −Σ log p and the number of tokens it is divided by. */
    private record Likelihood(double negativeLog, double imitated, double divisor) {

        double perToken() {
            return divisor == 0 ? 0 : negativeLog / divisor;
        }

        /** How much the loss falls when every imitated token's log-probability rises by 1. */
        double slope() {
            return divisor == 0 ? 0 : imitated / divisor;
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void addsTheNegativeLogLikelihoodPerTokenOfTheGoodCompletions(String id) {
        double most = 0; // a case without accepted completions adds nothing
        for (Worked worked : Worked.of(Objectives.find(id).orElseThrow(), "ordinary")) {
            Worked plain = worked.changed(inputs -> addRetained(worked.type(), inputs));
            Worked imitating = plain.and("sft_coefficient", COEFFICIENT);
            List<Likelihood> good = good(plain.type(), plain.inputs());
            double expected = COEFFICIENT * good.stream().mapToDouble(Likelihood::perToken).average().orElse(0);
            most = Math.max(most, expected);
            assertThat(imitating.loss() - plain.loss()).as(worked.toString())
                    .isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(plain.loss()))));
            if (plain.inputs().findValues("logits").isEmpty()) { // slopes by the logits of a softmax sum to 0
                double slope = COEFFICIENT * good.stream().mapToDouble(Likelihood::slope).average().orElse(0);
                assertThat(sumOfSlopes(plain) - sumOfSlopes(imitating)).as(worked.toString()).isCloseTo(slope,
                        within(1e-10));
            }
        }
        assertThat(most).isPositive();
    }

    private static double sumOfSlopes(Worked worked) {
        return Worked.numbers(worked.gradient()).stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Unlearning imitates what is retained; objectives that retain nothing are given (1 + 2 + 3)/3 = 2 nats a token. */
    private static void addRetained(ObjectiveType<?> type, ObjectNode inputs) {
        if (type.scores() != Scores.Unlearning.class) {
            return;
        }
        if (!inputs.has("retain")) {
            ArrayNode retained = inputs.putArray("retain");
            ObjectNode whole = retained.addObject();
            whole.putArray("logp").add(-1.0).add(-2.0);
            whole.putArray("mask").add(1).add(1);
            ObjectNode half = retained.addObject();
            half.putArray("logp").add(-3.0).add(-9.0);
            half.putArray("mask").add(1).add(0);
        }
        inputs.get("retain").forEach(sequence -> {
            if (sequence.has("logits")) {
                ((ObjectNode) sequence).set("tokens", Numbers.write(new double[sequence.get("logits").size()], 0,
                        sequence.get("logits").size()));
            }
        });
    }

    /** The good completions of a case; of lists with rewards one likelihood per list. */
    private static List<Likelihood> good(ObjectiveType<?> type, JsonNode inputs) {
        if (type.scores() == Scores.Steps.class) {
            return List.of(ofRightTokens(elements(inputs.path("sequences"))));
        }
        if (inputs.path("examples").path(0).has("rewards")) {
            return elements(inputs.path("examples")).stream().map(ExtraImitationTest::best)
                    .map(best -> ofAll(List.of(best))).toList();
        }
        return List.of(ofAll(Stream.of("chosen", "accepted", "retain").map(inputs::path)
                .map(ExtraImitationTest::elements).filter(found -> !found.isEmpty()).findFirst()
                .orElseGet(() -> ofExamples(inputs.path("examples")))));
    }

    /** MC-PO's chosen completions; for D2O the reference's samples. */
    private static List<JsonNode> ofExamples(JsonNode examples) {
        return elements(examples).stream().map(example -> example.has("chosen")
                ? List.of(example.path("chosen"))
                : elements(example.path("ref_samples"))).flatMap(Collection::stream).toList();
    }

    private static JsonNode best(JsonNode example) {
        double[] rewards = Worked.numbers(example.path("rewards")).stream().mapToDouble(r -> r).toArray();
        return example.path("candidates").path(CandidateSampler.highest(rewards, 1)[0]);
    }

    private static Likelihood ofAll(List<JsonNode> sequences) {
        double sum = 0;
        double tokens = 0;
        for (JsonNode sequence : sequences) {
            double[] logp = logProbs(sequence);
            for (int t = 0; t < logp.length; t++) {
                if (active(sequence, t)) {
                    sum -= logp[t];
                    tokens++;
                }
            }
        }
        return new Likelihood(sum, tokens, tokens);
    }

    /** Right tokens only, over all tokens of the answers. */
    private static Likelihood ofRightTokens(List<JsonNode> answers) {
        double sum = 0;
        double right = 0;
        for (JsonNode answer : answers) {
            double[] logp = logProbs(answer);
            for (int t = 0; t < logp.length; t++) {
                if (active(answer, t) && answer.path("label").path(t).asInt() == 1) {
                    sum -= logp[t];
                    right++;
                }
            }
        }
        return new Likelihood(sum, right, ofAll(answers).divisor());
    }

    private static boolean active(JsonNode sequence, int t) {
        return !sequence.has("mask") || sequence.path("mask").path(t).asInt() == 1;
    }

    private static double[] logProbs(JsonNode sequence) {
        if (sequence.has("logp")) {
            return Worked.numbers(sequence.path("logp")).stream().mapToDouble(l -> l).toArray();
        }
        double[] logp = new double[sequence.path("logits").size()];
        for (int t = 0; t < logp.length; t++) {
            List<Double> logits = Worked.numbers(sequence.path("logits").path(t));
            double total = logits.stream().mapToDouble(Math::exp).sum();
            logp[t] = logits.get(sequence.path("tokens").path(t).asInt()) - Math.log(total);
        }
        return logp;
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> found = new ArrayList<>();
        list.forEach(found::add);
        return found;
    }
}
