package preflab.projects.compare;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as the table of runs writes them. */
final class CellText {

    private CellText() {
    }

    /** Four significant digits. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        String text = value == Math.rint(value) && size < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : size < 1e-3 || size >= 1e5
                        ? String.format(Locale.ROOT, "%.2e", value)
                        : String.format(Locale.ROOT, size >= 100 ? "%.1f" : "%.4f", value);
        return text.replace('-', '−');
    }

    /** Mean ± standard deviation over runs (n − 1), and how many; the spread of one run is unknown. */
    static String of(List<Double> values) {
        double mean = mean(values);
        String n = " (n=" + values.size() + ")";
        if (values.size() < 2) {
            return of(mean) + n;
        }
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return of(mean) + " ± " + of(Math.sqrt(squares / (values.size() - 1))) + n;
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /** The number a text is, if it is one. */
    static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
