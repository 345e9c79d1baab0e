package preflab.engine.param;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Short ways to write down a {@link Param}. */
public final class Params {

    private Params() {
    }

    /** A number in (0, ∞), moved on a logarithmic scale. */
    public static Param.OfDouble positive(String id, String symbol, String label, double value, String help) {
        return new Param.OfDouble(id, symbol, label, help, value, 0, true, Double.POSITIVE_INFINITY, true,
                Param.Scale.LOG, "");
    }

    /** A number in [0, ∞). */
    public static Param.OfDouble nonNegative(String id, String symbol, String label, double value, String help) {
        return new Param.OfDouble(id, symbol, label, help, value, 0, false, Double.POSITIVE_INFINITY, true,
                Param.Scale.LINEAR, "");
    }

    /** A number in [min, max]. */
    public static Param.OfDouble between(String id, String symbol, String label, double value, double min, double max,
            String help) {
        return new Param.OfDouble(id, symbol, label, help, value, min, false, max, false, Param.Scale.LINEAR, "");
    }

    /** A number in [min, max). */
    public static Param.OfDouble below(String id, String symbol, String label, double value, double min, double max,
            String help) {
        return new Param.OfDouble(id, symbol, label, help, value, min, false, max, true, Param.Scale.LINEAR, "");
    }

    /** A number in (min, max). */
    public static Param.OfDouble inside(String id, String symbol, String label, double value, double min, double max,
            String help) {
        return new Param.OfDouble(id, symbol, label, help, value, min, true, max, true, Param.Scale.LINEAR, "");
    }

    /** Any finite number. */
    public static Param.OfDouble real(String id, String symbol, String label, double value, String help) {
        return inside(id, symbol, label, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, help);
    }

    public static Param.OfInt count(String id, String label, int value, int min, int max, String help) {
        return new Param.OfInt(id, id.replace('_', ' '), label, help, value, min, max, "");
    }

    public static Param.OfBoolean flag(String id, String label, boolean value, String help) {
        return new Param.OfBoolean(id, id.replace('_', ' '), label, help, value);
    }

    public static Param.OfChoice choice(String id, String label, String value, List<String> choices, String help) {
        return new Param.OfChoice(id, id.replace('_', ' '), label, help, value, choices);
    }

    /** One constant of an enum, by its name in lower case; read back with {@link ParamValues#get(Param.OfChoice, Class)}. */
    public static <E extends Enum<E>> Param.OfChoice choice(String id, String label, E value, String help) {
        List<String> names = Arrays.stream(value.getDeclaringClass().getEnumConstants()).map(Params::name).toList();
        return choice(id, label, name(value), names, help);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A text that is checked by its own rule. */
    public static Param.OfText text(String id, String label, String value, String help,
            Function<String, Optional<String>> check) {
        return new Param.OfText(id, id, label, help, value, check);
    }
}
