package preflab.engine.tensor;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the program runs on, in words and numbers. Nothing here needs the engine but {@link #device}. */
public final class Machine {

    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    private static final Path PROCESS = Path.of("/proc/self");

    private Machine() {
    }

    /** Java, operating system and libraries. */
    public static String versions() {
        return "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version")
                + " " + System.getProperty("os.arch") + ", DJL " + Engine.getDjlVersion();
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    /**
     * Bytes that new arrays can have without swapping: on Linux what the kernel calls available; no more than the system
     * property {@code preflab.memory} allows, where it is set.
     */
    public static long freeMemory() {
        return Math.min(Long.getLong("preflab.memory", Long.MAX_VALUE), available());
    }

    private static long available() {
        Path file = Path.of("/proc/meminfo");
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst()
                    .orElseGet(() -> system().getFreeMemorySize());
        } catch (IOException e) {
            return system().getFreeMemorySize(); // no Linux
        }
    }

    /** Most bytes this process has had in main memory at once, as Linux counts them; empty elsewhere. */
    public static OptionalLong peakResident() {
        try {
            return Files.readAllLines(PROCESS.resolve("status")).stream().filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Begins {@link #peakResident} anew, where the system can. */
    public static void forgetPeak() {
        try {
            Files.writeString(PROCESS.resolve("clear_refs"), "5");
        } catch (IOException e) {
            LOG.debug("the peak of resident memory stays that of the whole process", e);
        }
    }

    /** Bytes of main memory. */
    public static long totalMemory() {
        return system().getTotalMemorySize();
    }

    /** Main memory and Java's share of it. */
    public static String memory() {
        return String.format(Locale.ROOT, "%.1f of %.1f GiB free, Java heap up to %.1f GiB", gibibytes(freeMemory()),
                gibibytes(totalMemory()), gibibytes(Runtime.getRuntime().maxMemory()));
    }

    private static double gibibytes(long bytes) {
        return bytes / (double) (1L << 30);
    }

    /** The processors and, where usable, GPUs; loads the engine. */
    public static String device() {
        int gpus = Torch.engine().getGpuCount();
        return Runtime.getRuntime().availableProcessors() + " processors, "
                + (gpus == 0 ? "no usable GPU: runs compute on the CPU" : gpus + " GPU" + (gpus > 1 ? "s" : ""));
    }
}
