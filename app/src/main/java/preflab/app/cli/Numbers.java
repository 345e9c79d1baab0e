package preflab.app.cli;

import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them. */
final class Numbers {
    private static final long KIB = 1024;

    private Numbers() {
    }

    /** Any cell of a table: an absent value is a dash, a fraction has four significant digits. */
    static String text(Object value) {
        return switch (value) {
            case null -> "–";
            case Optional<?> optional -> optional.map(Numbers::text).orElse("–");
            case Double number -> real(number);
            case Integer number -> whole(number);
            case Long number -> whole(number);
            default -> value.toString();
        };
    }

    /** 12,345. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Four significant digits; NaN and ∞ as such, never as 0. */
    static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(number);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", number);
        }
        int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** 71.3 %. */
    static String percent(double share) {
        return Double.isNaN(share) ? "NaN" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Points of a percentage with their sign: +10.4. */
    static String points(double share) {
        return Double.isNaN(share) ? "NaN" : String.format(Locale.ROOT, "%+.1f", 100 * share);
    }

    /** 3.2 GiB. */
    static String bytes(long bytes) {
        if (bytes >= KIB * KIB * KIB) {
            return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (KIB * KIB * KIB));
        }
        return bytes >= KIB * KIB
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (KIB * KIB))
                : String.format(Locale.ROOT, "%.0f KiB", Math.ceil(bytes / (double) KIB));
    }

    /** 1 min 05 s. */
    static String duration(long seconds) {
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
}
