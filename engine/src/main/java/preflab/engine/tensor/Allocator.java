package preflab.engine.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The C library's allocator, which libtorch takes arrays from. */
final class Allocator {

    private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);

    /** Parameters of glibc's {@code mallopt}. */
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_THRESHOLD = -3;

    private static final int USUAL = 1 << 17; // glibc's own value of the first two
    private static final int LARGE = 1 << 20;
    private static final int LARGEST_KEPT = 1 << 25; // glibc takes no greater threshold
    private static final int GROWTH = 1 << 26;

    private Allocator() {
    }

    /**
     * decision: arrays below 32 MiB that are freed stay with the process and serve the next step. By itself glibc gives
     * the end of its heaps back whenever it is free, and the system clears every page anew: 43,000 page faults a step of
     * the benchmark's model, a tenth of its time and more (docs/decisions/0041). Elsewhere than on glibc nothing changes.
     */
    static void keepFreedArrays() {
        set(Map.of(MMAP_THRESHOLD, LARGEST_KEPT, TRIM_THRESHOLD, Integer.MAX_VALUE, TOP_PAD, GROWTH));
    }

    /**
     * decision: arrays from 1 MiB on are mapped one by one and given back when freed. By itself glibc raises that bound
     * to 32 MiB once such an array has been freed, and serves what is below from heaps of 64 MiB that large arrays of
     * differing sizes leave full of holes (measured on a recomputing run: a peak of 2.70 GB, and 0.98 GB with this). The
     * price is that the system clears every such array anew, 30 % more processor time on a model of 6.6 M weights, so it
     * is paid only where a run is to spare memory. Elsewhere than on glibc nothing changes.
     */
    static void returnFreedArrays() {
        set(Map.of(MMAP_THRESHOLD, LARGE, TRIM_THRESHOLD, USUAL, TOP_PAD, USUAL));
    }

    private static void set(Map<Integer, Integer> values) {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("mallopt")
                .ifPresent(function -> values.forEach((parameter, value) -> set(linker, function, parameter, value)));
    }

    @SuppressWarnings("restricted") // one C function of two numbers
    private static void set(Linker linker, MemorySegment mallopt, int parameter, int value) {
        try {
            int done = (int) linker.downcallHandle(mallopt, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)).invokeExact(parameter, value);
            LOG.debug("mallopt({}, {}) said {}", parameter, value, done);
        } catch (Throwable e) { // a method handle declares all of them
            LOG.debug("the allocator stays as it is", e);
        }
    }
}
