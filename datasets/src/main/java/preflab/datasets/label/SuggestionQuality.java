package preflab.datasets.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;

/**
 * How far suggestions agree with what the data says: labels of steps that are GOOD or BAD; where no step has one, whether
 * answers are right; of pairs, which one was chosen. Where nothing can be said a figure is NaN.
 *
 * @param count
 *            suggestions that could be held against the data
 * @param accuracy
 *            share of them that say what the data says
 * @param majority
 *            the accuracy of always suggesting what the data says most often
 * @param kappa
 *            Cohen's κ
 * @param auc
 *            the probability that something right is given a higher probability than something wrong
 */
public record SuggestionQuality(int count, double accuracy, double majority, double kappa, double auc) {

    /** A probability and whether it is so. */
    private record Judged(double probability, boolean right) {
        boolean agrees() {
            return suggested() == right;
        }

        boolean suggested() {
            return probability >= 0.5;
        }
    }

    /** Of suggestions for these rows. */
    public static SuggestionQuality of(List<Suggestion> suggestions, ExampleView rows) {
        List<Judged> steps = new ArrayList<>();
        List<Judged> wholes = new ArrayList<>();
        for (Suggestion suggestion : suggestions) {
            truth(rows.get(suggestion.row()), suggestion.step()).ifPresent(
                    right -> (suggestion.step() == Suggestion.WHOLE ? wholes : steps)
                            .add(new Judged(suggestion.probability(), right)));
        }
        return of(steps.isEmpty() ? wholes : steps);
    }

    private static Optional<Boolean> truth(PreferenceExample row, int step) {
        return switch (row) {
            case Stepwise e when step == Suggestion.WHOLE -> e.answerCorrect();
            case Stepwise e -> step < e.steps().size() ? truth(e.steps().get(step).label()) : Optional.empty();
            case Unpaired e -> Optional.of(e.accepted());
            case Paired e -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> truth(StepLabel label) {
        return switch (label) {
            case GOOD -> Optional.of(true);
            case BAD -> Optional.of(false);
            case NEUTRAL, UNMARKED -> Optional.empty();
        };
    }

    private static SuggestionQuality of(List<Judged> judged) {
        double n = judged.size();
        double right = judged.stream().filter(Judged::right).count();
        double kappa = Reliability.cohensKappa(judged.stream()
                .map(one -> new double[]{one.right() ? 1 : 0, one.suggested() ? 1 : 0}).toList());
        return new SuggestionQuality(judged.size(), judged.stream().filter(Judged::agrees).count() / n,
                Math.max(right, n - right) / n, kappa, auc(judged, right));
    }

    /** (R − n₁(n₁ + 1)/2) / (n₁n₀) with R the ranks of what is right, ties sharing theirs (Mann and Whitney 1947). */
    private static double auc(List<Judged> judged, double right) {
        List<Judged> sorted = judged.stream().sorted(Comparator.comparingDouble(Judged::probability)).toList();
        double ranks = 0;
        for (int from = 0, to; from < sorted.size(); from = to) {
            double value = sorted.get(from).probability();
            to = from;
            int rightHere = 0;
            while (to < sorted.size() && sorted.get(to).probability() == value) {
                rightHere += sorted.get(to++).right() ? 1 : 0;
            }
            ranks += rightHere * (from + 1 + to) / 2.0;
        }
        return (ranks - right * (right + 1) / 2) / (right * (sorted.size() - right));
    }
}
