package preflab.engine.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The C library's allocator, which libtorch takes arrays from. */
final class Allocator {

    private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);

    /** {@code M_MMAP_THRESHOLD} of glibc's {@code mallopt}. */
    private static final int MMAP_THRESHOLD = -3;
    private static final int LARGE = 1 << 20;

    private Allocator() {
    }

    /**
     * decision: arrays from 1 MiB on are mapped one by one and given back when freed. By itself glibc raises that bound
     * to 32 MiB once such an array has been freed, and serves what is below from heaps of 64 MiB that large arrays of
     * differing sizes leave full of holes (measured on a recomputing run: a peak of 2.70 GB, and 0.98 GB with this). The
     * price is that the system clears every such array anew, 30 % more processor time on a model of 6.6 M weights, so it
     * is paid only where a run is to spare memory. Elsewhere than on glibc nothing changes.
     */
    static void returnFreedArrays() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> mallopt = linker.defaultLookup().find("mallopt");
        mallopt.ifPresent(function -> set(linker, function));
    }

    @SuppressWarnings("restricted") // one C function of two numbers
    private static void set(Linker linker, MemorySegment mallopt) {
        try {
            int done = (int) linker.downcallHandle(mallopt, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)).invokeExact(MMAP_THRESHOLD, LARGE);
            LOG.debug("mallopt(M_MMAP_THRESHOLD, {}) said {}", LARGE, done);
        } catch (Throwable e) { // a method handle declares all of them
            LOG.debug("the allocator stays as it is", e);
        }
    }
}
