package preflab.app.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.convert.AnswersToSteps;
import preflab.datasets.convert.BestAndWorst;
import preflab.datasets.convert.Conversion;
import preflab.datasets.convert.Conversions;
import preflab.datasets.convert.ForgetShare;
import preflab.datasets.convert.MatchedPairs;
import preflab.datasets.convert.NoiseCandidate;
import preflab.datasets.convert.PairsToUnpaired;
import preflab.datasets.convert.RankedToPairs;
import preflab.datasets.convert.RefusalPairs;
import preflab.datasets.convert.StepsToAnswers;
import preflab.datasets.convert.WithoutDuplicates;
import preflab.datasets.convert.WithoutRows;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.datasets.split.SplitRule;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.SplitPlan;
import preflab.engine.batch.TextTokenizer;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Workspace;

/** Makes a new version out of a version. */
@Command(sortOptions = false, name = "convert", description = "Make a new dataset version from another: pairs, steps, noise, refusals, splits, …")
final class ConvertCommand extends BaseCommand {

    private static final String SPLIT = "split";
    private static final List<String> KNOWN = List.of("pairs_to_unpaired", "match_pairs", "ranked_to_pairs",
            "best_and_worst", "answers_to_steps", "steps_to_answers", "steps_to_demonstrations", "add_noise",
            "refusal_pairs", "forget_share", "without_duplicates", "without_rows", SPLIT);

    @Parameters(paramLabel = "NAME", description = "The dataset (NAME@VERSION).")
    private String source;

    @Mixin
    private ProjectOption project;

    @Option(names = "--to", required = true, paramLabel = "CONVERSION", description = "pairs_to_unpaired, match_pairs, ranked_to_pairs, best_and_worst, answers_to_steps, steps_to_answers, steps_to_demonstrations, add_noise, refusal_pairs, forget_share, without_duplicates, without_rows or split.")
    private String to;

    @Option(names = "--name", paramLabel = "N", description = "The new dataset's name (default: the same where the kind stays, else with the new kind behind).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--pairs", paramLabel = "CHOICE", defaultValue = "best_worst", description = "ranked_to_pairs: best_worst, best_others, neighbours or all (default: ${DEFAULT-VALUE}).")
    private String pairs;

    @Option(names = "--gap", paramLabel = "X", defaultValue = "0", description = "ranked_to_pairs: scores at least this far apart.")
    private double gap;

    @Option(names = "--keep", paramLabel = "K", defaultValue = "5", description = "best_and_worst: candidates kept beside the best (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "line", description = "answers_to_steps: line, blank_line, step_number, sentence, or tokens with --tokens and --model (default: ${DEFAULT-VALUE}).")
    private String rule;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "32", description = "--rule tokens: at most so many a step (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(names = "--model", paramLabel = "REF", description = "--rule tokens: whose tokens.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--refusal", paramLabel = "TEXT", description = "refusal_pairs: what is to be said instead; may be given several times.")
    private List<String> refusals = List.of(RefusalPairs.I_DO_NOT_KNOW);

    @Option(names = "--percent", paramLabel = "P", defaultValue = "10", description = "forget_share: share to forget (default: ${DEFAULT-VALUE}).")
    private double percent;

    @Option(names = "--rows", paramLabel = "N,…", split = ",", description = "without_rows: row numbers from 0, as check and the table give them.")
    private List<Integer> rows = List.of();

    @Option(names = "--validation", paramLabel = "SHARE", defaultValue = "0.1", description = "split (default: ${DEFAULT-VALUE}).")
    private double validation;

    @Option(names = "--test", paramLabel = "SHARE", defaultValue = "0.1", description = "split (default: ${DEFAULT-VALUE}).")
    private double test;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of everything drawn by chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    int run(Output output) {
        try (Workspace workspace = project.open()) {
            DatasetStore store = workspace.datasets();
            DatasetVersionId from = store.resolve(source);
            for (DatasetVersionId made : made(workspace, from)) {
                DatasetInfo info = store.info(made);
                Map<String, Object> row = new LinkedHashMap<>(DatasetsCommand.json(info));
                row.put("from", info.provenance());
                output.json(row);
                output.text(made.display() + ": " + info.kind().id() + ", " + Numbers.whole(info.rows()) + " rows ("
                        + info.provenance() + ")");
            }
        } catch (IllegalArgumentException e) {
            throw CliException.badInput(e.getMessage());
        }
        return Cli.DONE;
    }

    private List<DatasetVersionId> made(Workspace workspace, DatasetVersionId from) {
        DatasetStore store = workspace.datasets();
        if (to.equals(SPLIT)) {
            return Conversions.split(store, from, new SplitPlan(validation, test, seed),
                    name.orElse(from.dataset()), Progress.NONE);
        }
        if (to.equals("answers_to_steps") && rule.equals("tokens")) {
            try (TextTokenizer tokenizer = TextTokenizer.load(ModelRefs.resolve(workspace, model.orElseThrow(
                    () -> CliException.badInput("--rule tokens needs --model REF: tokens are a model's"))))) {
                return converted(store, from, new AnswersToSteps(new SplitRule.Tokens(tokens, tokenizer)));
            }
        }
        return converted(store, from, conversion());
    }

    private List<DatasetVersionId> converted(DatasetStore store, DatasetVersionId from, Conversion conversion) {
        String target = name.orElseGet(() -> Conversions.suggestName(from, store.info(from).kind(), conversion));
        return List.of(Conversions.convert(store, from, conversion, target, Progress.NONE));
    }

    private Conversion conversion() {
        return switch (to) {
            case "pairs_to_unpaired" -> new PairsToUnpaired();
            case "match_pairs" -> new MatchedPairs();
            case "ranked_to_pairs" -> new RankedToPairs(choice(), gap);
            case "best_and_worst" -> new BestAndWorst(keep);
            case "answers_to_steps" -> new AnswersToSteps(SplitRule.of(rule).orElseThrow(
                    () -> CliException.badInput("--rule " + rule + ": known are " + SplitRule.known() + ", tokens")));
            case "steps_to_answers" -> new StepsToAnswers(false);
            case "steps_to_demonstrations" -> new StepsToAnswers(true);
            case "add_noise" -> new NoiseCandidate(seed);
            case "refusal_pairs" -> new RefusalPairs(refusals, seed);
            case "forget_share" -> new ForgetShare(percent, seed);
            case "without_duplicates" -> new WithoutDuplicates();
            case "without_rows" -> new WithoutRows(rows, "by number");
            default -> throw CliException.badInput("--to " + to + ": known are " + String.join(", ", KNOWN));
        };
    }

    private RankedToPairs.Choice choice() {
        return Arrays.stream(RankedToPairs.Choice.values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(pairs)).findFirst()
                .orElseThrow(() -> CliException.badInput("--pairs " + pairs
                        + ": known are best_worst, best_others, neighbours, all"));
    }
}
