package preflab.app.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.eval.Answer;
import preflab.engine.eval.Answers;
import preflab.engine.eval.SequenceMeasures;
import preflab.engine.metric.Metrics;
import preflab.engine.model.Precision;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.tensor.Torch;
import preflab.engine.train.Sample;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.LateEvaluation;
import preflab.projects.workspace.Workspace;

/**
 * Exact-match accuracy of answers to the rows of a dataset that tell a final answer, and how likely right ones are.
 * Answers of a run's checkpoint are kept in the project.
 */
@Command(sortOptions = false, name = "evaluate", description = "Measure a run or a model on held-out rows. What a run answers is kept in the project.")
final class EvaluateCommand extends BaseCommand {

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's number: the checkpoint of its best evaluation is measured where it followed one (checkpoint.best_by), else its last.")
    private Optional<Integer> run = Optional.empty();

    @Option(names = "--model", paramLabel = "REF", description = "Instead of a run: a Hugging Face folder, builtin:NAME or run:ID[@STEP].")
    private Optional<String> model = Optional.empty();

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "The held-out rows.")
    private String dataset;

    @Mixin
    private ProjectOption project;

    @Option(names = "--rows", defaultValue = "2147483647", paramLabel = "N", description = "Only the first N rows (default: all).")
    private int rows;

    @Option(names = "--max-tokens", defaultValue = "128", paramLabel = "N", description = "New tokens per answer at most (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(names = "--progress", hidden = true, description = "With --json: a line for every hundredth of the rows.")
    private boolean progress;

    @Mixin
    private SamplerOptions sampler;

    @Override
    int run(Output output) {
        if (run.isPresent() == model.isPresent()) {
            throw CliException.badInput("evaluate needs either a run's number or --model REF");
        }
        try (Workspace workspace = project.open()) {
            String reference = model.orElseGet(() -> judged(workspace, run.orElseThrow()));
            Path folder = ModelRefs.resolve(workspace, reference);
            DatasetVersionId problems = workspace.datasets().resolve(dataset);
            Measured measured = measured(folder, judged(workspace, problems), output);
            ModelRefs.checkpoint(workspace, reference)
                    .ifPresent(checkpoint -> keep(workspace, checkpoint, problems, measured));
            Map<String, Object> metrics = measured.metrics();
            output.json(Map.of("metrics", metrics));
            output.text("accuracy " + Numbers.percent((double) metrics.get(Metrics.EVAL_ACCURACY)) + " of "
                    + Numbers.whole((int) metrics.get(Metrics.EVAL_COUNT)) + " problems");
            output.text("perplexity of right answers " + Numbers.real((double) metrics.get(Metrics.EVAL_PERPLEXITY))
                    + ", entropy " + Numbers.real((double) metrics.get(Metrics.EVAL_ENTROPY)) + " nats a token");
        }
        return Cli.DONE;
    }

    private static String judged(Workspace workspace, int run) {
        return "run:" + run + ModelRefs.judged(workspace, run).map(checkpoint -> "@" + checkpoint.step()).orElse("");
    }

    private record Measured(Map<String, Object> metrics, List<Answer> answers, String decoding) {
    }

    /** A run's answers stay with it: Compare weighs runs by them. */
    private static void keep(Workspace workspace, ModelRefs.RunCheckpoint checkpoint, DatasetVersionId problems,
            Measured measured) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        measured.metrics().forEach((name, value) -> metrics.put(name, ((Number) value).doubleValue()));
        workspace.runs().afterTraining()
                .keep(new LateEvaluation(checkpoint.run(), checkpoint.step(), problems, measured.decoding(),
                        Instant.now(), metrics, measured.answers().stream().map(EvaluateCommand::sample).toList()));
    }

    private static Sample sample(Answer answer) {
        return new Sample(answer.row(), answer.prompt(), answer.completion(), answer.expected(), answer.correct());
    }

    private List<PreferenceExample> judged(Workspace workspace, DatasetVersionId problems) {
        ExampleView view = workspace.datasets().view(problems);
        List<PreferenceExample> judged = IntStream.range(0, Math.min(rows, view.size()))
                .<PreferenceExample>mapToObj(view::get).filter(row -> Answers.expected(row).isPresent()).toList();
        if (judged.isEmpty()) {
            throw CliException.badInput("no row of " + view.version().display()
                    + " tells a final answer (#### 55), so nothing can be measured");
        }
        return judged;
    }

    private Measured measured(Path folder, List<PreferenceExample> judged, Output output) {
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.load(folder, manager, Precision.FLOAT32)) {
            SamplerSettings settings = sampler.settings(maxTokens, 0);
            PercentEvents percent = new PercentEvents(output, progress);
            List<Answer> answers = Answers.drawn(policy, tokenizer, judged, settings, sampler.stops(tokenizer),
                    (done, total) -> {
                        percent.at(done, total);
                        return true;
                    });
            SequenceMeasures.Reading reading = SequenceMeasures.of(policy, SequenceMeasures.preferred(judged, tokenizer,
                    policy.config().maxPositions(), Integer.MAX_VALUE));
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put(Metrics.EVAL_ACCURACY, Answers.accuracy(answers).orElse(Double.NaN));
            metrics.put(Metrics.EVAL_COUNT, answers.size());
            metrics.put(Metrics.EVAL_PERPLEXITY, reading.perplexity());
            metrics.put(Metrics.EVAL_ENTROPY, reading.entropy());
            return new Measured(metrics, answers, settings.words());
        }
    }
}
