package preflab.engine.eval;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The final answer of a worked solution: what follows the last {@code ####}. */
public final class FinalAnswer {

    private static final Pattern MARKED = Pattern.compile("####[ \\t]*([^\\r\\n]+)");
    private static final Pattern NUMBER = Pattern.compile("[-+−]?\\d+(\\.\\d*)?|[-+−]?\\.\\d+");

    private FinalAnswer() {
    }

    /** The text after the last {@code ####} up to the end of its line, stripped; empty if there is none. */
    public static Optional<String> of(String text) {
        Matcher matcher = MARKED.matcher(text);
        String last = "";
        while (matcher.find()) {
            last = matcher.group(1).strip();
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    /**
     * Whether two final answers say the same. Numbers are compared as numbers, so {@code 1,234.50} equals
     * {@code $1234.5}; other answers are compared without regard to case and runs of white space.
     */
    public static boolean same(String a, String b) {
        Optional<BigDecimal> first = number(a);
        Optional<BigDecimal> second = number(b);
        if (first.isPresent() && second.isPresent()) {
            return first.get().compareTo(second.get()) == 0;
        }
        return words(a).equals(words(b));
    }

    /** Whether this solution ends in this answer; a solution without a final answer is wrong. */
    public static boolean isRight(String solution, String expected) {
        return of(solution).filter(answer -> same(answer, expected)).isPresent();
    }

    private static Optional<BigDecimal> number(String answer) {
        String digits = answer.strip().replaceAll("[,$€£%_\\s]", "").replaceAll("\\.$", "");
        return NUMBER.matcher(digits).matches()
                ? Optional.of(new BigDecimal(digits.replace('−', '-')))
                : Optional.empty();
    }

    private static String words(String answer) {
        return answer.strip().replaceAll("\\s+", " ").replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    }
}
