package preflab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.ImportReport;
import preflab.datasets.importer.Problem;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.Imported;
import preflab.projects.workspace.Workspace;

/** Imports one file as a new dataset version; bad rows are reported, not fatal. */
@Command(sortOptions = false, name = "import", description = "Import one file; makes the project if there is none.")
final class ImportCommand extends BaseCommand {

    /** Rejected rows listed for a person; {@code --json} lists all that the report kept. */
    private static final int SHOWN = 20;

    @Parameters(paramLabel = "FILE", description = "JSON Lines or a JSON array, plain or gzip.")
    private Path file;

    @Mixin
    private ProjectOption project;

    @Option(names = "--name", paramLabel = "N", description = "The dataset's name (default: the file's); an existing name gets its next version.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--kind", paramLabel = "K", description = "paired, unpaired, ranked, stepwise, … (default: detected).")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--map", paramLabel = "field=column", description = "Read a field from this column.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Override
    int run(Output output) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        ImportRequest request = new ImportRequest(name.orElseGet(this::nameOfFile), kind.map(ImportCommand::kind),
                new FieldMapping(columns));
        try (Workspace workspace = project.openOrCreate()) {
            Imported imported = workspace.datasets().importFile(file, request, new PercentProgress(file, output));
            output.json(json(imported));
            print(imported, output);
        }
        return Cli.DONE;
    }

    private String nameOfFile() {
        String full = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return full.replaceAll("\\.(gz|gzip)$", "").replaceAll("\\.(jsonl|ndjson|json|txt)$", "")
                .replaceAll("[^a-z0-9._-]+", "-");
    }

    private static Kind kind(String id) {
        return Kind.of(id).orElseThrow(() -> CliException.badInput("--kind " + id + ": known are "
                + String.join(", ", List.of(Kind.values()).stream().map(Kind::id).toList())));
    }

    private static Map<String, Object> json(Imported imported) {
        ImportReport report = imported.report();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("dataset", imported.version().dataset());
        row.put("version", imported.version().version());
        row.put("kind", report.kind().id());
        row.put("accepted", report.accepted());
        row.put("rejected", report.rejected());
        row.put("sha256", imported.version().sha256());
        row.put("problems", report.problems().stream().map(ImportCommand::json).toList());
        row.put("notes", report.notes().stream().map(ImportCommand::json).toList());
        return row;
    }

    private static Map<String, Object> json(Problem problem) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("row", problem.row());
        row.put("field", problem.field());
        row.put("problem", problem.problem());
        return row;
    }

    private static void print(Imported imported, Output output) {
        ImportReport report = imported.report();
        output.text(imported.version().display() + ": " + report.kind().id() + ", " + Numbers.whole(report.accepted())
                + " rows accepted, " + Numbers.whole(report.rejected()) + " rejected");
        Table table = new Table("row", "field", "problem");
        report.problems().stream().limit(SHOWN)
                .forEach(problem -> table.row(problem.row(), problem.field(), problem.problem()));
        table.lines().stream().skip(table.isEmpty() ? 1 : 0).forEach(output::text);
        if (report.rejected() > SHOWN) {
            output.text("… and " + Numbers.whole(report.rejected() - SHOWN) + " more (--json lists "
                    + ImportReport.LISTED + ")");
        }
        if (!report.notes().isEmpty()) {
            output.text(Numbers.whole(report.notes().size()) + " notes on accepted rows; the first: row "
                    + report.notes().getFirst().row() + ": " + report.notes().getFirst().problem());
        }
    }
}
