package preflab.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.Precision;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Machine;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;
import preflab.engine.train.SpeedProbe;

/** Speed and memory of training against the raw matrix-product rate of the same process. */
public final class Bench {

    /** Ten million weights in eight layers, a vocabulary of 4,096. */
    static final ModelConfig TEN_MILLION = new ModelConfig("llama", 4096, 320, 864, 8, 10, 5, 32, 2048, 1e-5, 10_000,
            true, 1, 2);
    /** Fifty million weights in eleven layers, a vocabulary of 32,000. */
    static final ModelConfig FIFTY_MILLION = new ModelConfig("llama", 32_000, 512, 1376, 11, 8, 8, 64, 1024, 1e-5,
            10_000, true, 1, 2);
    /** The shape of the built-in models: four layers of width 128, single characters. */
    static final ModelConfig SMALL = new ModelConfig("llama", 99, 128, 352, 4, 4, 4, 32, 256, 1e-5, 10_000, true, 1, 2);

    private static final int WARM_UP = 2;
    private static final int STEPS = 7;
    private static final int SHORT_STEPS = 21;
    private static final int PRODUCTS = 20;

    /**
     * One measurement.
     *
     * @param tokensPerSecond
     *            tokens trained on per second, forward, backward and update
     * @param fractionOfMatmul
     *            floating-point operations the model needs per second, as a share of the raw float32 rate in the same
     *            turn: six per weight and token (two more where a reference is scored), and attention without a discount
     *            for causality; median of the turns
     * @param peakRssMb
     *            the process's greatest resident memory so far, in MiB; NaN where the system does not tell
     * @param msPerStep
     *            median time of a step in milliseconds
     */
    public record Result(String name, double tokensPerSecond, double fractionOfMatmul, double peakRssMb,
            double msPerStep) {
    }

    /**
     * What choosing MC-PO's negatives costs. Counted are a forward pass of policy and reference over all candidates, at
     * the time such a pass takes by itself, and a whole DPO step on the preferred completion and one negative.
     *
     * @param msPerStep
     *            median time of an MC-PO step in milliseconds
     * @param msCounted
     *            the counted units' time in the same process, measured in turn with the steps
     * @param msDpo
     *            the DPO step's share of it
     */
    public record SelectionCost(String name, double msPerStep, double msCounted, double msDpo) {

        /** 1 where choosing costs nothing but the counted passes. */
        public double ratio() {
            return msPerStep / msCounted;
        }

        /** Against a DPO step on the same preferred completions. */
        public double overDpo() {
            return msPerStep / msDpo;
        }
    }

    /** All results; the raw rate is in 10⁹ float32 operations per second, the median of all turns. */
    public record Report(double rawMatmulGflops, int threads, List<Result> results, List<SelectionCost> selection) {
        public Report {
            results = List.copyOf(results);
            selection = List.copyOf(selection);
        }
    }

    /** One thing to measure. */
    private record Case(String name, ModelConfig config, int sequences, int length, double passes,
            Supplier<SpeedProbe> probe) {

        static Case sft(String name, ModelConfig config, Precision precision, int sequences, int length) {
            return new Case("sft " + name + " " + sequences + "x" + length + " " + precision.id(), config, sequences,
                    length, 3, () -> SpeedProbe.sft(config, precision, sequences, length));
        }

        static Case dpo(String name, ModelConfig config, Precision precision, int sequences, int length) {
            return new Case("dpo " + name + " " + sequences + "x" + length + " " + precision.id(), config, sequences,
                    length, 4, () -> SpeedProbe.dpo(config, precision, sequences, length));
        }

        static Case cachedDpo(String name, ModelConfig config, Precision precision, int sequences, int length) {
            return new Case("dpo cached " + name + " " + sequences + "x" + length + " " + precision.id(), config,
                    sequences, length, 3, () -> SpeedProbe.cachedDpo(config, precision, sequences, length));
        }

        /** Adapters: no gradient of the weights, which is a third of the way back and forth less. */
        static Case loraDpo(String name, ModelConfig config, Precision precision, int sequences, int length) {
            return new Case("dpo lora r64 " + name + " " + sequences + "x" + length + " " + precision.id(), config,
                    sequences, length, 3, () -> SpeedProbe.loraDpo(config, precision, 64, sequences, length));
        }

        static Case sparingDpo(String name, ModelConfig config, Precision precision, int sequences, int length) {
            return new Case("dpo recomputed " + name + " " + sequences + "x" + length + " " + precision.id(), config,
                    sequences, length, 5, () -> SpeedProbe.sparingDpo(config, precision, sequences, length));
        }

        /**
         * All candidates are scored by policy and reference without a graph, the preferred one and one negative then as
         * in DPO: 2 + 4 · 2/(K+1) forward units per sequence. What choosing costs is {@link SelectionCost}.
         */
        static Case mcpo(String name, ModelConfig config, int prompts, int candidates, int length) {
            int sequences = prompts * (candidates + 1);
            return new Case("mcpo " + name + " " + sequences + "x" + length + " float32", config, sequences, length,
                    2 + 4 * 2.0 / (candidates + 1),
                    () -> SpeedProbe.mcpo(config, Precision.FLOAT32, prompts, candidates, length));
        }

        long tokens() {
            return (long) sequences * length;
        }

        /** Operations of one step: a forward pass takes two per weight and token, a backward pass twice that. */
        double operations() {
            double attention = 4.0 * config.layers() * config.heads() * config.headDim() * length;
            return passes * tokens() * (2.0 * weights(config) + attention);
        }
    }

    private Bench() {
    }

    /** Measured in turns, so that what else the machine does falls on all of them alike. */
    private static final List<List<Case>> GROUPS = List.of(
            List.of(Case.sft("0.8M", SMALL, Precision.FLOAT32, 64, 50),
                    Case.dpo("0.8M", SMALL, Precision.FLOAT32, 64, 50),
                    Case.cachedDpo("0.8M", SMALL, Precision.FLOAT32, 64, 50)),
            List.of(Case.mcpo("0.8M", SMALL, 32, 5, 50)),
            List.of(Case.sft("10M", TEN_MILLION, Precision.FLOAT32, 8, 256),
                    Case.sft("10M", TEN_MILLION, Precision.BFLOAT16, 8, 256),
                    Case.dpo("10M", TEN_MILLION, Precision.FLOAT32, 8, 256),
                    Case.cachedDpo("10M", TEN_MILLION, Precision.FLOAT32, 8, 256),
                    Case.loraDpo("10M", TEN_MILLION, Precision.FLOAT32, 8, 256)),
            List.of(Case.mcpo("10M", TEN_MILLION, 4, 5, 256)),
            List.of(Case.sft("10M", TEN_MILLION, Precision.FLOAT32, 2, 1024),
                    Case.sft("10M", TEN_MILLION, Precision.BFLOAT16, 2, 1024)));

    /** Measured only when asked for by name, each in a process of its own: their memory is what counts. */
    private static final List<Case> LARGE = List.of(
            Case.sft("50M", FIFTY_MILLION, Precision.FLOAT32, 4, 1024),
            Case.dpo("50M", FIFTY_MILLION, Precision.FLOAT32, 4, 1024),
            Case.loraDpo("50M", FIFTY_MILLION, Precision.FLOAT32, 4, 1024),
            Case.sparingDpo("50M", FIFTY_MILLION, Precision.FLOAT32, 4, 1024));

    /** What {@link #only} measures. */
    public static List<String> names() {
        return Stream.concat(GROUPS.stream().flatMap(List::stream), LARGE.stream()).map(Case::name).toList();
    }

    /** Those that need a process of their own. */
    public static List<String> large() {
        return LARGE.stream().map(Case::name).toList();
    }

    /** Measures everything but the large ones; {@code progress} hears what is being measured. Takes a minute or two. */
    public static Report run(Consumer<String> progress) {
        Report report = measure(progress, GROUPS);
        progress.accept("MC-PO's choice of negatives");
        return new Report(report.rawMatmulGflops(), report.threads(), report.results(), List.of(
                selectionCost("0.8M", SMALL, 32, 5, 50, 2 * STEPS),
                selectionCost("10M", TEN_MILLION, 4, 5, 256, STEPS)));
    }

    /** Measures one, by name. */
    public static Report only(String name, Consumer<String> progress) {
        return measure(progress, Stream.concat(GROUPS.stream().flatMap(List::stream), LARGE.stream())
                .filter(each -> each.name().equals(name)).map(List::of).toList());
    }

    private static Report measure(Consumer<String> progress, List<List<Case>> groups) {
        progress.accept("matrix products");
        rawMatmulGflops(); // warms up
        List<Result> results = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        for (List<Case> group : groups) {
            progress.accept(String.join(", ", group.stream().map(Case::name).toList()));
            results.addAll(measure(group, raw));
        }
        return new Report(median(raw.stream().mapToDouble(Double::doubleValue).toArray()), Torch.threads(), results,
                List.of());
    }

    /** MC-PO with one negative among {@code candidates} on so many prompts, completions of {@code length} tokens. */
    static SelectionCost selectionCost(String name, ModelConfig config, int prompts, int candidates, int length,
            int rounds) {
        double[][] times = new double[3][rounds]; // MC-PO step, DPO step on the pairs, forward of the pairs
        try (SpeedProbe mcpo = SpeedProbe.mcpo(config, Precision.FLOAT32, prompts, candidates, length);
                SpeedProbe dpo = SpeedProbe.dpo(config, Precision.FLOAT32, 2 * prompts, length)) {
            for (int i = -WARM_UP; i < rounds; i++) { // in turn: what slows the machine down slows all of them
                double[] now = {mcpo.milliseconds(0, 1)[0], dpo.milliseconds(0, 1)[0], dpo.forwardMilliseconds()};
                for (int k = 0; i >= 0 && k < now.length; k++) {
                    times[k][i] = now[k];
                }
            }
        }
        double msDpo = median(times[1]);
        return new SelectionCost("mcpo " + name + " " + prompts + "x" + (candidates + 1) + "x" + length + " float32",
                median(times[0]), msDpo + median(times[2]) * (candidates + 1) / 2, msDpo);
    }

    /** In turns, the raw rate first: it is to be that of the machine as it was when the steps were taken. */
    private static List<Result> measure(List<Case> group, List<Double> allRaw) {
        List<SpeedProbe> probes = new ArrayList<>();
        try {
            int steps = group.getFirst().config().equals(SMALL) ? SHORT_STEPS : STEPS;
            double[][] times = new double[group.size()][steps];
            double[] raw = new double[steps];
            group.forEach(each -> probes.add(each.probe().get()));
            probes.forEach(probe -> probe.milliseconds(WARM_UP, 0));
            for (int step = 0; step < steps; step++) {
                raw[step] = rawMatmulGflops();
                allRaw.add(raw[step]);
                for (int i = 0; i < times.length; i++) {
                    times[i][step] = probes.get(i).milliseconds(0, 1)[0];
                }
            }
            return IntStream.range(0, times.length).mapToObj(i -> result(group.get(i), times[i], raw)).toList();
        } finally {
            probes.forEach(SpeedProbe::close);
        }
    }

    private static Result result(Case each, double[] times, double[] rawGflops) {
        double ms = median(times);
        double[] fractions = new double[times.length];
        Arrays.setAll(fractions, turn -> each.operations() / times[turn] / 1e6 / rawGflops[turn]);
        return new Result(each.name(), each.tokens() / ms * 1e3, median(fractions), peakRssMb(), ms);
    }

    /** The rate of {@link #PRODUCTS} products of [2048,512] with [512,1536] in float32, one after the other. */
    static double rawMatmulGflops() {
        try (NDManager manager = Torch.newManager()) {
            return Autograd.without(() -> Scopes.within(() -> {
                NDArray a = manager.ones(new Shape(2048, 512), DataType.FLOAT32);
                NDArray b = manager.ones(new Shape(1536, 512), DataType.FLOAT32);
                Kernels.linear(a, b).close();
                long start = System.nanoTime();
                for (int i = 0; i < PRODUCTS; i++) {
                    Kernels.linear(a, b).close();
                }
                return PRODUCTS * 2.0 * 2048 * 512 * 1536 / (System.nanoTime() - start);
            }));
        }
    }

    /** Weights that take part in products: an embedding only counts as the head it is tied to. */
    static double weights(ModelConfig c) {
        double attention = (double) c.hiddenSize() * c.headDim() * (2 * c.heads() + 2 * c.keyValueHeads());
        double feedForward = 3.0 * c.hiddenSize() * c.intermediateSize();
        return c.layers() * (attention + feedForward) + (double) c.vocabSize() * c.hiddenSize();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** NaN where the system does not count it. */
    private static double peakRssMb() {
        return Machine.peakResident().stream().mapToDouble(bytes -> bytes / (double) (1 << 20)).findFirst()
                .orElse(Double.NaN);
    }
}
