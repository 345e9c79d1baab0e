package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.SharedFolder;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Torch;
import preflab.engine.tensor.TorchType;

class HfFolderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;
    private NDManager manager;
    private Path folder;
    private TransformerPolicy policy;

    @BeforeEach
    void save() throws IOException {
        manager = Torch.newManager();
        policy = TransformerPolicy.random(TinyModels.config(false), 1, manager);
        Path tokenizer = temp.resolve("tokenizer.json");
        Files.writeString(tokenizer, "{\"version\":\"1.0\"}");
        folder = temp.resolve("model");
        policy.save(folder, tokenizer);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> TransformerPolicy.load(folder, manager, Precision.FLOAT32))
                .isInstanceOf(ModelException.class).message().contains(words).doesNotContain("\n");
    }

    private void changeConfig(String key, Object value) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        json.set(key, JSON.valueToTree(value));
        JSON.writeValue(file.toFile(), json);
    }

    @Test
    void whatIsWrittenIsReadBackExactly() throws IOException {
        TransformerPolicy again = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        assertThat(again.config()).isEqualTo(policy.config());
        assertThat(again.parameters().keySet()).containsExactlyElementsOf(policy.parameters().keySet());
        policy.parameters().forEach(
                (name, p) -> assertThat(again.parameters().get(name).toFloatArray()).isEqualTo(p.toFloatArray()));
        assertThat(folder.resolve("tokenizer.json")).hasContent("{\"version\":\"1.0\"}");
        try (var files = Files.list(temp)) {
            assertThat(files).extracting(f -> f.getFileName().toString()).containsExactlyInAnyOrder("model",
                    "tokenizer.json");
        }
    }

    @Test
    void theHeaderIsExact() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        assertThat(length % 8).isZero();
        JsonNode header = JSON.readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        assertThat(header.path("__metadata__").path("format").asText()).isEqualTo("pt");
        JsonNode query = header.path("model.layers.0.self_attn.q_proj.weight");
        assertThat(query.path("dtype").asText()).isEqualTo("F32");
        assertThat(query.path("shape").toString()).isEqualTo("[16,16]");
        int begin = query.path("data_offsets").path(0).asInt();
        assertThat(query.path("data_offsets").path(1).asInt() - begin).isEqualTo(16 * 16 * 4);
        float first = policy.parameters().get("model.layers.0.self_attn.q_proj.weight").toFloatArray()[0];
        assertThat(bytes.getFloat(8 + length + begin)).isEqualTo(first);
        assertThat((long) bytes.capacity()).isEqualTo(8 + length + 4 * policy.config().parameterCount());
    }

    @Test
    void savingAgainReplacesAModelButNothingElse() throws IOException {
        TransformerPolicy other = TransformerPolicy.random(TinyModels.config(false), 2, manager);
        String before = HfFolder.sha256(folder);
        other.save(folder, temp.resolve("tokenizer.json"));
        assertThat(HfFolder.sha256(folder)).isNotEqualTo(before).hasSize(64);
        Path precious = Files.createDirectory(temp.resolve("precious"));
        Files.writeString(precious.resolve("thesis.txt"), "x");
        assertThatThrownBy(() -> other.save(precious, temp.resolve("tokenizer.json")))
                .isInstanceOf(ModelException.class).hasMessageContaining("not overwritten");
        assertThat(precious.resolve("thesis.txt")).exists();
    }

    @Test
    void aModelLeftAsideByACrashIsPutBackBeforeTheNextIsWritten() throws IOException {
        Files.move(folder, temp.resolve("model.old")); // as between the two renames
        assertThatThrownBy(() -> policy.save(folder, temp.resolve("no-such-tokenizer.json")))
                .isInstanceOf(ModelException.class).hasMessageContaining("no-such-tokenizer.json");
        assertThat(HfFolder.open(folder).config()).isEqualTo(policy.config());
    }

    @Test
    void sha256IsTheFilesOwn() {
        // as sha256sum prints it
        assertThat(HfFolder.sha256(SharedFolder.require("data/models/stories260k")))
                .isEqualTo("407a7c581bdd66972383ce9ad24857713fb98786d06ea564a2fe9b34ebe77dfd");
    }

    @Test
    void halfTypesAreReadAsFloat32() {
        Map<String, NDArray> weights = new LinkedHashMap<>(policy.parameters());
        SafeTensors.write(folder.resolve("model.safetensors"), weights);
        weights.replaceAll((name, w) -> Kernels.cast(w, TorchType.FLOAT16));
        SafeTensors.write(folder.resolve("model.safetensors"), weights);
        assertReadsCloseTo(1e-4);
    }

    @Test
    void bfloat16IsReadAsFloat32() throws IOException {
        writeBfloat16();
        assertReadsCloseTo(5e-4);
    }

    private void assertReadsCloseTo(double error) {
        TransformerPolicy read = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        policy.parameters().forEach((name, p) -> {
            NDArray found = read.parameters().get(name);
            assertThat(found.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(found.getShape()).isEqualTo(p.getShape());
            assertThat(found.sub(p).abs().max().getFloat()).as(name).isLessThan((float) error);
        });
        assertThat(TransformerPolicy.load(folder, manager, Precision.FLOAT64).parameters().values())
                .allMatch(p -> p.getDataType() == DataType.FLOAT64);
    }

    /** The upper half of each float32, which is bfloat16 rounded towards zero. */
    private void writeBfloat16() throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ByteBuffer data = ByteBuffer.allocate((int) policy.config().parameterCount() * 2)
                .order(ByteOrder.LITTLE_ENDIAN);
        policy.parameters().forEach((name, p) -> {
            ObjectNode entry = header.putObject(name).put("dtype", "BF16");
            for (long size : p.getShape().getShape()) {
                entry.withArray("shape").add(size);
            }
            entry.putArray("data_offsets").add(data.position()).add(data.position() + 2 * p.size());
            for (float f : p.toFloatArray()) {
                data.putShort((short) (Float.floatToRawIntBits(f) >>> 16));
            }
        });
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8); // of any length: readers must not assume 8·n
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(text.length).put(text).put(data.flip());
        Files.write(folder.resolve("model.safetensors"), all.array());
    }

    @Test
    void otherFamiliesAreRefusedByName() throws IOException {
        changeConfig("model_type", "mamba");
        refused("model_type \"mamba\" is not supported", "llama");
    }

    @Test
    void whatIsNotComputedIsRefusedByName() throws IOException {
        changeConfig("rope_scaling", Map.of("rope_type", "dynamic", "factor", 8));
        refused("rope_scaling of type \"dynamic\"");
        changeConfig("rope_scaling", null);
        changeConfig("attention_bias", true);
        refused("lacks model.layers.0.self_attn.q_proj.bias");
        changeConfig("attention_bias", false);
        changeConfig("model_type", "mistral");
        changeConfig("max_position_embeddings", 8192); // without a word on sliding_window it is 4096
        assertThat(HfFolder.open(folder).config().architecture().attention().window(0)).isEqualTo(4096);
        changeConfig("sliding_window", null);
        assertThat(HfFolder.open(folder).config().maxPositions()).isEqualTo(8192);
        changeConfig("num_key_value_heads", 3);
        refused("num_attention_heads 4 must be a multiple of num_key_value_heads 3");
    }

    @Test
    void picklesShardsAndMissingFilesAreRefusedByName() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        refused("has no model.safetensors");
        Files.writeString(folder.resolve("pytorch_model.bin"), "");
        refused("pytorch_model.bin is a pickle");
        Files.delete(folder.resolve("config.json"));
        refused("has no config.json");
        folder = temp.resolve("nowhere");
        refused("does not exist");
    }

    /** Every second array in a file of its own kind, as large models are published. */
    private ObjectNode shard() throws IOException {
        ObjectNode index = JSON.createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        List<Map<String, NDArray>> shards = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
        policy.parameters().forEach((name, array) -> {
            int shard = map.size() % 2;
            map.put(name, shardName(shard));
            shards.get(shard).put(name, array);
        });
        for (int i = 0; i < 2; i++) {
            SafeTensors.write(folder.resolve(shardName(i)), shards.get(i));
        }
        Files.delete(folder.resolve("model.safetensors"));
        writeIndex(index);
        return index;
    }

    private static String shardName(int shard) {
        return "model-0000" + (shard + 1) + "-of-00002.safetensors";
    }

    private void writeIndex(ObjectNode index) throws IOException {
        JSON.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
    }

    @Test
    void weightsInShardsAreTheSameModel() throws IOException {
        shard();
        TransformerPolicy again = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        assertThat(again.parameters().keySet()).containsExactlyElementsOf(policy.parameters().keySet());
        policy.parameters().forEach(
                (name, p) -> assertThat(again.parameters().get(name).toFloatArray()).isEqualTo(p.toFloatArray()));
        String before = HfFolder.sha256(folder);
        Path second = folder.resolve(shardName(1));
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 1] ^= 1;
        Files.write(second, bytes);
        assertThat(HfFolder.sha256(folder)).isNotEqualTo(before).hasSize(64);
    }

    @Test
    void largeModelsAreWrittenInShardsWithAnIndex() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        WeightFiles.write(folder, policy.parameters(), 4_000);
        JsonNode index = JSON.readTree(folder.resolve("model.safetensors.index.json").toFile());
        assertThat(index.path("metadata").path("total_size").asLong())
                .isEqualTo(4 * policy.config().parameterCount());
        assertThat(index.path("weight_map")).hasSize(policy.parameters().size());
        long shards;
        try (var files = Files.list(folder)) {
            shards = files.filter(f -> f.getFileName().toString().matches("model-\\d{5}-of-\\d{5}.safetensors"))
                    .count();
        }
        assertThat(shards).isGreaterThan(3);
        TransformerPolicy again = TransformerPolicy.load(folder, manager, Precision.FLOAT32);
        policy.parameters().forEach(
                (name, p) -> assertThat(again.parameters().get(name).toFloatArray()).isEqualTo(p.toFloatArray()));
    }

    @Test
    void anIndexThatDisagreesWithItsShardsIsRefusedByName() throws IOException {
        ObjectNode index = shard();
        ObjectNode map = (ObjectNode) index.get("weight_map");
        map.put("model.norm.weight", "../model-00001-of-00002.safetensors");
        writeIndex(index);
        refused("names \"../model-00001-of-00002.safetensors\"", "beside it");
        map.put("model.norm.weight", "pytorch_model.bin");
        writeIndex(index);
        refused("pytorch_model.bin", "beside it");
        map.put("model.norm.weight", "model-00003-of-00002.safetensors");
        writeIndex(index);
        refused("model-00003-of-00002.safetensors", "missing");
        map.remove("model.norm.weight");
        writeIndex(index);
        refused("does not place model.norm.weight in model-0000");
        map.put("model.norm.bias", shardName(0));
        writeIndex(index);
        refused("places model.norm.bias in " + shardName(0), "lacks it");
        writeIndex(JSON.createObjectNode());
        refused("has no weight_map");
    }

    @Test
    void damagedWeightsAreRefusedBeforeMemoryIsSpent() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 4));
        refused("damaged or cut short", "lm_head.weight");
        Files.writeString(file, "this is no safetensors file at all");
        refused("no safetensors file");
        Files.write(file, new byte[3]);
        refused("cut short");
    }

    @Test
    void missingAndMisshapenWeightsAreNamed() throws IOException {
        changeConfig("intermediate_size", 25);
        refused("mlp.gate_proj.weight has shape (24, 16)", "(25, 16)");
        changeConfig("intermediate_size", 24);
        changeConfig("num_hidden_layers", 3);
        refused("lacks model.layers.2.input_layernorm.weight");
        changeConfig("num_hidden_layers", 1);
        refused("holds model.layers.1", "does not have");
    }

    @Test
    void quantizedWeightsAreRefusedByType() {
        Map<String, NDArray> weights = new LinkedHashMap<>(policy.parameters());
        weights.put("model.norm.weight", manager.zeros(new Shape(16), DataType.INT8));
        SafeTensors.write(folder.resolve("model.safetensors"), weights);
        refused("model.norm.weight has type I8", "F32");
    }
}
