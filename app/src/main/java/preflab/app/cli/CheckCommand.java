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
import preflab.datasets.check.DatasetCheck;
import preflab.datasets.check.Finding;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.DataSurvey;
import preflab.engine.batch.RowFate;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.batch.TokenXray;
import preflab.engine.model.HfFolder;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.train.RowPreview;
import preflab.engine.train.Settings;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Workspace;

/** Looks at rows before anybody trains on them. */
@Command(sortOptions = false, name = "check", description = "Look for duplicates, contradictions, leakage, …; with a model, for what would be cut or refused.")
final class CheckCommand extends BaseCommand {

    private static final int SHOWN = 8;
    /** Rows of a finding that {@code --json} lists. */
    private static final int LISTED = 1000;

    @Parameters(paramLabel = "NAME", description = "The dataset (NAME@VERSION).")
    private String dataset;

    @Mixin
    private ProjectOption project;

    @Option(names = "--against", paramLabel = "NAME", description = "Held-out data whose prompts must not be among these rows; may be given several times.")
    private List<String> against = List.of();

    @Option(names = "--near", paramLabel = "S", defaultValue = "0.8", description = "Similarity of words from which rows are near duplicates (default: ${DEFAULT-VALUE}).")
    private double near;

    @Option(names = "--model", paramLabel = "REF", description = "Whose tokenizer and positions to hold the rows against.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--objective", paramLabel = "ID", defaultValue = "sft", description = "With --model: what the rows are for (default: ${DEFAULT-VALUE}).")
    private String objective;

    @Option(names = "--set", paramLabel = "name=value", description = "With --model: settings as train takes them, such as data.max_length.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--row", paramLabel = "N", description = "With --model: this row, counted from 0, token by token.")
    private Optional<Integer> row = Optional.empty();

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            ExampleView rows = workspace.datasets().view(workspace.datasets().resolve(dataset));
            if (model.isEmpty()) {
                check(workspace, rows, output);
                return Cli.DONE;
            }
            return withModel(workspace, rows, output);
        } catch (IllegalArgumentException e) {
            throw CliException.badInput(e.getMessage());
        }
    }

    private void check(Workspace workspace, ExampleView rows, Output output) {
        List<ExampleView> heldOut = new ArrayList<>();
        against.forEach(name -> heldOut.add(workspace.datasets().view(workspace.datasets().resolve(name))));
        DatasetCheck check = DatasetCheck.of(rows, DatasetCheck.Settings.USUAL.against(heldOut).near(near),
                (done, total) -> {
                }, () -> false);
        for (Finding finding : check.findings()) {
            output.json(json(finding));
            output.text(finding.problem() + shown(finding.rows()));
            output.text("    " + finding.fix());
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("dataset", rows.version().dataset());
        summary.put("version", rows.version().version());
        summary.put("rows", check.rows());
        summary.put("prompts", check.prompts());
        summary.put("labels", check.balance().counts());
        summary.put("findings", check.findings().size());
        output.json(summary);
        output.text(rows.version().display() + ": " + Numbers.whole(check.rows()) + " rows, "
                + Numbers.whole(check.prompts()) + " different prompts; "
                + (check.findings().isEmpty()
                        ? "nothing found"
                        : check.findings().size() + (check.findings().size() == 1 ? " kind" : " kinds")
                                + " of problems"));
    }

    private int withModel(Workspace workspace, ExampleView rows, Output output) {
        Path folder = ModelRefs.resolve(workspace, model.orElseThrow());
        ObjectiveType<?> type = SpecCheck.objective(objective);
        if (!type.defaultNeeds().kinds().contains(rows.kind())) {
            throw CliException.badInput("objective " + type.id() + " does not read " + rows.kind().id() + " data");
        }
        Settings.Resolved settings = Settings.of(type).apply(set);
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            RowPreview preview = new RowPreview(type, settings.hyper(), settings.settings(), tokenizer,
                    HfFolder.open(folder).config().maxPositions());
            if (row.isPresent()) {
                if (row.get() < 0 || row.get() >= rows.size()) {
                    throw CliException.badInput("--row " + row.get() + ": " + rows.version().display()
                            + " has the rows 0 to " + (rows.size() - 1));
                }
                xray(preview.xray(rows.get(row.get())), output);
                return Cli.DONE;
            }
            return survey(preview, rows, output);
        }
    }

    private int survey(RowPreview preview, ExampleView rows, Output output) {
        DataSurvey survey = preview.survey(rows, done -> {
        }, () -> false);
        for (RowFate fate : RowFate.values()) {
            if (survey.count(fate) > 0) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("fate", fate.name().toLowerCase(Locale.ROOT));
                line.put("count", survey.count(fate));
                line.put("rows", fate == RowFate.WHOLE ? List.of() : survey.rowsOf(fate));
                output.json(line);
                output.text(String.format(Locale.ROOT, "%,8d  %s%s", survey.count(fate), fate.label(),
                        fate == RowFate.WHOLE ? "" : shown(survey.rowsOf(fate))));
            }
        }
        Optional<String> refusal = preview.refusal(survey);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("max_length", preview.maxLength());
        summary.put("tokens", survey.tokens());
        summary.put("tokens_cut", survey.tokensCut());
        summary.put("prompt_tokens_cut", survey.promptTokensCut());
        summary.put("completion_tokens_cut", survey.completionTokensCut());
        summary.put("refused", refusal.orElse(""));
        output.json(summary);
        output.text(String.format(Locale.ROOT, "%,d tokens within %d a row; %s of them cut", survey.tokens(),
                preview.maxLength(), Numbers.percent(survey.tokens() == 0
                        ? 0
                        : (double) survey.tokensCut() / survey.tokens())));
        refusal.ifPresent(why -> output.text("A run is refused: " + why));
        return refusal.isPresent() ? Cli.FAILED : Cli.DONE;
    }

    private static void xray(TokenXray xray, Output output) {
        output.text("This row: " + xray.fate().label());
        for (TokenXray.Side side : xray.sides()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("fate", xray.fate().name().toLowerCase(Locale.ROOT));
            line.put("group", side.group().name().toLowerCase(Locale.ROOT));
            line.put("prompt", side.promptText());
            line.put("completion", side.completionText());
            line.put("seam", side.promptLength());
            line.put("prompt_tokens_cut", side.promptTokensCut());
            line.put("completion_tokens_cut", side.completionTokensCut());
            line.put("seam_merged", side.seamMerged());
            line.put("ids", side.tokens().stream().map(TokenXray.Token::id).toList());
            line.put("tokens", side.tokens().stream().map(TokenXray.Token::piece).toList());
            line.put("parts", side.tokens().stream().map(token -> token.part().name().toLowerCase(Locale.ROOT))
                    .toList());
            output.json(line);
            output.text(side.group().name().toLowerCase(Locale.ROOT) + ": " + side.tokens().size() + " tokens, "
                    + side.activeTokens() + " learnt from, " + side.promptTokensCut() + " of the prompt and "
                    + side.completionTokensCut() + " of the completion cut"
                    + (side.seamMerged() ? "; the first token of the answer holds the prompt's end as well" : ""));
            Table table = new Table("position", "id", "token", "part");
            for (int i = 0; i < side.tokens().size(); i++) {
                TokenXray.Token token = side.tokens().get(i);
                table.row(i, token.id(), token.piece().replace("\n", "\\n"),
                        token.part().name().toLowerCase(Locale.ROOT));
            }
            output.table(table, "");
        }
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("finding", finding.id());
        line.put("count", finding.count());
        line.put("problem", finding.problem());
        line.put("rows", finding.rows().stream().limit(LISTED).toList());
        line.put("fix", finding.fix());
        return line;
    }

    private static String shown(List<Integer> rows) {
        String first = String.join(", ", rows.stream().limit(SHOWN).map(String::valueOf).toList());
        return rows.isEmpty() ? "" : " (row " + first + (rows.size() > SHOWN ? ", …)" : ")");
    }
}
