package preflab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.compare.Choice;
import preflab.projects.compare.Claim;
import preflab.projects.compare.Claims;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Difference;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.Interval;
import preflab.projects.compare.MetricRow;
import preflab.projects.compare.PairedDifference;
import preflab.projects.compare.Statistics;
import preflab.projects.export.HtmlReport;
import preflab.projects.workspace.OutdatedRuns;
import preflab.projects.workspace.Workspace;

/** Runs beside each other: settings that differ, metrics with intervals, and a report for the browser. */
@Command(sortOptions = false, name = "compare", description = "Compare runs of a project.")
final class CompareCommand extends BaseCommand {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Numbers of the runs.")
    private List<Integer> runs = List.of();

    @Mixin
    private ProjectOption project;

    @Option(names = "--baseline", paramLabel = "RUN", description = "The run the others are measured against (default: the first).")
    private Optional<Integer> baseline = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a self-contained report with charts.")
    private Optional<Path> html = Optional.empty();

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            Comparison comparison = Comparison.of(workspace, runs, baseline.orElse(runs.getFirst()));
            html.ifPresent(file -> HtmlReport.write(comparison, file));
            Map<Integer, DatasetVersionId> outdated = OutdatedRuns.of(workspace);
            output.json(json(comparison, outdated));
            print(comparison, outdated, output);
            html.ifPresent(file -> output.text("report: " + file.toAbsolutePath().normalize()));
        }
        return Cli.DONE;
    }

    private static void print(Comparison comparison, Map<Integer, DatasetVersionId> outdated, Output output) {
        output.table(RunRows.table(comparison.runs(), outdated), "");
        output.text("");
        Object[] headers = comparison.runs().stream().map(run -> "run " + run.id()).toArray();
        Table differences = Table.of("differs", headers);
        comparison.differences().forEach(one -> differences.rowOf(one.name(), one.values()));
        output.table(differences, "These runs do not differ in any setting.");
        output.text("");
        Table metrics = Table.of("metric", headers);
        comparison.metrics().forEach(row -> metrics.rowOf(row.key(),
                row.estimates().stream().map(one -> one.map(CompareCommand::text).orElse("–")).toList()));
        output.table(metrics, "These runs have not logged anything.");
        if (comparison.metrics().stream().flatMap(row -> row.estimates().stream()).flatMap(Optional::stream)
                .anyMatch(estimate -> estimate.interval().isPresent())) {
            output.text(Statistics.OVER_PROBLEMS);
        }
        comparison.choice().ifPresent(choice -> output.text("\n" + choice.sentence()));
        comparison.claims().forEach(claim -> output.text("\n" + claim.sentence() + "\n  " + claim.basis()));
        if (!comparison.claims().isEmpty()) {
            output.text("\n" + Claims.CAUTION);
        }
        for (int i = 0; i < comparison.runs().size(); i++) {
            String name = comparison.names().get(i);
            DiagnoseCommand.print(name, comparison.diagnoses().get(i).findings(), output);
        }
    }

    private static String text(Estimate estimate) {
        return Numbers.real(estimate.value()) + estimate.interval().map(CompareCommand::text).orElse("")
                + estimate.versusBaseline().map(CompareCommand::text).orElse("");
    }

    private static String text(Interval interval) {
        return " [" + Numbers.real(interval.low()) + ", " + Numbers.real(interval.high()) + "]";
    }

    private static String text(PairedDifference difference) {
        return " (" + Numbers.points(difference.difference()) + " points)";
    }

    private static Map<String, Object> json(Comparison comparison, Map<Integer, DatasetVersionId> outdated) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("runs", comparison.runs().stream().map(run -> RunRows.json(run, outdated)).toList());
        object.put("differences", comparison.differences().stream().map(CompareCommand::json).toList());
        object.put("metrics", comparison.metrics().stream().map(row -> json(row, comparison)).toList());
        comparison.choice().ifPresent(choice -> object.put("choice", json(choice)));
        object.put("claims", comparison.claims().stream().map(CompareCommand::json).toList());
        object.put("diagnoses", comparison.diagnoses().stream().map(DiagnoseCommand::json).toList());
        return object;
    }

    private static Map<String, Object> json(Choice choice) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("runs", choice.runs());
        object.put("accuracy", choice.accuracy());
        object.put("next", choice.next());
        object.put("next_accuracy", choice.nextAccuracy());
        object.put("ways", choice.ways());
        object.put("problems", choice.problems());
        object.put("sentence", choice.sentence());
        return object;
    }

    private static Map<String, Object> json(Claim claim) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("runs", claim.ourRuns());
        object.put("baseline_runs", claim.theirRuns());
        object.put("difference", claim.difference());
        object.put("interval", EstimateJson.json(claim.interval()));
        object.put("p_value", claim.pValue());
        object.put("permutation_p_value", claim.permutationP());
        object.put("comparisons", claim.comparisons());
        if (Double.isFinite(claim.detectable())) {
            object.put("detectable", Map.of("more_seeds", Claim.MORE_SEEDS, "difference", claim.detectable()));
        }
        object.put("problems", claim.problems());
        object.put("test", claim.test());
        object.put("scope", claim.seedsKnown() ? "seeds and problems" : "these seeds only");
        object.put("sentence", claim.sentence());
        return object;
    }

    private static Map<String, Object> json(Difference difference) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("group", difference.group());
        object.put("name", difference.name());
        object.put("values", difference.values());
        return object;
    }

    private static Map<String, Object> json(MetricRow row, Comparison comparison) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (int i = 0; i < row.estimates().size(); i++) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("run", comparison.runs().get(i).id());
            row.estimates().get(i).ifPresent(estimate -> EstimateJson.put(value, estimate));
            values.add(value);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("metric", row.key());
        object.put("values", values);
        return object;
    }
}
