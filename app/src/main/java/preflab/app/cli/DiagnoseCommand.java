package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.projects.diagnose.Diagnosis;
import preflab.projects.diagnose.Finding;
import preflab.projects.diagnose.RunDiagnosis;
import preflab.projects.workspace.Workspace;

/** Says in words what went wrong in runs. */
@Command(sortOptions = false, name = "diagnose", description = "Say what went wrong in runs: each finding with its evidence, the metrics that show it, and what to try.")
final class DiagnoseCommand extends BaseCommand {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Numbers of runs.")
    private List<Integer> runs = List.of();

    @Mixin
    private ProjectOption project;

    @Option(names = "--rows", description = "Also read the first rows each run was trained on, with its last checkpoint and with its reference: rows and tokens that were displaced, labels that the other rows contradict.")
    private boolean rows;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            for (int run : runs.stream().distinct().toList()) {
                if (rows) {
                    Diagnosis.readRows(workspace, run, new PercentEvents(output, true));
                }
                RunDiagnosis diagnosis = Diagnosis.of(workspace, run);
                output.json(json(diagnosis));
                print("run " + run, diagnosis.findings(), output);
                if (diagnosis.findings().isEmpty()) {
                    output.text("run " + run + ": " + diagnosis.nothing());
                }
            }
        }
        return Cli.DONE;
    }

    static void print(String name, List<Finding> findings, Output output) {
        for (Finding finding : findings) {
            output.text("\n" + name + ": " + finding.title() + ". " + finding.evidence()
                    + "\n  What to try: " + finding.advice());
            finding.rows().forEach(row -> output.text("  row " + row.row() + " (counted from 0): " + row.words()));
            if (!finding.remedies().isEmpty()) {
                remedies(finding.remedies(), output);
            }
        }
    }

    private static void remedies(List<Finding.Remedy> remedies, Output output) {
        output.text("  " + Finding.SCOPE);
        Table table = Table.of("loss", "chosen up", "rejected down", "effect");
        remedies.forEach(one -> table.row(one.loss(), Numbers.real(one.up()), Numbers.real(one.down()), one.effect()));
        output.table(table, "");
    }

    static Map<String, Object> json(RunDiagnosis diagnosis) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", diagnosis.run());
        object.put("findings", diagnosis.findings().stream().map(DiagnoseCommand::json).toList());
        object.put("not_looked_for", diagnosis.unseen());
        return object;
    }

    private static Map<String, Object> json(Finding.Remedy remedy) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("loss", remedy.loss());
        object.put("chosen_up", remedy.up());
        object.put("rejected_down", remedy.down());
        object.put("effect", remedy.effect());
        return object;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("finding", finding.id());
        object.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        object.put("title", finding.title());
        object.put("evidence", finding.evidence());
        object.put("advice", finding.advice());
        object.put("metrics", finding.metrics());
        object.put("rows", finding.rows().stream().map(row -> Map.of("row", row.row(), "words", row.words())).toList());
        object.put("remedies", finding.remedies().stream().map(DiagnoseCommand::json).toList());
        return object;
    }
}
