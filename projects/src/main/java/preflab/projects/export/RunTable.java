package preflab.projects.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import preflab.engine.metric.Metrics;
import preflab.projects.chart.Numbers;
import preflab.projects.chart.Palette;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.Interval;
import preflab.projects.compare.PairedDifference;
import preflab.projects.compare.RunColours;
import preflab.projects.store.RunSummary;

/** The report's first table: a line per run with its accuracy, drawn and in figures. */
final class RunTable {

    private static final double WIDTH = 150;
    private static final double EDGE = 8;

    private final Comparison comparison;
    private final Html html;
    private final List<Optional<Estimate>> accuracies;
    private final List<Integer> colours;
    private final boolean anyBaseline;
    private final boolean anyStart;
    private final boolean anyData;
    private final boolean anySeed;
    private final double low;
    private final double high;

    RunTable(Comparison comparison, Html html) {
        this.comparison = comparison;
        this.html = html;
        this.accuracies = comparison.metrics().stream().filter(row -> row.key().equals(Metrics.EVAL_ACCURACY))
                .findFirst().map(row -> row.estimates())
                .orElse(comparison.runs().stream().map(run -> Optional.<Estimate>empty()).toList());
        this.colours = RunColours.of(comparison.runs().stream().map(RunSummary::id).toList());
        this.anyBaseline = estimates().anyMatch(estimate -> estimate.versusBaseline().isPresent());
        this.anyStart = estimates().anyMatch(estimate -> estimate.versusStart().isPresent());
        this.anyData = varies(RunSummary::dataset);
        this.anySeed = varies(RunSummary::seed);
        this.low = intervals().mapToDouble(Interval::low).min().orElse(0);
        this.high = intervals().mapToDouble(Interval::high).max().orElse(1);
    }

    private boolean varies(Function<RunSummary, Object> property) {
        return comparison.runs().stream().map(property).distinct().count() > 1;
    }

    private Stream<Estimate> estimates() {
        return accuracies.stream().flatMap(Optional::stream);
    }

    private Stream<Interval> intervals() {
        return Stream.concat(estimates().flatMap(estimate -> estimate.interval().stream()),
                comparison.base().stream().map(base -> base.interval()));
    }

    void write() {
        html.element("h2", "", "Runs");
        html.raw("<div class=\"scroll\"><table><thead><tr><th>run</th><th>objective</th>"
                + (anyData ? "<th>data</th>" : "") + (anySeed ? "<th class=\"number\">seed</th>" : "")
                + "<th>state</th><th class=\"number\">steps</th><th class=\"number\">accuracy</th>"
                + "<th>95 % interval</th>");
        html.raw(anyBaseline ? "<th class=\"number\">against ★</th>" : "");
        html.raw(anyStart ? "<th class=\"number\">against its start</th>" : "");
        html.raw("</tr></thead><tbody>\n");
        base();
        IntStream.range(0, comparison.runs().size()).forEach(this::run);
        html.raw("</tbody></table></div>\n");
        notes();
    }

    private void base() {
        comparison.base().ifPresent(base -> {
            html.raw(
                    "<tr class=\"base\"><td class=\"name\">before training</td><td></td>" + (anyData ? "<td></td>" : "")
                            + (anySeed ? "<td></td>" : "") + "<td></td><td class=\"number\">0</td>");
            accuracyCells(Optional.of(base.accuracy()), Optional.of(base.interval()), "var(--muted)");
            html.raw(anyBaseline ? "<td></td>" : "").raw(anyStart ? "<td></td>" : "").raw("</tr>\n");
        });
    }

    private void run(int i) {
        RunSummary run = comparison.runs().get(i);
        Optional<Estimate> accuracy = accuracies.get(i);
        boolean isBaseline = comparison.baseline().isPresent() && comparison.baseline().getAsInt() == run.id();
        String colour = "var(--chart-line-" + colours.get(i) % Palette.LIGHT.lines().size() + ")";
        html.raw("<tr><td class=\"name\"><span class=\"key\" style=\"background:" + colour + "\"></span>")
                .text(comparison.names().get(i)).raw(isBaseline ? " <span class=\"star\">★</span>" : "").raw("</td>")
                .element("td", "keep", run.objective());
        if (anyData) {
            html.element("td", "keep", run.data());
        }
        if (anySeed) {
            html.element("td", "number", String.valueOf(run.seed()));
        }
        html.raw("<td>").text(run.state().name().toLowerCase(Locale.ROOT));
        if (!run.message().isBlank()) {
            html.element("div", "interval", run.message());
        }
        html.raw("</td>").element("td", "number", HtmlReport.steps(run));
        accuracyCells(accuracy.map(Estimate::value), accuracy.flatMap(Estimate::interval), colour);
        if (anyBaseline) {
            difference(accuracy.flatMap(Estimate::versusBaseline));
        }
        if (anyStart) {
            difference(accuracy.flatMap(Estimate::versusStart));
        }
        html.raw("</tr>\n");
    }

    private void accuracyCells(Optional<Double> value, Optional<Interval> interval, String colour) {
        html.element("td", "number", value.map(Numbers::percent).orElse("–"));
        html.raw("<td class=\"keep\">");
        if (value.isPresent() && interval.isPresent()) {
            whisker(value.get(), interval.get(), colour);
            html.element("div", "interval", Numbers.percent(interval.get().low()) + " – "
                    + Numbers.percent(interval.get().high()) + ", n = " + interval.get().n());
        }
        html.raw("</td>");
    }

    /** A dot with its interval, all rows on one scale. */
    private void whisker(double value, Interval interval, String colour) {
        html.raw(String.format(Locale.ROOT,
                "<svg width=\"%.0f\" height=\"16\" style=\"vertical-align:-3px\"><path d=\"M%.1f 8H%.1f\" "
                        + "style=\"stroke:%s\" stroke-width=\"2\" stroke-linecap=\"round\"/>"
                        + "<circle cx=\"%.1f\" cy=\"8\" r=\"4.5\" style=\"fill:%s\"/></svg>",
                WIDTH, x(interval.low()), x(interval.high()), colour, x(value), colour));
    }

    private double x(double accuracy) {
        return high > low ? EDGE + (WIDTH - 2 * EDGE) * (accuracy - low) / (high - low) : WIDTH / 2;
    }

    private void difference(Optional<PairedDifference> difference) {
        if (difference.isEmpty()) {
            html.raw("<td class=\"number muted\">–</td>");
            return;
        }
        PairedDifference d = difference.get();
        String meaning = d.interval().low() > 0 ? "good" : d.interval().high() < 0 ? "bad" : "";
        html.raw("<td class=\"number\">").element("span", meaning, signed(d.difference()))
                .raw("<div class=\"interval\">")
                .text("[" + signed(d.interval().low()) + ", " + signed(d.interval().high()) + "] p "
                        + pValue(d.pValue()))
                .raw("</div></td>");
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", 100 * share).replace('-', '−');
    }

    private static String pValue(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", p);
    }

    private void notes() {
        if (intervals().findAny().isPresent()) {
            html.element("p", "note", "Accuracy: exact match of the final answer on held-out rows, greedy decoding; "
                    + "intervals are Wilson’s at 95 % over those rows: these seeds only.");
        }
        if (anyBaseline || anyStart) {
            html.element("p", "note", "Differences are in percentage points over the same rows: interval from a paired "
                    + "bootstrap over rows, p from McNemar’s exact test. They speak about these seeds only, not about "
                    + "what another seed would give.");
        }
    }
}
