package preflab.engine.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;

/** The native engine, loaded once per process on first use (half a second; several seconds on the very first run). */
public final class Torch {

    private static final class Holder {
        static final Engine ENGINE = load();

        private static Engine load() {
            System.setProperty("OPT_OUT_TRACKING", "true"); // else DJL tells its makers about every start
            Allocator.keepFreedArrays();
            Engine engine = Engine.getEngine("PyTorch");
            JniUtils.setGraphExecutorOptimize(false); // with it on, last digits change and nothing gets faster
            return engine;
        }
    }

    private Torch() {
    }

    /** Loads the engine if need be. */
    public static Engine engine() {
        return Holder.ENGINE;
    }

    /** A new root for arrays; closing it frees all of them. On the GPU where one is usable and asked for. */
    public static NDManager newManager(DeviceChoice choice) {
        Engine engine = engine();
        Device device = choice == DeviceChoice.GPU ? Device.gpu() : Device.cpu();
        if (choice == DeviceChoice.GPU && engine.getGpuCount() == 0) {
            throw new TensorException("device gpu: no usable GPU was found; use --device cpu, or run doctor");
        }
        JniUtils.setGraphExecutorOptimize(false); // per thread
        return engine.newBaseManager(device);
    }

    public static NDManager newManager() {
        return newManager(DeviceChoice.CPU);
    }

    /** From now on this process gives freed arrays back at once: less memory, more time. */
    public static void spareMemory() {
        Allocator.returnFreedArrays();
    }

    /** Whether libtorch could not have the memory it asked for; it says so in words only. */
    public static boolean isOutOfMemory(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("not enough memory") || message.contains("out of memory")
                || message.contains("can't allocate memory");
    }

    /** Sets libtorch's generator, which only dropout draws from. */
    public static void seed(long seed) {
        engine();
        JniUtils.setSeed(seed);
    }

    /** How many threads one operation may use. */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    public static void setThreads(int threads) {
        engine();
        JniUtils.setNumThreads(threads);
    }

    /** Whether the array is computed with on the CPU. */
    public static boolean onCpu(NDArray array) {
        return !array.getDevice().isGpu();
    }
}
