package preflab.projects.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import preflab.engine.metric.Metrics;
import preflab.projects.store.Series;

/** Whether the loss still pulls, at which rows, and with which of its terms. */
final class SignalTrouble {

    private static final double OFTEN_SILENT = 0.2;
    private static final double SILENT_NORM = 1e-7;
    private static final int LEAST_STEPS = 10;
    /** Of the pull at the start: for DPO σ(−margin) below 0.05, a margin above 2.9. */
    private static final double SATURATED = 0.1;
    private static final double DROWNED = 0.02;
    private static final Pattern ROWS = Pattern.compile("(\\d+) of (\\d+) rows were refused");

    private SignalTrouble() {
    }

    /** Half of the rows are pulled at no more. */
    static Optional<Finding> saturation(Trace trace) {
        Optional<Drift> median = Drift.of(trace.of(Metrics.PULL_MEDIAN));
        if (median.isEmpty()) {
            return saturationByNorm(trace);
        }
        return median.filter(pull -> pull.from() > 0 && pull.to() < SATURATED * pull.from()).map(pull -> {
            Series series = trace.of(Metrics.PULL_MEDIAN);
            long since = firstBelow(series, SATURATED * pull.from());
            return Finding.note("saturated", "The loss is saturated: most rows teach nothing more",
                    "signal/pull_median, how strongly the loss pulls at the middle row, fell from "
                            + Diagnosis.figure(pull.from()) + " to " + Diagnosis.figure(pull.to()) + " ("
                            + Diagnosis.percent(pull.to() / pull.from()) + "); first below a tenth at step " + since
                            + " of " + trace.run().lastStep() + ".",
                    since < trace.run().lastStep() / 2
                            ? "It happened early: a smaller beta keeps the sigmoid in its slope for longer, a smaller"
                                    + " learning rate too. If it happens with any beta, the sides are told apart by"
                                    + " something shallow such as their length: look at Data."
                            : "Stop near step " + since + ", or find harder rows.",
                    Metrics.PULL_MEDIAN, Metrics.PULL, "rewards/margins");
        });
    }

    private static long firstBelow(Series series, double limit) {
        return series.step(IntStream.range(0, series.size()).filter(i -> series.value(i) < limit).findFirst()
                .orElse(series.size() - 1));
    }

    /** For runs that did not log their pull. */
    private static Optional<Finding> saturationByNorm(Trace trace) {
        Optional<Drift> right = Drift.of(trace.of("rewards/accuracies")).filter(drift -> drift.to() > 0.99);
        Optional<Drift> norm = Drift.of(trace.of("grad_norm")).filter(drift -> drift.to() < SATURATED * drift.from());
        if (right.isEmpty() || norm.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Finding.note("saturated", "The loss is saturated: it teaches nothing more",
                "rewards/accuracies is " + Diagnosis.figure(right.get().to()) + " at the end; grad_norm fell from "
                        + Diagnosis.figure(norm.get().from()) + " to " + Diagnosis.figure(norm.get().to()) + ".",
                "Stop earlier, or find harder pairs. If it happened within few steps, the pairs may be told apart by"
                        + " something shallow such as their length: look at Data.",
                "grad_norm", "rewards/accuracies"));
    }

    /** Rows, or whole batches, without any gradient. */
    static Optional<Finding> noSignal(Trace trace) {
        return silentRows(trace).or(() -> refusedRows(trace)).or(() -> silentSteps(trace));
    }

    private static Optional<Finding> silentRows(Trace trace) {
        Series silent = trace.of(Metrics.SILENT_ROWS);
        double share = IntStream.range(0, silent.size()).mapToDouble(silent::value).average().orElse(0);
        if (share <= OFTEN_SILENT) {
            return Optional.empty();
        }
        long wholly = IntStream.range(0, silent.size()).filter(i -> silent.value(i) == 1).count();
        return Optional.of(noSignal(Diagnosis.percent(share) + " of the rows had no gradient (signal/silent_rows); "
                + wholly + " of " + silent.size() + " logged steps had none at all.",
                "The loss is flat at these rows: its margin is met (hinge), its sigmoid saturated, or their term has the"
                        + " weight 0. A smaller beta or a larger margin gives them a slope again; in Data, look for rows"
                        + " whose sides differ by nothing that is learned.",
                Metrics.SILENT_ROWS, Metrics.PULL, "grad_norm"));
    }

    /** The trainer leaves out rows that cannot teach, and says so in a warning. */
    private static Optional<Finding> refusedRows(Trace trace) {
        return trace.warnings().stream().filter(warning -> warning.code().equals("rows_refused"))
                .filter(warning -> refused(warning.message()) > OFTEN_SILENT).findFirst()
                .map(warning -> noSignal("The trainer said: " + warning.message() + ".",
                        "Rows whose sides are equal, from the start or after cutting, teach nothing: mend or remove"
                                + " them in Data (its checks list them); raise data.max_length if answers were cut"
                                + " to the same beginning.",
                        "epoch", "loss"));
    }

    private static double refused(String message) {
        Matcher rows = ROWS.matcher(message);
        return rows.find() ? Double.parseDouble(rows.group(1)) / Double.parseDouble(rows.group(2)) : 0;
    }

    private static Optional<Finding> silentSteps(Trace trace) {
        Series norms = trace.of("grad_norm");
        double share = norms.size() < LEAST_STEPS
                ? 0
                : IntStream.range(0, norms.size()).filter(i -> norms.value(i) < SILENT_NORM).count()
                        / (double) norms.size();
        return share <= OFTEN_SILENT
                ? Optional.empty()
                : Optional.of(noSignal("grad_norm is zero at " + Diagnosis.percent(share) + " of the logged steps.",
                        "Pairs with equal answers, prompts that fill data.max_length, or labels of one sort only leave"
                                + " nothing to learn from: check the data version.",
                        "grad_norm"));
    }

    private static Finding noSignal(String evidence, String advice, String... metrics) {
        return Finding.warning("no-signal", "Many rows carry no signal", evidence, advice, metrics);
    }

    /** One term of the loss leaves the others no say. */
    static Optional<Finding> oneTerm(Trace trace) {
        Map<String, Double> shares = new TreeMap<>();
        trace.series().forEach((metric, series) -> {
            if (metric.startsWith(Metrics.GRAD_SHARE)) {
                shares.put(metric.substring(Metrics.GRAD_SHARE.length()), later(series));
            }
        });
        if (shares.size() < 2) {
            return Optional.empty();
        }
        String large = shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        if (1 - shares.get(large) >= DROWNED) {
            return Optional.empty();
        }
        List<String> all = shares.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue(
                Comparator.reverseOrder())).map(e -> e.getKey() + " " + Diagnosis.figure(100 * e.getValue()) + " %")
                .toList();
        return Optional.of(Finding.note("one-term", "One term of the loss leaves the others no say",
                "Share of the gradient (grad_share/…): " + String.join(", ", all) + ".",
                "Change the weight of a term until each has a share you mean it to have: at " + Diagnosis.figure(100
                        * shares.get(large)) + " %, a weight " + Diagnosis.figure(
                                shares.get(large) / (1 - shares.get(
                                        large)))
                        + " times smaller for " + large + " would make it half.",
                shares.keySet().stream().map(term -> Metrics.GRAD_SHARE + term).toArray(String[]::new)));
    }

    /** The mean after the first point: a KL has no gradient before the policy moves. */
    private static double later(Series series) {
        return IntStream.range(Math.min(1, series.size() - 1), series.size()).mapToDouble(series::value).average()
                .orElse(0);
    }
}
