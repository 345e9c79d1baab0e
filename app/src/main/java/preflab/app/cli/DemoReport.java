package preflab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.projects.compare.BaseModel;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.Interval;
import preflab.projects.compare.PairedDifference;
import preflab.projects.store.RunSummary;

/** The demonstration's table: exact-match accuracy on the test problems of the base model and of every run. */
final class DemoReport {

    private static final String ACCURACY = "eval/accuracy";

    private DemoReport() {
    }

    static void print(Path project, Comparison comparison, Path report, Output output) {
        Table table = new Table("model", "accuracy", "95 % interval", "to the base (points)", "95 % interval",
                "test problems");
        comparison.base().ifPresent(base -> table.row("base (" + base.model() + ")",
                Numbers.percent(base.accuracy()), text(base.interval()), "–", "–", base.interval().n()));
        for (int i = 0; i < comparison.runs().size(); i++) {
            row(table, comparison.runs().get(i), accuracy(comparison, i));
        }
        output.table(table, "Nothing was measured.");
        output.text("");
        output.text(
                "Exact match of greedy answers; Wilson intervals; differences paired by problem (bootstrap). One seed.");
        output.text("report: " + report);
        output.text("project: " + project);
        output.json(json(project, comparison, report));
    }

    private static void row(Table table, RunSummary run, Optional<Estimate> accuracy) {
        Optional<PairedDifference> toBase = accuracy.flatMap(Estimate::versusStart);
        table.row(run.name(), accuracy.map(one -> Numbers.percent(one.value())).orElse("–"),
                accuracy.flatMap(Estimate::interval).map(DemoReport::text).orElse("–"),
                toBase.map(one -> Numbers.points(one.difference())).orElse("–"),
                toBase.map(one -> "[" + Numbers.points(one.interval().low()) + ", "
                        + Numbers.points(one.interval().high()) + "]").orElse("–"),
                accuracy.flatMap(Estimate::interval).map(Interval::n));
    }

    private static String text(Interval interval) {
        return "[" + Numbers.percent(interval.low()) + ", " + Numbers.percent(interval.high()) + "]";
    }

    private static Optional<Estimate> accuracy(Comparison comparison, int run) {
        return comparison.metrics().stream().filter(row -> row.key().equals(ACCURACY)).findFirst()
                .flatMap(row -> row.estimates().get(run));
    }

    private static Map<String, Object> json(Path project, Comparison comparison, Path report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("project", project.toString());
        comparison.base().ifPresent(base -> object.put("base", json(base)));
        List<Map<String, Object>> runs = new ArrayList<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            runs.add(json(comparison.runs().get(i), accuracy(comparison, i)));
        }
        object.put("runs", runs);
        object.put("report", report.toString());
        return object;
    }

    private static Map<String, Object> json(BaseModel base) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", base.model());
        object.put("metrics", Map.of(ACCURACY, base.accuracy()));
        object.put("interval", EstimateJson.json(base.interval()));
        return object;
    }

    private static Map<String, Object> json(RunSummary run, Optional<Estimate> accuracy) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", run.id());
        object.put("objective", run.objective());
        object.put("metrics", run.metrics());
        Map<String, Object> estimate = new LinkedHashMap<>();
        accuracy.ifPresent(one -> EstimateJson.put(estimate, one));
        object.put("accuracy", estimate);
        return object;
    }
}
