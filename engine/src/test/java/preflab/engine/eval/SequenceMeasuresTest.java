package preflab.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.Sequence;
import preflab.engine.model.Generator;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Policy;
import preflab.engine.model.Precision;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;
import preflab.engine.model.TinyModels;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.objective.Group;
import preflab.engine.tensor.Torch;

class SequenceMeasuresTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static Encoded encoded(int... ids) {
        return new Encoded(ids, 2, new int[ids.length - 2], false);
    }

    private static Sequence sequence(Encoded text) {
        return Sequence.of(0, Group.ACCEPTED, text, true);
    }

    @Test
    void aModelThatKnowsNothingIsAsUnsureAsItsVocabularyIsLarge() {
        TransformerPolicy policy = TransformerPolicy.random(TinyModels.config(false), 1, manager, Precision.FLOAT64);
        policy.parameters().get("lm_head.weight").muli(0);
        SequenceMeasures.Reading reading = SequenceMeasures.of(policy, List.of(sequence(encoded(1, 3, 4, 5))));
        assertThat(reading.perplexity()).isCloseTo(23, within(1e-9));
        assertThat(reading.entropy()).isCloseTo(Math.log(23), within(1e-9));
    }

    @Test
    void perplexityIsOverAllTokensOfAllCompletions() {
        TransformerPolicy policy = TinyModels.lively(4, manager, Precision.FLOAT64);
        List<Encoded> rows = List.of(encoded(1, 3, 4, 5), encoded(6, 7, 8));
        double[] all = TokenLogProbs.ofCompletions(policy, rows).stream().flatMapToDouble(Arrays::stream).toArray();
        double expected = Math.exp(-Arrays.stream(all).sum() / 3);
        List<Sequence> sequences = rows.stream().map(SequenceMeasuresTest::sequence).toList();
        assertThat(SequenceMeasures.of(policy, sequences).perplexity()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void aPolicyIsNotApartFromItself() {
        TransformerPolicy policy = TinyModels.lively(4, manager, Precision.FLOAT64);
        assertThat(SequenceMeasures.divergence(policy, policy, List.of(sequence(encoded(1, 3, 4, 5)))).orElseThrow())
                .isCloseTo(0, within(1e-12));
        assertThat(SequenceMeasures.divergence(policy, policy, List.of())).isEmpty();
    }

    /** Over own samples, the sum of exact terms and the mean log-ratio estimate the same number. */
    @Test
    void divergenceAgreesWithTheMeanLogRatioOfManySamples() {
        TransformerPolicy from = TransformerPolicy.random(TinyModels.config(false), 4, manager, Precision.FLOAT64);
        from.parameters().values().forEach(p -> p.muli(4));
        TransformerPolicy to = TransformerPolicy.random(TinyModels.config(false), 9, manager, Precision.FLOAT64);
        int[] prompt = {5, 6};
        List<int[]> prompts = IntStream.range(0, 1500).mapToObj(i -> prompt).toList();
        List<Encoded> rows = new ArrayList<>();
        for (int[] drawn : Generator.withEnds(from, prompts, SamplerSettings.sampled(1, 3, 7), Stops.at(Set.of()), 512,
                Generator.Listener.NONE)) {
            rows.add(encoded(IntStream.concat(Arrays.stream(prompt), Arrays.stream(drawn)).toArray()));
        }
        double[] ratios = new double[rows.size()];
        Arrays.setAll(ratios, i -> sum(from, rows.get(i)) - sum(to, rows.get(i)));
        double mean = Arrays.stream(ratios).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).average().orElseThrow()
                / ratios.length);
        double exact = SequenceMeasures.divergence(from, to,
                rows.stream().map(SequenceMeasuresTest::sequence).toList()).orElseThrow();
        assertThat(exact).isPositive().isCloseTo(mean, within(4 * deviation));
    }

    private static double sum(Policy policy, Encoded row) {
        return Arrays.stream(TokenLogProbs.ofCompletions(policy, List.of(row)).getFirst()).sum();
    }
}
