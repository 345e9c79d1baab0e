package preflab.engine.model;

/**
 * Rotary positions: the first {@code width} numbers of a head are turned, in pairs (i, i + width/2), by position times
 * frequency. A width of 0 turns none.
 *
 * @param theta
 *            frequencies are θ^(−2i/width), then scaled
 */
record Rope(double theta, int width, Scaling scaling) {

    /** What longer contexts do to a frequency. */
    sealed interface Scaling {
        /** As it is. */
        record None() implements Scaling {
        }

        /** All positions divided by the factor. */
        record Linear(double factor) implements Scaling {
        }

        /**
         * Llama 3.1's: wave lengths beyond {@code positions / low} are stretched by the factor, those below
         * {@code positions / high} stay, those between move over smoothly.
         */
        record Llama3(double factor, double low, double high, double positions) implements Scaling {
        }
    }

    static final Scaling UNSCALED = new Scaling.None();

    /** Radians per position of pair i. */
    double frequency(int i) {
        double plain = Math.pow(theta, -2.0 * i / width);
        return switch (scaling) {
            case Scaling.None none -> plain;
            case Scaling.Linear linear -> plain / linear.factor();
            case Scaling.Llama3 llama -> scaled(plain, llama);
        };
    }

    private static double scaled(double plain, Scaling.Llama3 scaling) {
        double turns = scaling.positions() * plain / (2 * Math.PI); // within the context it was trained on
        double share = (turns - scaling.low()) / (scaling.high() - scaling.low());
        double kept = Math.clamp(share, 0, 1);
        return (1 - kept) * plain / scaling.factor() + kept * plain;
    }
}
