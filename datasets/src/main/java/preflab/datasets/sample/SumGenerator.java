package preflab.datasets.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws problems and imperfect solutions. All randomness comes from the seeds given.
 *
 * @param terms
 *            numbers per problem, at least 2
 * @param least
 *            smallest number
 * @param most
 *            largest number
 * @param mistakes
 *            how often each mistake is made where it can happen; tried in order, at most one per step
 */
public record SumGenerator(int terms, int least, int most, Map<Mistake, Double> mistakes) {

    public SumGenerator {
        mistakes = Collections.unmodifiableMap(new LinkedHashMap<>(mistakes));
    }

    /** The built-in problems: three numbers from 5 to 60; the carry is forgotten half of the time. */
    public static SumGenerator builtin() {
        Map<Mistake, Double> rates = new LinkedHashMap<>();
        rates.put(Mistake.DROPPED_CARRY, 0.5);
        rates.put(Mistake.SWAPPED_DIGITS, 0.03);
        rates.put(Mistake.OFF_BY_ONE, 0.02);
        return new SumGenerator(3, 5, 60, rates);
    }

    /**
     * Different problems, no two of which have the same numbers in another order; parts cut from the list therefore
     * share no problem, not even a rearranged one.
     *
     * @throws IllegalArgumentException
     *             if there are not that many
     */
    public List<SumProblem> problems(int count, long seed) {
        Random random = new Random(seed);
        Set<String> seen = new HashSet<>();
        List<SumProblem> problems = new ArrayList<>(count);
        long tries = 0;
        while (problems.size() < count) {
            SumProblem problem = draw(random);
            if (seen.add(problem.signature())) {
                problems.add(problem);
            } else if (++tries > 1_000L * count) {
                throw new IllegalArgumentException("fewer than " + count + " different problems exist");
            }
        }
        return problems;
    }

    /** A solution with mistakes made at the generator's rates. */
    public SumSolution imperfectSolution(SumProblem problem, Random random) {
        return SumSolution.of(problem, (a, b) -> add(a, b, random));
    }

    private int add(int a, int b, Random random) {
        for (Map.Entry<Mistake, Double> entry : mistakes.entrySet()) {
            Mistake mistake = entry.getKey();
            if (mistake.applies(a, b) && random.nextDouble() < entry.getValue()) {
                return mistake.add(a, b);
            }
        }
        return a + b;
    }

    private SumProblem draw(Random random) {
        List<Integer> numbers = new ArrayList<>(terms);
        for (int i = 0; i < terms; i++) {
            numbers.add(least + random.nextInt(most - least + 1));
        }
        return new SumProblem(numbers);
    }
}
