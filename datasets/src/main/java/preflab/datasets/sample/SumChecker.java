package preflab.datasets.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of every step of a worked sum whether it is right, and of an answer whether it ends right. */
public final class SumChecker {

    private static final Pattern ADDITION = Pattern.compile("(\\d{1,6})\\+(\\d{1,6})=(\\d{1,6})\n");
    private static final Pattern ANSWER = Pattern.compile("#### (\\d{1,6})");

    private SumChecker() {
    }

    /** Whether the completion's last line is {@code #### n} with the right n. */
    public static boolean endsRight(SumProblem problem, String completion) {
        List<String> steps = SumSolution.split(completion).steps();
        return !steps.isEmpty() && finalAnswerIs(problem.answer(), steps.getLast());
    }

    /**
     * One verdict per step. A step is right iff, given only the problem, it is the step that leads to the right answer:
     * it adds the next term to the true running total and gets it right. After a wrong step all later ones are wrong,
     * even where their own arithmetic holds, since they start from a wrong number.
     */
    public static List<Boolean> verdicts(SumProblem problem, String completion) {
        List<Boolean> verdicts = new ArrayList<>();
        List<Integer> terms = problem.terms();
        int total = terms.getFirst();
        int next = 1;
        boolean right = true;
        for (String step : SumSolution.split(completion).steps()) {
            if (next < terms.size()) {
                right = right && addsRight(step, total, terms.get(next));
                total += terms.get(next);
            } else {
                right = right && next == terms.size() && finalAnswerIs(problem.answer(), step);
            }
            next++;
            verdicts.add(right);
        }
        return List.copyOf(verdicts);
    }

    /** Whether the arithmetic of a step holds by itself, whatever came before; a final answer always does. */
    public static boolean arithmeticHolds(String step) {
        Matcher m = ADDITION.matcher(step);
        return m.matches() ? number(m, 1) + number(m, 2) == number(m, 3) : ANSWER.matcher(step).matches();
    }

    private static boolean addsRight(String step, int total, int term) {
        Matcher m = ADDITION.matcher(step);
        return m.matches() && number(m, 1) == total && number(m, 2) == term && number(m, 3) == total + term;
    }

    private static boolean finalAnswerIs(int answer, String step) {
        Matcher m = ANSWER.matcher(step);
        return m.matches() && number(m, 1) == answer;
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
