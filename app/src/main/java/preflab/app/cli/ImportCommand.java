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
import preflab.app.user.UserFolders;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Hints;
import preflab.datasets.importer.ImportDraft;
import preflab.datasets.importer.ImportReport;
import preflab.datasets.importer.MappingPreset;
import preflab.datasets.importer.MappingPresets;
import preflab.datasets.importer.Problem;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.Imported;
import preflab.projects.workspace.Workspace;

/** Imports one file as a new dataset version; bad rows are reported, not fatal. */
@Command(sortOptions = false, name = "import", description = "Import one file; makes the project if there is none.")
final class ImportCommand extends BaseCommand {

    /** Rejected rows listed for a person; {@code --json} lists all that the report kept. */
    private static final int SHOWN = 20;

    @Parameters(paramLabel = "FILE", description = "JSON Lines, JSON, CSV (these also in gzip), Parquet or Arrow.")
    private Path file;

    @Mixin
    private ProjectOption project;

    @Option(names = "--name", paramLabel = "N", description = "The dataset's name (default: the file's); an existing name gets its next version.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--kind", paramLabel = "K", description = "paired, unpaired, ranked, stepwise, … (default: detected).")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--map", paramLabel = "field=column", description = "Read a field from this column; label=COLUMN>=N makes verdicts of ratings.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--preset", paramLabel = "P", description = "Kind and columns as saved under this name; --kind and --map go before it.")
    private Optional<String> preset = Optional.empty();

    @Option(names = "--save-preset", paramLabel = "P", description = "Keep --kind and --map under this name once the file is imported.")
    private Optional<String> saveAs = Optional.empty();

    @Option(names = "--rejected", paramLabel = "OUT", description = "Write the rejected rows to this file, each with its reason, to be mended and imported.")
    private Optional<Path> rejected = Optional.empty();

    @Option(names = "--preview", description = "Say what the file is found to be and show its first three rows; import nothing.")
    private boolean preview;

    @Override
    int run(Output output) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Hints hints = hints();
        if (preview) {
            ImportPreview.print(ImportDraft.open(file), hints, output);
            return Cli.DONE;
        }
        // a name that is not allowed must not come to light after a million rows
        Optional<MappingPreset> kept = saveAs.map(as -> new MappingPreset(as, hints.kind(), hints.mapping()));
        ImportRequest request = new ImportRequest(name.orElseGet(this::nameOfFile), hints.kind(), hints.mapping());
        try (Workspace workspace = project.openOrCreate()) {
            Imported imported = workspace.datasets().importFile(file, request, new PercentProgress(file, output));
            output.json(json(imported));
            print(imported, output);
        }
        rejected.ifPresent(out -> output.text(Numbers.whole(ImportDraft.open(file).plan(hints).writeRejected(out,
                new PercentProgress(file, output))) + " rejected rows written to " + out));
        kept.ifPresent(MappingPresets.in(UserFolders.mappings())::save);
        return Cli.DONE;
    }

    private Hints hints() {
        Hints saved = preset.map(MappingPresets.in(UserFolders.mappings())::get).map(MappingPreset::hints)
                .orElse(Hints.NONE);
        Map<String, String> mapping = new LinkedHashMap<>(saved.mapping().columns());
        mapping.putAll(columns);
        return new Hints(kind.map(ImportCommand::kind).or(saved::kind), new FieldMapping(mapping));
    }

    private String nameOfFile() {
        String full = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return full.replaceAll("\\.(gz|gzip)$", "").replaceAll("\\.(jsonl|ndjson|json|txt|csv|tsv|parquet|arrow)$", "")
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
        row.put("format", report.format());
        row.put("reason", report.reason());
        row.put("accepted", report.accepted());
        row.put("rejected", report.rejected());
        row.put("sha256", imported.version().sha256());
        row.put("problems", report.problems().stream().map(ImportCommand::json).toList());
        row.put("notes", report.notes().stream().map(ImportCommand::json).toList());
        return row;
    }

    static Map<String, Object> json(Problem problem) {
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
        output.text("read as " + report.reason());
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
