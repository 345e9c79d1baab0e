package preflab.datasets.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * A worked solution: one addition per line, then {@code #### answer}. Joined, the steps are the completion.
 *
 * @param steps
 *            each ends in a line break but the last
 */
public record SumSolution(List<String> steps) {

    public SumSolution {
        steps = List.copyOf(steps);
    }

    /** Works through the problem with this addition, which may be wrong; mistakes are carried on consistently. */
    static SumSolution of(SumProblem problem, IntBinaryOperator addition) {
        List<String> steps = new ArrayList<>();
        int total = problem.terms().getFirst();
        for (int term : problem.terms().subList(1, problem.terms().size())) {
            int sum = addition.applyAsInt(total, term);
            steps.add(total + "+" + term + "=" + sum + "\n");
            total = sum;
        }
        steps.add("#### " + total);
        return new SumSolution(steps);
    }

    /** Splits a completion at its line breaks; joined, the steps are the completion again. */
    public static SumSolution split(String completion) {
        List<String> steps = new ArrayList<>();
        int from = 0;
        for (int at = completion.indexOf('\n'); at >= 0; at = completion.indexOf('\n', from)) {
            steps.add(completion.substring(from, at + 1));
            from = at + 1;
        }
        if (from < completion.length()) {
            steps.add(completion.substring(from));
        }
        return new SumSolution(steps);
    }

    public String text() {
        return String.join("", steps);
    }
}
