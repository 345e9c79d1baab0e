package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.engine.SharedFolder;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/** A trained checkpoint against numbers computed elsewhere in float64. */
class StoriesReferenceTest {

    private static final String FOLDER = "data/models/stories260k";
    private static JsonNode reference;
    private static NDManager manager;
    private static TransformerPolicy policy;
    private static TextTokenizer tokenizer;

    @BeforeAll
    static void load() {
        reference = SharedFolder.json(FOLDER + "/reference.json");
        manager = Torch.newManager();
        policy = TransformerPolicy.load(SharedFolder.require(FOLDER), manager, Precision.FLOAT32);
        tokenizer = TextTokenizer.load(SharedFolder.require(FOLDER));
    }

    @AfterAll
    static void close() {
        if (manager != null) {
            manager.close();
            tokenizer.close();
        }
    }

    @Test
    void tokenLogProbsAgreeWithin1eMinus4() {
        for (JsonNode text : reference.get("references")) {
            assertThat(tokenizer.encode(text.get("text").asText(), true)).isEqualTo(SharedFolder.ints(text.get("ids")));
            double[] logProbs = logProbs(SharedFolder.ints(text.get("ids")));
            for (int t = 0; t < logProbs.length; t++) {
                assertThat(logProbs[t]).isCloseTo(text.get("token_logprobs").get(t).asDouble(), within(1e-4));
            }
            assertThat(Arrays.stream(logProbs).sum()).isCloseTo(text.get("sum_logprob").asDouble(), within(1e-3));
        }
    }

    private static double[] logProbs(int[] ids) {
        return Autograd.without(() -> Scopes.within(() -> {
            NDArray tokens = manager.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length));
            return TokenLogProbs.of(policy, tokens).toType(DataType.FLOAT64, true).toDoubleArray();
        }));
    }

    @Test
    void logitsOfEveryPositionAgree() {
        for (JsonNode text : reference.get("references")) {
            if (!text.has("logits_all")) {
                continue;
            }
            int[] ids = SharedFolder.ints(text.get("ids"));
            float[] logits = Autograd.without(() -> Scopes.within(() -> policy.logits(policy.hidden(
                    manager.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length))))
                    .toFloatArray()));
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) logits[i]).isCloseTo(text.get("logits_all").get(i / 512).get(i % 512).asDouble(),
                        within(1e-4));
            }
        }
    }

    @Test
    void float64ReachesTheReferencesLastDigit() {
        try (TransformerPolicy exact = TransformerPolicy.load(SharedFolder.require(FOLDER), manager,
                Precision.FLOAT64)) {
            for (JsonNode text : reference.get("references")) {
                int[] ids = SharedFolder.ints(text.get("ids"));
                double[] logProbs = Autograd.without(() -> Scopes.within(() -> TokenLogProbs.of(exact,
                        manager.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length)))
                        .toDoubleArray()));
                for (int t = 0; t < logProbs.length; t++) { // printed with seven decimals
                    assertThat(logProbs[t]).isCloseTo(text.get("token_logprobs").get(t).asDouble(), within(2e-7));
                }
            }
        }
    }

    /** All its products are narrower than those that bfloat16 rounds, so that this is float32 throughout. */
    @Test
    void bfloat16TokenLogProbsAgreeWithin2eMinus2() {
        try (TransformerPolicy half = TransformerPolicy.load(SharedFolder.require(FOLDER), manager,
                Precision.BFLOAT16)) {
            for (JsonNode text : reference.get("references")) {
                int[] ids = SharedFolder.ints(text.get("ids"));
                double[] logProbs = Autograd.without(() -> Scopes.within(() -> TokenLogProbs.of(half,
                        manager.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length)))
                        .toType(DataType.FLOAT64, true).toDoubleArray()));
                for (int t = 0; t < logProbs.length; t++) {
                    assertThat(logProbs[t]).isCloseTo(text.get("token_logprobs").get(t).asDouble(), within(2e-2));
                }
            }
        }
    }

    @Test
    void completionsOfPairsScoreAsTheReferenceDoes() {
        for (JsonNode pair : reference.get("pair_logprobs")) {
            for (String side : List.of("chosen", "rejected")) {
                JsonNode row = pair.get(side);
                Encoded encoded = tokenizer.encode(Content.of(row.get("prompt").asText()),
                        Content.of(row.get("completion").asText()));
                assertThat(encoded.promptIds()).isEqualTo(SharedFolder.ints(row.get("prompt_ids")));
                int[] completion = SharedFolder.ints(row.get("completion_ids"));
                assertThat(Arrays.copyOf(encoded.completionIds(), completion.length)).isEqualTo(completion);
                assertThat(encoded.completionIds()).hasSize(completion.length + 1).endsWith(tokenizer.eosId());
                double[] scores = TokenLogProbs.ofCompletions(policy, List.of(encoded)).getFirst();
                assertThat(Arrays.stream(scores, 0, completion.length).sum())
                        .isCloseTo(row.get("completion_logprob").asDouble(), within(1e-3));
            }
        }
    }

    @Test
    void greedyTextsAreExact() {
        JsonNode fromBos = reference.get("greedy_bos_200");
        checkGreedy(fromBos, new int[]{tokenizer.bosId()});
        for (JsonNode greedy : reference.get("greedy")) {
            checkGreedy(greedy, tokenizer.encodePrompt(Content.of(greedy.get("prompt").asText())));
        }
    }

    private static void checkGreedy(JsonNode greedy, int[] prompt) {
        int[] expected = SharedFolder.ints(greedy.get("ids"));
        int[] generated = Generator.generate(policy, List.of(prompt),
                SamplerSettings.greedy(greedy.get("max_new_tokens").asInt()), Set.of(), 1, Generator.Listener.NONE)
                .getFirst();
        int[] whole = Arrays.copyOf(prompt, prompt.length + generated.length);
        System.arraycopy(generated, 0, whole, prompt.length, generated.length);
        assertThat(whole).isEqualTo(expected);
        String text = greedy.get("text").asText();
        assertThat(tokenizer.decode(whole)).isEqualTo(text);
        assertThat(tokenizer.decode(prompt) + tokenizer.decodeContinuation(prompt, generated)).isEqualTo(text);
    }
}
