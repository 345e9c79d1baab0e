package preflab.datasets.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sum of at least two numbers, to be added from left to right: {@code 12+35+8=}.
 *
 * @param terms
 *            the numbers, none negative
 */
public record SumProblem(List<Integer> terms) {

    private static final Pattern PROMPT = Pattern.compile("\\d{1,6}(\\+\\d{1,6})+=");

    public SumProblem {
        terms = List.copyOf(terms);
        if (terms.size() < 2 || terms.stream().anyMatch(t -> t < 0)) {
            throw new IllegalArgumentException("a sum needs two or more numbers, none negative: " + terms);
        }
    }

    /** Reads {@link #prompt()} back; empty for any other text. */
    public static Optional<SumProblem> parse(String prompt) {
        if (!PROMPT.matcher(prompt).matches()) {
            return Optional.empty();
        }
        List<Integer> terms = new ArrayList<>();
        for (String term : prompt.substring(0, prompt.length() - 1).split("\\+", -1)) {
            terms.add(Integer.valueOf(term));
        }
        return Optional.of(new SumProblem(terms));
    }

    /** What the model is given. */
    public String prompt() {
        return terms.stream().map(String::valueOf).collect(Collectors.joining("+", "", "="));
    }

    /** The right final answer. */
    public int answer() {
        return terms.stream().mapToInt(Integer::intValue).sum();
    }

    /** The worked solution without a mistake. */
    public SumSolution solution() {
        return SumSolution.of(this, (a, b) -> a + b);
    }

    /** The same for every order of the terms; splits keep such problems together. */
    public String signature() {
        return terms.stream().sorted().map(String::valueOf).collect(Collectors.joining("+"));
    }
}
