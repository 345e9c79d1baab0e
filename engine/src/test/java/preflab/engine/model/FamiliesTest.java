package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/** Every family on a small random checkpoint in its own layout, against {@link PlainDecoder}. */
class FamiliesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIZES = "'vocab_size':23,'hidden_size':16,'intermediate_size':20,'num_hidden_layers':3,"
            + "'num_attention_heads':4,'max_position_embeddings':64,";
    private static final String LLAMA3 = "'rope_scaling':{'rope_type':'llama3','factor':8,'low_freq_factor':1,"
            + "'high_freq_factor':4,'original_max_position_embeddings':16}";

    @TempDir
    private Path temp;
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<String> configs() {
        return Stream.of(
                "'model_type':'llama'," + SIZES + "'num_key_value_heads':2,'attention_bias':true,'mlp_bias':true,"
                        + LLAMA3,
                "'model_type':'llama'," + SIZES + "'head_dim':6,'tie_word_embeddings':true,'rope_theta':500,"
                        + "'rope_scaling':{'rope_type':'linear','factor':2.5}",
                "'model_type':'mistral'," + SIZES + "'num_key_value_heads':1,'sliding_window':5",
                "'model_type':'smollm3'," + SIZES + "'num_key_value_heads':2,'no_rope_layer_interval':2,"
                        + "'tie_word_embeddings':true,'rope_theta':100",
                "'model_type':'qwen2'," + SIZES + "'num_key_value_heads':2,'use_sliding_window':true,"
                        + "'sliding_window':4,'max_window_layers':1,'tie_word_embeddings':true",
                "'model_type':'qwen3'," + SIZES + "'num_key_value_heads':2,'head_dim':6,'rope_theta':1000000",
                "'model_type':'gpt_neox'," + SIZES + "'rotary_pct':0.5,'use_parallel_residual':true,"
                        + "'hidden_act':'gelu'",
                "'model_type':'gpt_neox'," + SIZES + "'rotary_pct':1.0,'use_parallel_residual':false,"
                        + "'tie_word_embeddings':false",
                "'model_type':'gpt2','vocab_size':23,'n_embd':16,'n_head':4,'n_layer':2,'n_positions':64,'n_inner':null",
                "'model_type':'gemma'," + SIZES + "'num_key_value_heads':1,'head_dim':8,'hidden_act':'gelu'",
                "'model_type':'gemma2'," + SIZES + "'num_key_value_heads':2,'head_dim':8,'sliding_window':5,"
                        + "'query_pre_attn_scalar':24,'attn_logit_softcapping':1.5,'final_logit_softcapping':3.0",
                "'model_type':'gemma3_text'," + SIZES + "'num_key_value_heads':2,'head_dim':8,'sliding_window':4,"
                        + "'sliding_window_pattern':3,'query_pre_attn_scalar':12,'rope_theta':5000,"
                        + "'rope_local_base_freq':50,'rope_scaling':{'rope_type':'linear','factor':8.0}",
                "'model_type':'phi'," + SIZES + "'num_key_value_heads':4,'partial_rotary_factor':0.5,"
                        + "'hidden_act':'gelu_new','tie_word_embeddings':false",
                "'model_type':'phi3'," + SIZES + "'num_key_value_heads':2,'sliding_window':6,'rms_norm_eps':1e-5,"
                        + "'tie_word_embeddings':false");
    }

    /** A folder with that config, and weights large enough that every part of the computation shows. */
    private Path folder(String config) throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("config.json"), "{" + config.replace('\'', '"') + "}");
        ModelConfig read = ConfigFile.read(source.resolve("config.json"));
        SplittableRandom random = new SplittableRandom(5);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        read.parameterShapes().forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian(shape.dimension() == 1 ? 0.3 : 0, 0.4);
            }
            weights.put(name, manager.create(values, shape));
        });
        HfFolder.save(temp.resolve("model"), read, weights, source);
        return temp.resolve("model");
    }

    private static Map<String, double[]> plain(Policy policy) {
        Map<String, double[]> weights = new LinkedHashMap<>();
        policy.parameters().forEach(
                (name, p) -> weights.put(name, p.toType(DataType.FLOAT64, false).toDoubleArray()));
        return weights;
    }

    private static int[] tokens(int length, long seed) {
        return new SplittableRandom(seed).ints(length, 0, 23).toArray();
    }

    private double[] scores(Policy policy, int[] ids) {
        return Autograd.without(() -> Scopes.within(() -> TokenLogProbs.of(policy, manager.create(
                Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length)))
                .toType(DataType.FLOAT64, false).toDoubleArray()));
    }

    private static double[] expected(PlainDecoder decoder, int[] ids) {
        double[][] logits = decoder.logits(ids);
        double[] scores = new double[ids.length - 1];
        for (int t = 0; t < scores.length; t++) {
            double total = Arrays.stream(logits[t]).map(Math::exp).sum();
            scores[t] = logits[t][ids[t + 1]] - Math.log(total);
        }
        return scores;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void logProbsEqualThePlainComputation(String config) throws IOException {
        Path folder = folder(config);
        TransformerPolicy exact = TransformerPolicy.load(folder, manager, Precision.FLOAT64);
        JsonNode json = JSON.readTree(folder.resolve("config.json").toFile());
        PlainDecoder decoder = new PlainDecoder(json, plain(exact));
        for (int length : List.of(2, 17)) {
            double[] right = expected(decoder, tokens(length, 3));
            assertThat(Arrays.stream(right).allMatch(Double::isFinite)).isTrue();
            assertThat(scores(exact, tokens(length, 3))).containsExactly(right, within(1e-9));
            assertThat(scores(TransformerPolicy.load(folder, manager, Precision.FLOAT32), tokens(length, 3)))
                    .containsExactly(right, within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void greedyWithACacheEqualsComputingAnew(String config) throws IOException {
        TransformerPolicy policy = TransformerPolicy.load(folder(config), manager, Precision.FLOAT32);
        List<int[]> prompts = List.of(tokens(3, 1), tokens(11, 2), tokens(1, 3), tokens(7, 4));
        List<int[]> cached = Generator.generate(policy, prompts, SamplerSettings.greedy(20), Set.of(4), 3,
                Generator.Listener.NONE);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(cached.get(i)).as("prompt %d", i).isEqualTo(anew(policy, prompts.get(i)));
        }
    }

    private int[] anew(Policy policy, int[] prompt) {
        int[] all = prompt;
        for (int i = 0; i < 20; i++) {
            int[] now = all;
            int next = Autograd.without(() -> Scopes.within(() -> {
                NDArray ids = manager.create(Arrays.stream(now).asLongStream().toArray(), new Shape(1, now.length));
                NDArray logits = policy.logits(policy.hidden(ids)).reshape(now.length, 23);
                return (int) logits.argMax(-1).toLongArray()[now.length - 1];
            }));
            if (next == 4) {
                break;
            }
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = next;
        }
        return Arrays.copyOfRange(all, prompt.length, all.length);
    }

    private double loss(Policy policy, int[] ids, boolean backward) {
        NDArray tokens = manager.create(Arrays.stream(ids).asLongStream().toArray(), new Shape(1, ids.length));
        if (!backward) {
            return Arrays.stream(scores(policy, ids)).sum();
        }
        NDArray sum = Autograd.recording(() -> TokenLogProbs.of(policy, tokens).sum());
        Autograd.backward(sum);
        return sum.toDoubleArray()[0];
    }

    @ParameterizedTest
    @MethodSource("configs")
    void gradientsEqualCentralDifferences(String config) throws IOException {
        TransformerPolicy policy = TransformerPolicy.load(folder(config), manager, Precision.FLOAT64);
        int[] ids = tokens(9, 6);
        policy.setTrainable(true);
        loss(policy, ids, true);
        Map<String, double[]> gradients = new LinkedHashMap<>();
        policy.parameters().forEach((name, p) -> gradients.put(name, p.getGradient().toDoubleArray()));
        policy.setTrainable(false);
        SplittableRandom random = new SplittableRandom(6);
        policy.parameters().forEach((name, p) -> {
            int at = random.nextInt((int) p.size());
            double difference = (shifted(policy, ids, p, at, 1e-5) - shifted(policy, ids, p, at, -1e-5)) / 2e-5;
            assertThat(gradients.get(name)[at]).as("%s[%d]", name, at).isCloseTo(difference, within(1e-5));
            // a bias that all keys share falls out of the softmax
            if (!name.contains("k_proj.bias")) {
                assertThat(Arrays.stream(gradients.get(name)).map(Math::abs).max().orElse(0)).as(name)
                        .isGreaterThan(1e-8);
            }
        });
    }

    private double shifted(Policy policy, int[] ids, NDArray parameter, int at, double by) {
        double[] values = parameter.toDoubleArray();
        values[at] += by;
        parameter.set(values);
        double value = loss(policy, ids, false);
        values[at] -= by;
        parameter.set(values);
        return value;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void whatIsSavedIsReadBackWithItsOwnConfig(String config) throws IOException {
        TransformerPolicy policy = TransformerPolicy.load(folder(config), manager, Precision.FLOAT32);
        policy.save(temp.resolve("again"), temp.resolve("model"));
        TransformerPolicy again = TransformerPolicy.load(temp.resolve("again"), manager, Precision.FLOAT32);
        assertThat(again.config()).isEqualTo(policy.config());
        assertThat(scores(again, tokens(9, 7))).isEqualTo(scores(policy, tokens(9, 7)));
        JsonNode written = JSON.readTree(temp.resolve("again/config.json").toFile());
        assertThat(written.get("torch_dtype").asText()).isEqualTo("float32");
        ((ObjectNode) written).remove("torch_dtype");
        assertThat((Object) written).isEqualTo(JSON.readTree("{" + config.replace('\'', '"') + "}"));
    }

    @Test
    void namesWithoutTheModelsPrefixAndStoredMasksAreRead() throws IOException {
        Path folder = folder(configs().filter(c -> c.contains("gpt2")).findFirst().orElseThrow());
        TransformerPolicy policy = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        Map<String, NDArray> bare = new LinkedHashMap<>();
        policy.parameters().forEach((name, p) -> bare.put(name.replace("transformer.", ""), p));
        bare.put("h.0.attn.bias", manager.ones(new Shape(1, 1, 64, 64)));
        bare.put("h.0.attn.masked_bias", manager.create(-1e4f));
        SafeTensors.write(folder.resolve("model.safetensors"), bare);
        TransformerPolicy again = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        assertThat(scores(again, tokens(9, 7))).isEqualTo(scores(policy, tokens(9, 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'model_type':'mixtral'|model_type \"mixtral\" is not supported",
            "'model_type':'llama','hidden_act':'relu'|hidden_act \"relu\" is not supported",
            "'model_type':'llama','rope_scaling':{'rope_type':'yarn','factor':4}|rope_scaling of type \"yarn\"",
            "'model_type':'phi3','rope_scaling':{'type':'longrope'}|rope_scaling of type \"longrope\"",
            "'model_type':'llama','rope_scaling':{'rope_type':'linear'}|rope_scaling needs factor above 0",
            "'model_type':'gpt2','n_embd':16,'n_head':4,'scale_attn_weights':false|scale_attn_weights false",
            "'model_type':'phi','qk_layernorm':true|qk_layernorm true", "'model_type':'gemma3'|model_type \"gemma3\"",
            "'model_type':'gemma2','hidden_activation':'relu'|hidden_activation \"relu\"",
            "'model_type':'qwen3','layer_types':['linear_attention'],'use_sliding_window':true"
                    + "|layer_types with \"linear_attention\""})
    void whatIsNotComputedIsRefusedByName(String each) throws IOException {
        String[] parts = each.split("\\|", 2);
        Path file = temp.resolve("config.json");
        Files.writeString(file, "{" + (SIZES + parts[0]).replace('\'', '"') + "}");
        assertThatThrownBy(() -> ConfigFile.read(file)).isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + ": ").hasMessageContaining(parts[1]);
    }
}
