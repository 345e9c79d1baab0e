package preflab.engine.model;

/**
 * Uniform numbers as a pure function of what they are for, so that a draw does not depend on what was drawn before it.
 * The mixing is SplitMix64's finalizer (Steele, Lea and Flood 2014), once per key.
 */
final class CounterRandom {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private CounterRandom() {
    }

    /** In [0, 1), with 53 random bits. */
    static double uniform(long seed, long index, long position) {
        long bits = mix(mix(mix(seed + GOLDEN) + GOLDEN * (index + 1)) + GOLDEN * (position + 1));
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
