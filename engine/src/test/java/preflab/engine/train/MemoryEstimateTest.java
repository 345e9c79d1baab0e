package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.model.LayerMemory;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.Precision;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Machine;
import preflab.engine.tensor.Torch;

/** Each configuration is trained in a process of its own, as runs are; its peak is what the system counted. */
class MemoryEstimateTest {

    private static final Source SOURCE = new Source("long", 1);

    @TempDir
    Path folder;

    private static MemoryEstimate estimate(ModelConfig config, String objective, Map<String, String> settings) {
        Needs needs = Objectives.find(objective).orElseThrow().defaultNeeds();
        RowLengths rows = new RowLengths(Collections.nCopies(8, new RowLengths.Length(2, 101, 150)),
                RowLengths.Length.NONE, 8, 8, 0);
        MemoryEstimate.Subject subject = new MemoryEstimate.Subject(config, config.parameterCount(), false, needs, rows,
                0);
        return MemoryEstimate.of(subject, ParamValues.parse(TrainSettings.ALL, settings));
    }

    /** Llama with V 48, D 32, F 64, 2 layers, 4 heads of 8, 2 key-value heads; tied. */
    @Test
    void whatStaysIsCountedFromTheShapes() {
        long layer = 32 * 32 + 2 * 16 * 32 + 32 * 32 + 3 * 32 * 64 + 2 * 32;
        long parameters = 48 * 32 + 2 * layer + 32;
        MemoryEstimate whole = estimate(Tiny.CONFIG, "dpo", Map.of());
        assertThat(whole.of(MemoryEstimate.Part.WEIGHTS)).isEqualTo(4 * parameters);
        assertThat(whole.of(MemoryEstimate.Part.FROZEN)).isEqualTo(4 * parameters);
        assertThat(whole.of(MemoryEstimate.Part.GRADIENTS)).isEqualTo(4 * parameters);
        assertThat(whole.of(MemoryEstimate.Part.OPTIMIZER)).isEqualTo(8 * parameters);
        assertThat(estimate(Tiny.CONFIG, "sft", Map.of()).of(MemoryEstimate.Part.FROZEN)).isZero();

        long adapter = 2 * 3 * (32 + 32 + 2 * (32 + 16) + 32 + 32 + 3 * (32 + 64)); // A and B of rank 3
        MemoryEstimate lora = estimate(Tiny.CONFIG, "dpo", Map.of("lora.rank", "3"));
        assertThat(lora.of(MemoryEstimate.Part.WEIGHTS)).isEqualTo(4 * (parameters + adapter));
        assertThat(lora.of(MemoryEstimate.Part.FROZEN)).isZero();
        assertThat(lora.of(MemoryEstimate.Part.OPTIMIZER)).isEqualTo(8 * adapter);
    }

    /** Eight pairs of 100 inputs, of which four pairs are 800 tokens. */
    @Test
    void aLayerKeepsWhatItsOperationsSave() {
        double perToken = 4 * (32 + 32 + 32 // read, normed, and read by queries, keys and values
                + 3 * 32 + 4 // turned queries, repeated keys and values, sums of scores
                + 32 // the result, which the output reads
                + 32 + 32 + 32 // between, normed, and read by gate and up
                + 3 * 64 + 64); // gate, silu, up, and what down reads
        assertThat(LayerMemory.of(Tiny.CONFIG, Precision.FLOAT32, Optional.empty()).keptPerToken())
                .isEqualTo(perToken);
        long four = estimate(Tiny.CONFIG, "dpo", Map.of("training.batch_size", "4"))
                .of(MemoryEstimate.Part.ACTIVATIONS);
        long eight = estimate(Tiny.CONFIG, "dpo", Map.of()).of(MemoryEstimate.Part.ACTIVATIONS);
        assertThat(eight).isCloseTo(2 * four, within(2L));
        assertThat(four).isGreaterThan((long) (2 * perToken * 800));
    }

    @Test
    void eachSavingIsNamedWithTheMemoryThatIsNeededThen() {
        ModelConfig large = new ModelConfig("llama", 32_000, 2048, 5632, 22, 32, 4, 64, 2048, 1e-5, 10_000, false, 1,
                2);
        Needs needs = Objectives.find("dpo").orElseThrow().defaultNeeds();
        RowLengths rows = new RowLengths(Collections.nCopies(64, new RowLengths.Length(2, 1000, 1500)),
                RowLengths.Length.NONE, 64, 64, 0);
        MemoryEstimate.Subject subject = new MemoryEstimate.Subject(large, large.parameterCount(), false, needs, rows,
                0);
        ParamValues settings = ParamValues.parse(TrainSettings.ALL, Map.of("data.max_length", "1024"));
        long now = MemoryEstimate.of(subject, settings).peak();
        List<MemorySaving> savings = MemorySaving.of(subject, settings, 64L << 30);
        assertThat(savings).extracting(saving -> saving.change().keySet()).containsExactlyInAnyOrder(
                Set.of("training.batch_size", "training.gradient_accumulation_steps"), Set.of("compute.recompute"),
                Set.of("data.max_length"), Set.of("lora.rank"));
        assertThat(savings).allSatisfy(saving -> assertThat(saving.peak()).isLessThan(now));
        assertThat(savings).isSortedAccordingTo(Comparator.comparingLong(MemorySaving::peak));
        Map<String, String> batch = savings.stream().map(MemorySaving::change)
                .filter(change -> change.containsKey("training.batch_size")).findFirst().orElseThrow();
        assertThat(Integer.parseInt(batch.get("training.batch_size"))
                * Integer.parseInt(batch.get("training.gradient_accumulation_steps"))).isEqualTo(32);
    }

    @Test
    void aStepIsMeasuredOnTheRunsOwnRowsWithoutItsWeightsAndLeavesTheCacheAlone() {
        ExampleView rows = Tiny.pairs(20);
        RunSpec spec = Tiny.spec("dpo", rows, Map.of());
        TrainInputs inputs = new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7), Optional.empty(),
                folder.resolve("checkpoints"));
        List<ReferenceCache.Key> kept = new ArrayList<>();
        ReferenceCache cache = new ReferenceCache() {
            @Override
            public Optional<Entry> find(Key key) {
                return Optional.empty();
            }

            @Override
            public void keep(Key key, Entry entry) {
                kept.add(key);
            }
        };
        StepTime time = Estimator.of(spec, inputs.with(cache)).time();
        assertThat(time.seconds()).isPositive();
        assertThat(time.more()).isNotNegative();
        assertThat(time.epoch()).isEqualTo(20 / 8.0);
        assertThat(kept).isEmpty();
    }

    @Test
    void ofManyRowsSomeAreLookedAtFromBeginningToEnd() {
        ExampleView rows = Tiny.pairs(5001);
        ExampleView some = RowLengths.some(rows);
        assertThat(some.size()).isEqualTo(RowLengths.LOOKED_AT);
        assertThat(some.get(0)).isEqualTo(rows.get(0));
        assertThat(some.get(1999)).isEqualTo(rows.get(5000));
    }

    /** What is trained, by its name. */
    private record Configuration(String objective, ModelConfig model, int length, Map<String, String> settings) {

        static final Map<String, Configuration> ALL = Map.of(
                "all weights, DPO", of("dpo", 256, 688, 8, 8, 1000, 256, 8, Map.of()),
                "LoRA, DPO", of("dpo", 512, 1376, 8, 8, 8000, 200, 4, Map.of("lora.rank", "64")),
                "recomputed, SFT", of("sft", 256, 688, 12, 8, 8000, 1000, 8, Map.of("compute.recompute", "true")),
                "bfloat16, IPO", of("ipo", 256, 1024, 8, 2, 4000, 400, 4, Map.of("compute.precision", "bfloat16")),
                "large vocabulary, SFT", of("sft", 128, 344, 4, 4, 60_000, 300, 8, Map.of()),
                "tiny, SFT", of("sft", 32, 64, 2, 2, 48, 100, 8, Map.of("steps", "100")),
                "bfloat16, LoRA, recomputed, DPO", of("dpo", 256, 688, 12, 8, 8000, 512, 8, Map.of(
                        "compute.precision", "bfloat16", "lora.rank", "16", "compute.recompute", "true")));

        static Configuration of(String objective, int hidden, int inner, int layers, int groups, int vocabulary,
                int length, int batch, Map<String, String> more) {
            int heads = hidden >= 128 ? 8 : 2;
            Map<String, String> all = new LinkedHashMap<>(Map.of("steps", "2", "batch_size",
                    String.valueOf(batch), "max_length", "1024"));
            all.putAll(more);
            return new Configuration(objective, new ModelConfig("llama", vocabulary, hidden, inner, layers, heads,
                    groups, hidden / heads, 1024, 1e-5, 10_000, true, 1, 2), length, all);
        }

        /** Completions of digits; the first is the longest. */
        ExampleView rows() {
            List<PreferenceExample> rows = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Content answer = Content.of(digits(length - 10 - i));
                rows.add(objective.equals("sft")
                        ? new Demonstration(new ExampleId(i), Tiny.prompt(i), answer, SOURCE)
                        : new Paired(new ExampleId(i), Tiny.prompt(i), answer, Content.of(digits(length - 20 - i)),
                                SOURCE));
            }
            Kind kind = objective.equals("sft") ? Kind.SFT : Kind.PAIRED;
            return ExampleView.of(new DatasetVersionId("long", 1, "00"), kind, rows);
        }

        private static String digits(int count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(i * i % 10);
            }
            return text.toString();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"all weights, DPO", "LoRA, DPO", "recomputed, SFT", "bfloat16, IPO",
            "large vocabulary, SFT", "tiny, SFT", "bfloat16, LoRA, recomputed, DPO"})
    void thePeakIsWithinAFifthOfTheEstimate(String configuration) throws Exception {
        assumeTrue(Machine.peakResident().isPresent(), "skipped: resident memory is read from /proc");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path log = folder.resolve("child.log");
        make(folder, configuration);
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xms64m",
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, Child.class.getName(), folder.toString(),
                configuration).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(child.waitFor()).as(Files.readString(log)).isZero();
        String[] numbers = Files.readString(folder.resolve("peak.txt")).split(" ", 3);
        double estimated = Double.parseDouble(numbers[0]);
        double measured = Double.parseDouble(numbers[1]);
        assertThat(estimated).as(numbers[2]).isCloseTo(measured, within(0.2 * measured));
    }

    /** A model with random weights. */
    private static void make(Path folder, String configuration) {
        ModelConfig config = Configuration.ALL.get(configuration).model;
        Tiny.model(folder, 1); // for its tokenizer
        try (NDManager manager = Torch.newManager()) {
            Path target = folder.resolve("model");
            TransformerPolicy.random(config, 1, manager).save(target, folder.resolve("tokenizer.json"));
        }
    }

    /** Trains the model of the folder and writes down estimate and peak in bytes. */
    static final class Child {

        private Child() {
        }

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Configuration configuration = Configuration.ALL.get(arguments[1]);
            Path model = folder.resolve("model");
            ExampleView rows = configuration.rows();
            RunSpec spec = Tiny.spec(configuration.objective, rows, configuration.settings);
            TrainInputs inputs = new TrainInputs(rows, Optional.empty(), model, Optional.empty(),
                    folder.resolve("checkpoints"));
            MemoryEstimate estimate = Estimator.of(spec, inputs).memory();
            RunEvent.Ended ended = new Trainer(spec, inputs, event -> {
            }, new StopSignal()).run();
            if (ended.outcome() != Outcome.FINISHED) {
                throw new IllegalStateException(ended.message());
            }
            Files.writeString(folder.resolve("peak.txt"), estimate.peak() + " "
                    + Machine.peakResident().orElseThrow() + " " + estimate + " heap "
                    + (Runtime.getRuntime().totalMemory() >> 20) + " status "
                    + Files.readString(Path.of("/proc/self/status")).lines().filter(l -> l.startsWith("Rss")
                            || l.startsWith("VmHWM")).toList(),
                    StandardCharsets.UTF_8);
        }
    }
}
