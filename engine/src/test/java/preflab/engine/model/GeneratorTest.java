package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.sample.CharTokenizer;
import preflab.engine.batch.ModelException;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

class GeneratorTest {

    private static NDManager manager;
    private static TransformerPolicy policy;
    private static List<int[]> prompts;

    @BeforeAll
    static void prompts() {
        manager = Torch.newManager();
        policy = TinyModels.lively(5, manager, Precision.FLOAT32);
        prompts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 37; i++) {
            prompts.add(random.ints(1 + random.nextInt(20), 0, 23).toArray());
        }
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    private static List<int[]> generate(Policy model, SamplerSettings settings, Set<Integer> stops, int batchSize) {
        return Generator.generate(model, prompts, settings, stops, batchSize, Generator.Listener.NONE);
    }

    /** One prompt, one token at a time, everything computed anew. */
    private static int[] naive(int[] prompt, int count, Set<Integer> stops) {
        int[] all = prompt.clone();
        for (int i = 0; i < count; i++) {
            int[] now = all;
            int next = Autograd.without(() -> Scopes.within(() -> {
                NDArray ids = manager.create(Arrays.stream(now).asLongStream().toArray(), new Shape(1, now.length));
                NDArray last = Kernels.narrow(policy.logits(policy.hidden(ids)), 1, now.length - 1, 1);
                return (int) last.reshape(-1).argMax().toLongArray()[0];
            }));
            if (stops.contains(next)) {
                break;
            }
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = next;
        }
        return Arrays.copyOfRange(all, prompt.length, all.length);
    }

    @Test
    void completionsToLearnFromKeepTheTokenThatEndedThem() {
        Stops stops = Stops.at(Set.of(2, 7));
        SamplerSettings settings = SamplerSettings.greedy(30);
        List<int[]> bare = Generator.generate(policy, prompts, settings, stops, 16, Generator.Listener.NONE);
        List<int[]> ended = Generator.withEnds(policy, prompts, settings, stops, 16, Generator.Listener.NONE);
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(Arrays.copyOf(ended.get(i), bare.get(i).length)).isEqualTo(bare.get(i));
            if (bare.get(i).length < 30) {
                ends.add(ended.get(i)[bare.get(i).length]);
            }
            assertThat(ended.get(i).length - bare.get(i).length).isEqualTo(bare.get(i).length < 30 ? 1 : 0);
        }
        assertThat(ends).isNotEmpty().allMatch(Set.of(2, 7)::contains);
    }

    @Test
    void aStopStringEndsTheTextWhereverTokensBegin() throws IOException {
        Path file = Files.createTempDirectory("stops").resolve("tokenizer.json");
        Files.writeString(file, CharTokenizer.json());
        ModelConfig config = new ModelConfig("llama", CharTokenizer.vocabularySize(), 16, 24, 2, 4, 2, 4, 128, 1e-5,
                10_000, true, 1, 2);
        try (TextTokenizer tokenizer = TextTokenizer.load(file);
                TransformerPolicy model = TransformerPolicy.random(config, 3, manager)) {
            List<int[]> start = List.of(tokenizer.encodePrompt(Content.of("1+1=")));
            SamplerSettings settings = SamplerSettings.sampled(1, 60, 9);
            String whole = tokenizer.decode(Generator.generate(model, start, settings, 2).getFirst());
            String stop = whole.substring(20, 23);
            Stops stops = Stops.of(tokenizer, List.of("never this", stop));
            int[] cut = Generator.generate(model, start, settings, stops, 1, Generator.Listener.NONE).getFirst();
            assertThat(tokenizer.decode(cut)).isEqualTo(whole.substring(0, whole.indexOf(stop) + 3));
            assertThat(stops.cut(tokenizer.decode(cut))).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThatThrownBy(() -> Stops.of(tokenizer, List.of(""))).hasMessageContaining("must not be empty");
        }
    }

    @Test
    void batchedGreedyEqualsTheNaiveLoop() {
        Set<Integer> stops = Set.of(2, 7);
        List<int[]> batched = generate(policy, SamplerSettings.greedy(30), stops, 16);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(batched.get(i)).as("prompt %d", i).isEqualTo(naive(prompts.get(i), 30, stops));
        }
        assertThat(batched).anyMatch(a -> a.length == 30).anyMatch(a -> a.length < 30); // some stop, some do not
    }

    @Test
    void drawsDoNotDependOnTheBatch() {
        SamplerSettings settings = new SamplerSettings(0.9, 0, 1, 25, 42);
        List<int[]> one = generate(policy, settings, Set.of(2), 1);
        for (int batchSize : new int[]{2, 7, 64}) {
            assertThat(generate(policy, settings, Set.of(2), batchSize)).containsExactlyElementsOf(one);
        }
    }

    @Test
    void theSeedDecides() {
        List<int[]> one = generate(policy, SamplerSettings.sampled(1, 20, 1), Set.of(), 64);
        assertThat(generate(policy, SamplerSettings.sampled(1, 20, 1), Set.of(), 64)).containsExactlyElementsOf(one);
        assertThat(generate(policy, SamplerSettings.sampled(1, 20, 2), Set.of(), 64)).isNotEqualTo(one);
    }

    @Test
    void policiesWithoutACacheGenerateTheSame() {
        Policy plain = new ForwardingPolicy(policy);
        SamplerSettings settings = new SamplerSettings(0.7, 5, 0.9, 15, 3);
        assertThat(generate(plain, settings, Set.of(2), 16))
                .containsExactlyElementsOf(generate(policy, settings, Set.of(2), 16));
    }

    @Test
    void topKOfOneIsGreedy() {
        assertThat(generate(policy, new SamplerSettings(1, 1, 1, 20, 9), Set.of(2), 64))
                .containsExactlyElementsOf(generate(policy, SamplerSettings.greedy(20), Set.of(2), 64));
    }

    @Test
    void frequenciesFollowTheDistribution() {
        double[] logits = {0, Math.log(2), Math.log(5), Double.NEGATIVE_INFINITY, Math.log(2)}; // 1 : 2 : 5 : 0 : 2
        assertThat(frequencies(logits, 1, 0, 1)).usingComparatorWithPrecision(0.02).containsExactly(0.1, 0.2, 0.5, 0,
                0.2);
        assertThat(frequencies(logits, 0.5, 0, 1)).usingComparatorWithPrecision(0.02).containsExactly(1 / 34.0,
                4 / 34.0, 25 / 34.0, 0, 4 / 34.0); // squared
        assertThat(frequencies(logits, 1, 2, 1)).usingComparatorWithPrecision(0.02).containsExactly(0, 2 / 7.0,
                5 / 7.0, 0, 0); // of equals the first
        assertThat(frequencies(logits, 1, 0, 0.6)).usingComparatorWithPrecision(0.02).containsExactly(0, 2 / 7.0,
                5 / 7.0, 0, 0); // 5/10 is not 0.6 yet
        assertThat(frequencies(logits, 1, 0, 0.45)).usingComparatorWithPrecision(1e-9).containsExactly(0, 0, 1, 0, 0);
    }

    private static double[] frequencies(double[] logits, double temperature, int topK, double topP) {
        int n = 20_000;
        double[] uniforms = new double[n];
        Arrays.setAll(uniforms, i -> CounterRandom.uniform(7, i, 0));
        double[] counts = new double[logits.length];
        Scopes.within(() -> {
            NDArray rows = manager.create(logits, new Shape(1, logits.length)).broadcast(n, logits.length);
            for (long token : Kernels.sample(rows, manager.create(uniforms), temperature, topK, topP).toLongArray()) {
                counts[(int) token] += 1.0 / n;
            }
            return counts;
        });
        return counts;
    }

    @Test
    void uniformsFillTheUnitInterval() {
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            tenths[(int) (10 * CounterRandom.uniform(3, i % 1000, i / 1000))]++;
        }
        assertThat(Arrays.stream(tenths)).allMatch(count -> count > 9_600 && count < 10_400); // 10,000 ± 4 deviations
    }

    @Test
    void theModelsPositionsBoundTheAnswer() {
        int[] prompt = new int[120];
        assertThat(Generator.generate(policy, List.of(prompt), SamplerSettings.greedy(50), -1).getFirst()).hasSize(8);
        assertThatThrownBy(() -> Generator.generate(policy, List.of(new int[128]), SamplerSettings.greedy(5), -1))
                .isInstanceOf(ModelException.class).hasMessageContaining("prompt 1 has 128 tokens");
    }

    @Test
    void impossibleSettingsAreRefusedInWords() {
        assertThatThrownBy(() -> new SamplerSettings(-1, 0, 1, 5, 0)).isInstanceOf(ModelException.class)
                .hasMessage("temperature must be 0 (greedy) or lie in [0.001, 1000], not -1.0");
        assertThatThrownBy(() -> new SamplerSettings(1, -1, 1, 5, 0)).hasMessageContaining("top-k");
        assertThatThrownBy(() -> new SamplerSettings(1, 0, 0, 5, 0)).hasMessageContaining("top-p");
        assertThatThrownBy(() -> new SamplerSettings(1, 0, 1, 0, 0)).hasMessageContaining("max-tokens");
    }

    @Test
    void theListenerEndsTheWork() {
        int[] calls = new int[1];
        List<int[]> answers = Generator.generate(policy, prompts, SamplerSettings.greedy(30), Set.of(), 8,
                (done, total) -> ++calls[0] < 5);
        assertThat(calls[0]).isBetween(5, 6);
        assertThat(answers).hasSameSizeAs(prompts).anyMatch(a -> a.length == 0);
    }

    @Test
    void nothingIsLeftBehind() {
        NDManager own = policy.parameters().values().iterator().next().getManager();
        generate(policy, SamplerSettings.greedy(10), Set.of(2), 8);
        int before = own.getManagedArrays().size();
        generate(policy, SamplerSettings.sampled(1, 10, 1), Set.of(2), 8);
        assertThat(own.getManagedArrays()).hasSize(before);
    }
}
