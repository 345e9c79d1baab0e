package preflab.projects.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import preflab.projects.diagnose.Finding.SeenRow;

/** What single rows say: which of them were displaced and why, and whose labels the others contradict. */
final class RowTrouble {

    private static final int SHOWN = 5;
    private static final int LEAST_ROWS = 8;
    /** Nats by which a chosen answer must have fallen to be shown. */
    private static final double FELL = 0.5;
    /** Share of rows that must contradict the others before a word is said. */
    private static final double SUSPECTS = 0.05;
    /** Of the median lead, on the wrong side of zero. */
    private static final double CONTRADICTS = -0.5;
    /** Nats of median lead below which the run has not learned enough to judge labels. */
    private static final double LEARNED = 0.5;

    private RowTrouble() {
    }

    /** Displacement with the rows and tokens that show it. */
    static Finding displaced(Finding finding, RowShifts rows, List<Finding.Remedy> remedies) {
        List<RowShift> worst = rows.displaced(FELL);
        String count = worst.size() + " of the first " + rows.shifts().size() + " rows: chosen down by more than "
                + Diagnosis.figure(FELL) + " nats, rejected further." + siblings(rows.shifts());
        return finding.with(count, worst.stream().limit(SHOWN).map(row -> new SeenRow(row.row(),
                "chosen " + signed(row.chosen()) + ", rejected " + signed(row.rejected()) + " nats; the sides share "
                        + Diagnosis.percent(row.similarity()) + " of their tokens" + tokens(rows.fallen(row.row()))))
                .toList(), remedies);
    }

    private static String tokens(List<String> fallen) {
        return fallen.isEmpty() ? "" : "; fell most: " + String.join(", ", fallen);
    }

    /** Whether rows whose sides are alike fell more than others. */
    static String siblings(List<RowShift> shifts) {
        List<RowShift> pairs = shifts.stream().filter(RowShift::isPair)
                .filter(row -> !Double.isNaN(row.similarity())).toList();
        double[] similar = pairs.stream().mapToDouble(RowShift::similarity).toArray();
        if (pairs.size() < LEAST_ROWS || Arrays.stream(similar).distinct().count() < 2) {
            return "";
        }
        double rank = new SpearmansCorrelation().correlation(similar,
                pairs.stream().mapToDouble(RowShift::chosen).toArray());
        double chance = 2 / Math.sqrt(pairs.size() - 1.0); // two standard errors of a rank correlation of none
        String what = rank < -chance
                ? " The more tokens chosen and rejected share, the further the chosen fell"
                : " How many tokens the two sides share does not tell which chosen answers fell";
        return Double.isNaN(rank)
                ? ""
                : what + String.format(Locale.ROOT, " (rank correlation %.2f over %d pairs).", rank, pairs.size())
                        .replace('-', '−');
    }

    /** Rows that training moved against their labels while it moved the others along with theirs. */
    static Optional<Finding> labelNoise(List<RowShift> shifts) {
        double middle = middle(shifts);
        ToDoubleFunction<RowShift> lead = row -> row.isPair()
                ? row.chosen() - row.rejected()
                : Double.isNaN(row.rejected()) ? row.chosen() - middle : middle - row.rejected();
        double median = median(shifts.stream().mapToDouble(lead).toArray());
        List<RowShift> suspects = shifts.stream().filter(row -> lead.applyAsDouble(row) < CONTRADICTS * median)
                .sorted(Comparator.comparingDouble(lead)).toList();
        if (!(median > LEARNED) || shifts.size() < LEAST_ROWS || suspects.size() < SUSPECTS * shifts.size()) {
            return Optional.empty();
        }
        List<SeenRow> seen = suspects.stream().limit(SHOWN)
                .map(row -> new SeenRow(row.row(), "its lead moved by " + signed(lead.applyAsDouble(row)) + " nats"))
                .toList();
        return Optional.of(new Finding("label-noise", Finding.Level.NOTE,
                "Some labels are contradicted by the other rows",
                suspects.size() + " of the first " + shifts.size() + " rows (" + Diagnosis.percent(suspects.size()
                        / (double) shifts.size()) + ") moved against their label, by more than half of what the median"
                        + " row moved along with its own (" + signed(median) + " nats).",
                "Read these rows first: a label the wrong way round, or an answer that is right for another reason. If"
                        + " many are wrong, mend them in Label, or take a loss that expects it (robust_dpo, dpo with"
                        + " label_smoothing, ipo).",
                List.of("rewards/accuracies", "eval/rewards/accuracies"), seen, List.of()));
    }

    /** Half-way between what accepted and what rejected answers did, for rows of one side. */
    private static double middle(List<RowShift> shifts) {
        double accepted = median(shifts.stream().filter(row -> !row.isPair()).mapToDouble(RowShift::chosen).toArray());
        double rejected = median(
                shifts.stream().filter(row -> !row.isPair()).mapToDouble(RowShift::rejected).toArray());
        return (accepted + rejected) / 2;
    }

    private static double median(double... values) {
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : IntStream.of((sorted.length - 1) / 2, sorted.length / 2).mapToDouble(i -> sorted[i]).average()
                        .orElseThrow();
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Diagnosis.figure(value);
    }
}
