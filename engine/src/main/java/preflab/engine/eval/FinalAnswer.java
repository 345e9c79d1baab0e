package preflab.engine.eval;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The final answer of a worked solution: what follows the last {@code ####} or stands in the last {@code \boxed{…}},
 * whichever comes later.
 */
public final class FinalAnswer {

    private static final Pattern MARKED = Pattern.compile("####[ \\t]*([^\\r\\n]+)");
    private static final String BOXED = "\\boxed{";
    private static final String DIGITS = "[-+−]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)";
    private static final Pattern NUMBER = Pattern.compile("(" + DIGITS + ")(?:[eE]([+-]?\\d{1,3}))?");
    private static final Pattern FRACTION = Pattern.compile("([-+−]?)\\\\[dt]?frac\\{(" + DIGITS + ")\\}\\{(" + DIGITS
            + ")\\}|([-+−]?)(" + DIGITS + ")/(" + DIGITS + ")");
    /** What typesetting adds without meaning; a dollar, a per cent sign and thousands' commas count as that. */
    private static final Pattern DRESS = Pattern.compile("\\\\[,!;: ]|\\\\left|\\\\right|\\\\?[$%]|[€£,_\\s]");
    private static final Pattern WORDS = Pattern.compile("\\\\(?:text|mathrm|textbf|mathbf)\\{([^{}]*)\\}");

    private FinalAnswer() {
    }

    /** The answer as it is written, stripped; empty if there is none. */
    public static Optional<String> of(String text) {
        Matcher matcher = MARKED.matcher(text);
        String last = "";
        int at = -1;
        while (matcher.find()) {
            last = matcher.group(1).strip();
            at = matcher.start();
        }
        int box = text.lastIndexOf(BOXED);
        if (box > at) {
            last = boxed(text, box + BOXED.length());
        } else if (last.contains(BOXED)) { // #### \boxed{5}
            last = boxed(last, last.lastIndexOf(BOXED) + BOXED.length());
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    /** Up to the brace that closes the box; a box that is never closed holds no answer. */
    private static String boxed(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = text.charAt(i - 1) == '\\';
            depth += escaped ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return text.substring(from, i).strip();
            }
        }
        return "";
    }

    /**
     * Whether two final answers say the same. Numbers are compared as numbers, so {@code 1,234.50} equals
     * {@code $1234.5} and {@code \frac{1}{2}} equals {@code 0.5}; other answers are compared without regard to case, runs
     * of white space and typesetting.
     */
    public static boolean same(String a, String b) {
        Optional<Fraction> first = number(a);
        Optional<Fraction> second = number(b);
        if (first.isPresent() && second.isPresent()) {
            return first.get().equalTo(second.get());
        }
        return first.isEmpty() && second.isEmpty() && words(a).equals(words(b));
    }

    /** Whether this solution ends in this answer; a solution without a final answer is wrong. */
    public static boolean isRight(String solution, String expected) {
        return of(solution).filter(answer -> same(answer, expected)).isPresent();
    }

    private record Fraction(BigDecimal above, BigDecimal below) {
        boolean equalTo(Fraction other) {
            return above.multiply(other.below).compareTo(other.above.multiply(below)) == 0;
        }
    }

    private static Optional<Fraction> number(String answer) {
        String digits = DRESS.matcher(WORDS.matcher(answer).replaceAll(" $1 ")).replaceAll("").replaceAll("\\.$", "");
        Matcher number = NUMBER.matcher(digits);
        if (number.matches()) {
            int power = number.group(2) == null ? 0 : Integer.parseInt(number.group(2));
            return Optional.of(new Fraction(decimal(number.group(1)).scaleByPowerOfTen(power), BigDecimal.ONE));
        }
        Matcher fraction = FRACTION.matcher(digits);
        if (!fraction.matches()) {
            return Optional.empty();
        }
        boolean typeset = fraction.group(2) != null;
        BigDecimal above = decimal(fraction.group(typeset ? 2 : 5));
        BigDecimal below = decimal(fraction.group(typeset ? 3 : 6));
        String sign = fraction.group(typeset ? 1 : 4);
        boolean negative = sign.equals("-") || sign.equals("−");
        return below.signum() == 0
                ? Optional.empty()
                : Optional.of(new Fraction(negative ? above.negate() : above, below));
    }

    private static BigDecimal decimal(String digits) {
        return new BigDecimal(digits.replace('−', '-'));
    }

    private static String words(String answer) {
        String plain = WORDS.matcher(answer).replaceAll("$1").replaceAll("\\\\left|\\\\right|\\\\[,!;:]|\\$", "")
                .replaceAll("\\\\[dt]frac", "\\\\frac");
        return plain.strip().replaceAll("\\s+", " ").replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    }
}
