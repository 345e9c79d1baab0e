package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

class LoraTest {

    private static final LoraSettings SETTINGS = new LoraSettings(3, 6, 0, LoraSettings.ALL);

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

    private NDArray ids(long seed) {
        return manager.create(new SplittableRandom(seed).longs(18, 0, 23).toArray(), new Shape(2, 9));
    }

    private static double[] scores(Policy policy, NDArray ids) {
        return Autograd.without(() -> Scopes.within(
                () -> TokenLogProbs.of(policy, ids).toType(DataType.FLOAT64, false).toDoubleArray()));
    }

    /** An adapter that has learned something: B is not zero any more. */
    private TransformerPolicy adapted(TransformerPolicy base, LoraSettings settings, Precision precision) {
        LoraAdapter adapter = LoraAdapter.random(base.config(), settings, 5, manager, precision);
        SplittableRandom random = new SplittableRandom(9);
        adapter.parameters().forEach((name, array) -> {
            float[] values = new float[(int) array.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian(0, 0.2);
            }
            array.set(values);
        });
        return base.adapted(adapter);
    }

    @Test
    void anAdapterThatHasLearnedNothingChangesNothing() {
        TransformerPolicy base = TinyModels.lively(3, manager, Precision.FLOAT32);
        LoraAdapter fresh = LoraAdapter.random(base.config(), SETTINGS, 5, manager, Precision.FLOAT32);
        assertThat(scores(base.adapted(fresh), ids(1))).containsExactly(scores(base, ids(1)));
        float[] a = fresh.parameters().get("model.layers.0.mlp.down_proj.lora_A.weight").toFloatArray();
        assertThat(a).hasSize(3 * 24);
        for (float value : a) {
            assertThat(Math.abs(value)).isLessThan((float) (1 / Math.sqrt(24)));
        }
    }

    @Test
    void itAddsAlphaOverRankTimesBTimesA() {
        TransformerPolicy base = TinyModels.lively(3, manager, Precision.FLOAT64);
        TransformerPolicy policy = adapted(base, new LoraSettings(2, 6, 0, "q_proj"), Precision.FLOAT64);
        assertThat(policy.trainable()).hasSize(4).containsKeys("model.layers.0.self_attn.q_proj.lora_A.weight",
                "model.layers.1.self_attn.q_proj.lora_B.weight");
        for (int layer = 0; layer < 2; layer++) {
            String module = "model.layers." + layer + ".self_attn.q_proj";
            double[] w = base.parameters().get(module + ".weight").toDoubleArray();
            double[] a = policy.trainable().get(module + ".lora_A.weight").toDoubleArray();
            double[] b = policy.trainable().get(module + ".lora_B.weight").toDoubleArray();
            double[] merged = policy.adapter().orElseThrow().merged(policy.parameters()).get(module + ".weight")
                    .toDoubleArray();
            for (int i = 0; i < 16; i++) {
                for (int j = 0; j < 16; j++) {
                    double expected = w[16 * i + j] + 3 * (b[2 * i] * a[j] + b[2 * i + 1] * a[16 + j]);
                    assertThat(merged[16 * i + j]).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void gradientsOfAAndBEqualCentralDifferencesAndTheWeightsHaveNone() {
        TransformerPolicy policy = adapted(TinyModels.lively(3, manager, Precision.FLOAT64), SETTINGS,
                Precision.FLOAT64);
        policy.setTrainable(true);
        NDArray ids = ids(2);
        Autograd.backward(Autograd.recording(() -> TokenLogProbs.of(policy, ids).sum()));
        Map<String, double[]> gradients = new LinkedHashMap<>();
        policy.trainable().forEach((name, p) -> gradients.put(name, p.getGradient().toDoubleArray()));
        assertThat(policy.parameters().values()).noneMatch(NDArray::hasGradient);
        policy.setTrainable(false);
        policy.trainable().forEach((name, p) -> {
            double[] values = p.toDoubleArray();
            for (int at : new int[]{0, values.length / 2, values.length - 1}) {
                double difference = (shifted(policy, ids, p, at, 1e-5) - shifted(policy, ids, p, at, -1e-5)) / 2e-5;
                assertThat(gradients.get(name)[at]).as("%s[%d]", name, at)
                        .isCloseTo(difference, within(1e-5 + 1e-6 * Math.abs(difference)));
            }
        });
    }

    private static double shifted(Policy policy, NDArray ids, NDArray parameter, int at, double by) {
        double[] values = parameter.toDoubleArray();
        values[at] += by;
        parameter.set(values);
        double sum = Arrays.stream(scores(policy, ids)).sum();
        values[at] -= by;
        parameter.set(values);
        return sum;
    }

    /** A model folder of a family, in float32. */
    private TransformerPolicy model(String config) throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("config.json"), "{" + config.replace('\'', '"') + "}");
        TransformerPolicy random = TransformerPolicy.random(ConfigFile.read(source.resolve("config.json")), 4, manager);
        random.save(temp.resolve("model"), source);
        return TransformerPolicy.load(temp.resolve("model"), manager, Precision.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("preflab.engine.model.FamiliesTest#configs")
    void mergedAndExportedItReloadsToTheSameLogProbs(String config) throws IOException {
        TransformerPolicy base = model(config);
        TransformerPolicy policy = adapted(base, SETTINGS, Precision.FLOAT32);
        double[] before = scores(policy, ids(3));
        assertThat(furthest(before, scores(base, ids(3)))).isGreaterThan(1e-3);
        policy.save(temp.resolve("merged"), temp.resolve("model"));
        try (TransformerPolicy merged = TransformerPolicy.load(temp.resolve("merged"), manager, Precision.FLOAT32)) {
            assertThat(scores(merged, ids(3))).containsExactly(before, within(1e-5));
        }
    }

    private static double furthest(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("preflab.engine.model.FamiliesTest#configs")
    void writtenInPeftsLayoutItIsReadBackBitByBit(String config) throws IOException {
        TransformerPolicy base = model(config);
        TransformerPolicy policy = adapted(base, SETTINGS, Precision.FLOAT32);
        Path folder = temp.resolve("adapter");
        PeftFolder.write(folder, policy.adapter().orElseThrow(), "some/model");
        LoraAdapter read = PeftFolder.read(folder, base.config(), manager, Precision.FLOAT32);
        assertThat(scores(base.adapted(read), ids(3))).containsExactly(scores(policy, ids(3)));
        assertThat(SafeTensors.open(folder.resolve("adapter_model.safetensors")).entries().keySet())
                .allMatch(name -> name.matches("base_model\\.model\\..*\\.lora_[AB]\\.weight"));
        assertThat(ConfigFile.parse(folder.resolve("adapter_config.json")).path("fan_in_fan_out").asBoolean())
                .isEqualTo(config.contains("'gpt2'"));
    }

    @Test
    void whatOtherAdaptersHaveIsRefusedByName() throws IOException {
        TransformerPolicy policy = adapted(TinyModels.lively(3, manager, Precision.FLOAT32), SETTINGS,
                Precision.FLOAT32);
        Path folder = temp.resolve("adapter");
        PeftFolder.write(folder, policy.adapter().orElseThrow(), "some/model");
        String good = Files.readString(folder.resolve("adapter_config.json"));
        for (String[] change : new String[][]{{"\"LORA\"", "\"LOHA\"", "peft_type \"LOHA\""},
                {"\"use_dora\" : false", "\"use_dora\" : true", "use_dora true"},
                {"\"modules_to_save\" : null", "\"modules_to_save\" : [\"lm_head\"]", "modules_to_save"},
                {"\"r\" : 3", "\"r\" : 4", "has shape (3, 16), the model calls for (4, 16)"}}) {
            Files.writeString(folder.resolve("adapter_config.json"), good.replace(change[0], change[1]));
            assertThatThrownBy(() -> PeftFolder.read(folder, policy.config(), manager, Precision.FLOAT32))
                    .isInstanceOf(ModelException.class).hasMessageContaining(change[2]);
        }
        Files.writeString(folder.resolve("adapter_config.json"), good.replace("\"q_proj\",", ""));
        assertThatThrownBy(() -> PeftFolder.read(folder, policy.config(), manager, Precision.FLOAT32))
                .hasMessageContaining("q_proj.lora_A.weight, which belongs to no adapted matrix");
        assertThatThrownBy(() -> new LoraSettings(2, 1, 0, "q_proj, o_porj").modules(policy.config()))
                .hasMessageContaining("has no \"o_porj\"").hasMessageContaining("o_proj");
    }

    @Test
    void dropoutIsTheSameForTheSamePassAndOffOutsideOfTraining() {
        TransformerPolicy policy = adapted(TinyModels.lively(3, manager, Precision.FLOAT32),
                new LoraSettings(3, 6, 0.4, LoraSettings.ALL), Precision.FLOAT32);
        LoraAdapter adapter = policy.adapter().orElseThrow();
        double[] without = scores(policy, ids(4));
        adapter.startDropping(11);
        double[] dropped = scores(policy, ids(4));
        scores(policy, ids(5));
        assertThat(scores(policy, ids(4))).containsExactly(dropped).isNotEqualTo(without);
        adapter.startDropping(12);
        assertThat(scores(policy, ids(4))).isNotEqualTo(dropped);
        adapter.stopDropping();
        assertThat(scores(policy, ids(4))).containsExactly(without);
    }

    @Test
    void whatItGeneratesIsWhatTheMergedModelGenerates() {
        TransformerPolicy policy = adapted(TinyModels.lively(3, manager, Precision.FLOAT32), SETTINGS,
                Precision.FLOAT32);
        policy.save(temp.resolve("merged"), temp);
        try (TransformerPolicy merged = TransformerPolicy.load(temp.resolve("merged"), manager, Precision.FLOAT32)) {
            List<int[]> prompts = List.of(new int[]{3, 4, 5}, new int[]{7});
            assertThat(generated(policy, prompts)).isDeepEqualTo(generated(merged, prompts));
        }
    }

    private static int[][] generated(Policy policy, List<int[]> prompts) {
        return Generator.generate(policy, prompts, SamplerSettings.greedy(12), Set.of(), 2, Generator.Listener.NONE)
                .toArray(int[][]::new);
    }
}
