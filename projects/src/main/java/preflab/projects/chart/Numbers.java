package preflab.projects.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them: same in the window, on paper and in terminals, in every locale. */
public final class Numbers {

    private Numbers() {
    }

    /** Four significant digits: {@code 0.6931}, {@code 12.5}, {@code 3e-05}, {@code NaN}, {@code inf}. */
    public static String brief(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return minus(scientific(value));
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(size >= 1000 ? 7 : 4));
        return minus(plain(rounded));
    }

    /** Every digit of a setting, without zeros that say nothing: {@code 0.0001}, {@code 1e-05} as {@code 1e−5}. */
    public static String exact(double value) {
        if (!Double.isFinite(value)) {
            return brief(value);
        }
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        boolean plain = value == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9);
        return minus(plain
                ? plain(number)
                : plain(number.movePointLeft(number.precision() - number.scale() - 1)) + "e"
                        + (number.precision() - number.scale() - 1));
    }

    /** An optimizer step: {@code 12,000} reads as {@code 12 000}. */
    public static String step(long step) {
        return String.format(Locale.ROOT, "%,d", step).replace(',', '\u202f');
    }

    /** A share as percent with one decimal: {@code 61.4 %}. */
    public static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : brief(share);
    }

    /** A tick's label where neighbouring ticks are {@code distance} apart. */
    static String tick(double value, double distance) {
        double size = Math.max(Math.abs(value), distance);
        if (value != 0 && (size >= 1e6 || size < 1e-3)) {
            return minus(scientific(value));
        }
        if (value == 0 && (distance < 1e-3 || distance >= 1e4)) {
            return "0";
        }
        if (Math.abs(value) >= 10_000) {
            return minus(plain(BigDecimal.valueOf(value / 1000).setScale(3, RoundingMode.HALF_EVEN))) + "k";
        }
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(distance) - 1e-9));
        return minus(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
    }

    private static String scientific(double value) {
        String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e", 2);
        return plain(new BigDecimal(parts[0])) + "e" + Integer.parseInt(parts[1]);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
