package preflab.engine.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.KernelChecks;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Machine;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;
import preflab.engine.tensor.TorchType;

/** Tries the engine piece by piece; a failed piece is a value, never an exception. Takes one to five seconds. */
public final class SelfTest {

    /**
     * One piece and how it fared.
     *
     * @param detail
     *            what was found, or what is missing and how to supply it
     */
    public record Check(String name, boolean ok, String detail) {
    }

    /** What a piece found; false where it works but wrongly. */
    private record Finding(boolean ok, String detail) {
    }

    private static final String HOW_TO_SUPPLY = "; the native library (libtorch 2.7.1) comes with the program for this"
            + " platform or is named by PYTORCH_LIBRARY_PATH with PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cpu or cu128;"
            + " the folder it is unpacked into is set by -DDJL_CACHE_DIR and must be writable";

    private final List<Check> checks = new ArrayList<>();

    private SelfTest() {
    }

    /** All checks, the engine first; those that need it are marked as not tried if it does not load. */
    public static List<Check> run() {
        SelfTest test = new SelfTest();
        test.check("versions", () -> new Finding(true, Machine.versions()));
        test.check("memory", SelfTest::memory);
        boolean engine = test.check("engine", SelfTest::engine);
        test.check("tokenizer", SelfTest::tokenizer);
        test.checkWith(engine, "device", manager -> new Finding(true, Machine.device()));
        test.checkWith(engine, "matrix product", SelfTest::matrixProduct);
        test.checkWith(engine, "gradients", SelfTest::gradients);
        test.checkWith(engine, "kernels", SelfTest::kernels);
        test.checkWith(engine, "optimizer", SelfTest::optimizer);
        test.checkWith(engine, "bfloat16", SelfTest::bfloat16);
        test.checkWith(engine, "generation", SelfTest::generation);
        return List.copyOf(test.checks);
    }

    private boolean check(String name, Supplier<Finding> piece) {
        Check check;
        try {
            Finding finding = piece.get();
            check = new Check(name, finding.ok(), finding.detail());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // a missing native library is a LinkageError
            check = new Check(name, false, reason(e) + (name.equals("engine") ? HOW_TO_SUPPLY : ""));
        }
        checks.add(check);
        return check.ok();
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : ": " + root.getMessage().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + message;
    }

    private void checkWith(boolean engine, String name, Function<NDManager, Finding> piece) {
        if (!engine) {
            checks.add(new Check(name, false, "not tried: the engine did not load"));
            return;
        }
        check(name, () -> {
            try (NDManager manager = Torch.newManager()) {
                return Scopes.within(() -> piece.apply(manager));
            }
        });
    }

    private static Finding memory() {
        long free = Machine.freeMemory();
        boolean enough = free >= 1L << 30;
        return new Finding(enough, Machine.memory() + (enough ? "" : "; training wants at least 1 GiB free"));
    }

    private static Finding engine() {
        long start = System.nanoTime();
        String version = Torch.engine().getVersion();
        return new Finding(true, "PyTorch " + version + " on " + Torch.threads() + " threads, ready in "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static Finding tokenizer() {
        String json = """
                {"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":{"type":"Whitespace"},
                 "post_processor":null,"decoder":null,
                 "model":{"type":"WordLevel","vocab":{"?":0,"one":1,"two":2},"unk_token":"?"}}""";
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer
                .newInstance(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), options)) {
            long[] ids = tokenizer.encode("two one three", false, false).getIds();
            return new Finding(Arrays.equals(ids, new long[]{2, 1, 0}), "\"two one three\" is " + Arrays.toString(ids));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding matrixProduct(NDManager manager) {
        SplittableRandom random = new SplittableRandom(2);
        int n = 24;
        double[] a = random.doubles((long) n * n, -1, 1).toArray();
        double[] b = random.doubles((long) n * n, -1, 1).toArray();
        double[] product = manager.create(a, new Shape(n, n)).matMul(manager.create(b, new Shape(n, n)))
                .toDoubleArray();
        double worst = 0;
        for (int i = 0; i < n * n; i++) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += a[i / n * n + k] * b[k * n + i % n];
            }
            worst = Math.max(worst, Math.abs(sum - product[i]));
        }
        return within("24 × 24 in float64 against Java", worst, 1e-12);
    }

    private static Finding within(String what, double error, double allowed) {
        return new Finding(error <= allowed,
                String.format(Locale.ROOT, "%s: off by %.1e, allowed %.0e", what, error, allowed));
    }

    private static Finding gradients(NDManager manager) {
        NDArray x = Autograd.leaf(manager.create(new double[]{-1, 0.5, 2}));
        NDArray y = Autograd.recording(() -> x.mul(x).mul(x)); // dy/dx = 3x²
        Autograd.backward(y, y.onesLike());
        double[] found = x.getGradient().toDoubleArray();
        double worst = Math.max(Math.abs(found[0] - 3), Math.max(Math.abs(found[1] - 0.75), Math.abs(found[2] - 12)));
        return within("d(x³)/dx", worst, 1e-12);
    }

    private static Finding kernels(NDManager manager) {
        Map<String, Double> errors = KernelChecks.errors(manager, DataType.FLOAT32);
        Map.Entry<String, Double> worst = errors.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return within(errors.size() + " kernels and gradients, worst " + worst.getKey(), worst.getValue(), 5e-5);
    }

    private static Finding optimizer(NDManager manager) {
        return within("fused AdamW against the formula", KernelChecks.adamWError(manager, DataType.FLOAT32), 1e-6);
    }

    private static Finding bfloat16(NDManager manager) {
        NDArray half = Kernels.cast(manager.create(new float[]{3.1415927f}), TorchType.BFLOAT16);
        float back = Kernels.toFloat32(half).toFloatArray()[0];
        return new Finding(back == 3.140625f, "π becomes " + back);
    }

    private static Finding generation(NDManager manager) {
        ModelConfig config = new ModelConfig("llama", 13, 16, 24, 2, 4, 2, 4, 64, 1e-5, 10_000, true, -1, -1);
        try (TransformerPolicy policy = TransformerPolicy.random(config, 1, manager)) {
            List<int[]> prompts = List.of(new int[]{1, 2, 3}, new int[]{4});
            SamplerSettings settings = SamplerSettings.sampled(1, 12, 5);
            List<int[]> together = Generator.generate(policy, prompts, settings, Set.of(), 2, Generator.Listener.NONE);
            List<int[]> apart = Generator.generate(policy, prompts, settings, Set.of(), 1, Generator.Listener.NONE);
            boolean same = Arrays.deepEquals(together.toArray(), apart.toArray());
            return new Finding(same, same
                    ? "a small model answers alike alone and in a batch"
                    : "a small model answers differently alone and in a batch");
        }
    }
}
