package preflab.engine.param;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One typed setting: the single description that drives the form, the command-line flag, the run file, the comparison
 * and the documentation.
 *
 * @param <T>
 *            the type of its values
 */
public sealed interface Param<T> permits Param.OfDouble, Param.OfInt, Param.OfBoolean, Param.OfChoice, Param.OfText {

    /** The name in files and flags: lower case, words joined by underscores. */
    String id();

    /** How the literature writes it, for example β; the id's words where it has no symbol. */
    String symbol();

    String label();

    /** One sentence: what it does and when to change it. */
    String help();

    /** Other names for it in the literature and in other programs, taken on input. */
    List<String> aliases();

    T defaultValue();

    /** What is wrong with this value: says which values are allowed. Empty if it is allowed. */
    Optional<String> problem(T value);

    /**
     * Reads a value as written by a person.
     *
     * @throws ParamException
     *             if the text is not of this type or out of range; the message says what is allowed
     */
    T parse(String text);

    /** What is allowed, in words: {@code (0, inf)}, {@code true or false}, {@code one of a, b}. */
    String range();

    /** The value as a person would write it; {@link #parse} reads it back. */
    default String format(T value) {
        return String.valueOf(value);
    }

    private static <T> T checked(Param<T> param, T value) {
        param.problem(value).ifPresent(problem -> {
            throw new ParamException(problem);
        });
        return value;
    }

    private static ParamException unreadable(Param<?> param, String text) {
        String kind = switch (param) {
            case OfDouble number -> number.automatic().isEmpty() ? "a number in " : "";
            case OfInt whole -> "a whole number in ";
            case OfBoolean flag -> "";
            case OfChoice choice -> "";
            case OfText free -> "";
        };
        return new ParamException(param.id() + " must be " + kind + param.range() + ", not \"" + text + "\"");
    }

    /** How a slider for this number should move. */
    enum Scale {
        LINEAR, LOG
    }

    /**
     * A real number. Bounds are inclusive unless marked open; infinite bounds are always open.
     *
     * @param unit
     *            shown after the number; empty if it has none
     * @param automatic
     *            the word that leaves the number to the program, for example {@code batch}, held as NaN; empty if a number
     *            must be given
     */
    record OfDouble(String id, String symbol, String label, String help, Double defaultValue, double min,
            boolean minOpen, double max, boolean maxOpen, Scale scale, String unit, String automatic,
            List<String> aliases) implements Param<Double> {

        public OfDouble {
            aliases = List.copyOf(aliases);
        }

        public OfDouble(String id, String symbol, String label, String help, Double defaultValue, double min,
                boolean minOpen, double max, boolean maxOpen, Scale scale, String unit) {
            this(id, symbol, label, help, defaultValue, min, minOpen, max, maxOpen, scale, unit, "", List.of());
        }

        /** The same number under more names. */
        public OfDouble alias(String... names) {
            return new OfDouble(id, symbol, label, help, defaultValue, min, minOpen, max, maxOpen, scale, unit,
                    automatic, List.of(names));
        }

        /** The same number, which by default is left to the program under this word. */
        public OfDouble automatic(String word) {
            return new OfDouble(id, symbol, label, help, Double.NaN, min, minOpen, max, maxOpen, scale, unit, word,
                    aliases);
        }

        @Override
        public Optional<String> problem(Double v) {
            if (v.isNaN() && !automatic.isEmpty()) {
                return Optional.empty();
            }
            boolean low = minOpen ? v > min : v >= min;
            boolean high = maxOpen ? v < max : v <= max;
            return low && high && Double.isFinite(v)
                    ? Optional.empty()
                    : Optional.of(id + " must lie in " + range() + ", not " + v);
        }

        @Override
        public Double parse(String text) {
            if (!automatic.isEmpty() && automatic.equalsIgnoreCase(text.strip())) {
                return Double.NaN;
            }
            try {
                double number = Double.parseDouble(text.strip());
                if (Double.isNaN(number)) {
                    throw unreadable(this, text);
                }
                return checked(this, number);
            } catch (NumberFormatException e) {
                throw unreadable(this, text);
            }
        }

        @Override
        public String range() {
            boolean openLow = minOpen || Double.isInfinite(min);
            boolean openHigh = maxOpen || Double.isInfinite(max);
            String interval = (openLow ? "(" : "[") + number(min) + ", " + number(max) + (openHigh ? ")" : "]");
            return automatic.isEmpty() ? interval : automatic + " or in " + interval;
        }

        @Override
        public String format(Double value) {
            return value.isNaN() && !automatic.isEmpty() ? automatic : number(value);
        }

        private static String number(double v) {
            if (Double.isInfinite(v)) {
                return v > 0 ? "inf" : "-inf";
            }
            return v == Math.rint(v) && Math.abs(v) < 1e6
                    ? String.format(Locale.ROOT, "%.0f", v)
                    : Double.toString(v).replace(".0E", "e").replace('E', 'e');
        }
    }

    /** A whole number; both bounds are inclusive. */
    record OfInt(String id, String symbol, String label, String help, Integer defaultValue, int min, int max,
            String unit, List<String> aliases) implements Param<Integer> {

        public OfInt {
            aliases = List.copyOf(aliases);
        }

        public OfInt(String id, String symbol, String label, String help, Integer defaultValue, int min, int max,
                String unit) {
            this(id, symbol, label, help, defaultValue, min, max, unit, List.of());
        }

        @Override
        public Optional<String> problem(Integer v) {
            return v >= min && v <= max
                    ? Optional.empty()
                    : Optional.of(id + " must be a whole number in " + range() + ", not " + v);
        }

        @Override
        public Integer parse(String text) {
            try {
                return checked(this, Integer.valueOf(text.strip()));
            } catch (NumberFormatException e) {
                throw unreadable(this, text);
            }
        }

        @Override
        public String range() {
            return "[" + min + ", " + (max == Integer.MAX_VALUE ? "inf)" : max + "]");
        }
    }

    /** Yes or no. */
    record OfBoolean(String id, String symbol, String label, String help,
            Boolean defaultValue) implements Param<Boolean> {

        @Override
        public List<String> aliases() {
            return List.of();
        }

        @Override
        public Optional<String> problem(Boolean v) {
            return Optional.empty();
        }

        @Override
        public Boolean parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> true;
                case "false", "no", "off", "0" -> false;
                default -> throw unreadable(this, text);
            };
        }

        @Override
        public String range() {
            return "true or false";
        }
    }

    /** One of a few names. */
    record OfChoice(String id, String symbol, String label, String help, String defaultValue, List<String> choices,
            List<String> aliases) implements Param<String> {

        public OfChoice {
            choices = List.copyOf(choices);
            aliases = List.copyOf(aliases);
        }

        public OfChoice(String id, String symbol, String label, String help, String defaultValue,
                List<String> choices) {
            this(id, symbol, label, help, defaultValue, choices, List.of());
        }

        /** The same choice under more names. */
        public OfChoice alias(String... names) {
            return new OfChoice(id, symbol, label, help, defaultValue, choices, List.of(names));
        }

        @Override
        public Optional<String> problem(String v) {
            return choices.contains(v) ? Optional.empty() : Optional.of(id + " must be " + range() + ", not " + v);
        }

        @Override
        public String parse(String text) {
            return checked(this, text.strip().toLowerCase(Locale.ROOT));
        }

        @Override
        public String range() {
            return "one of " + String.join(", ", choices);
        }
    }

    /**
     * A text with a grammar of its own.
     *
     * @param check
     *            what is wrong with a text, with the place; empty if nothing
     */
    record OfText(String id, String symbol, String label, String help, String defaultValue,
            Function<String, Optional<String>> check) implements Param<String> {

        @Override
        public List<String> aliases() {
            return List.of();
        }

        @Override
        public Optional<String> problem(String v) {
            return check.apply(v).map(problem -> id + ": " + problem);
        }

        @Override
        public String parse(String text) {
            return checked(this, text.strip());
        }

        @Override
        public String range() {
            return "a formula";
        }
    }
}
