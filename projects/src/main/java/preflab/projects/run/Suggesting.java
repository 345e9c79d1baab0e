package preflab.projects.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Suggestion;
import preflab.datasets.label.SuggestionQuality;
import preflab.engine.eval.RowJudge;
import preflab.engine.eval.StepReading;
import preflab.engine.train.RunSpec;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Lets the last checkpoint of a run judge rows that people are to label; see {@link RowJudge}. */
public final class Suggesting {

    private static final int ROWS_AT_ONCE = 32;

    /** What of a run judges. */
    public enum Basis {
        /** PIPA's own estimate for a whole step: its value head together with its ratio to the prior. */
        POSTERIOR,
        /** The value head that was trained beside it, alone. */
        VALUE_HEAD,
        /** Its reward margin over the reference. */
        MARGIN;

        /** The name on the command line. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The basis of this {@link #id()}. */
        public static Optional<Basis> of(String id) {
            return Arrays.stream(values()).filter(basis -> basis.id().equals(id)).findFirst();
        }
    }

    /**
     * A run that can suggest.
     *
     * @param basis
     *            what it suggests by where nothing else is asked for: the posterior if it has a value head, else the margin
     */
    public record Source(int run, String name, String objective, Basis basis) {

        /** All it can suggest by, its own basis first. */
        public List<Basis> bases() {
            return basis == Basis.MARGIN ? List.of(Basis.MARGIN) : List.of(Basis.values());
        }
    }

    /**
     * What was suggested.
     *
     * @param suggestions
     *            for steps, answers or pairs
     * @param quality
     *            against what the data itself says, where it says anything
     */
    public record Suggested(int run, Basis basis, int suggestions, SuggestionQuality quality) {
    }

    private Suggesting() {
    }

    /** Runs that have a checkpoint, newest first. */
    public static List<Source> sources(Workspace workspace) {
        List<Source> sources = new ArrayList<>();
        for (RunSummary run : workspace.runs().list()) {
            ModelRefs.checkpoint(workspace, run.id()).ifPresent(
                    model -> sources.add(new Source(run.id(), run.name(), run.objective(), basis(model))));
        }
        sources.sort(java.util.Comparator.comparingInt(Source::run).reversed());
        return sources;
    }

    /**
     * Judges all rows of a version and replaces what was suggested for it before, in one transaction at the end. Loads
     * the engine; a window lets {@link SuggestionProcess} do it.
     *
     * @param basis
     *            empty for the run's own, see {@link Source}
     * @param progress
     *            in rows; cancelled work throws {@link CancellationException} and leaves everything as it was
     * @throws ProjectException
     *             NO_SUCH_RUN or NO_SUCH_MODEL; WRONG_STATE if the run has no value head and one is asked for, or no row
     *             can be judged
     */
    public static Suggested make(Workspace workspace, int run, Optional<Basis> basis, DatasetVersionId version,
            Progress progress) {
        Path model = ModelRefs.resolve(workspace, "run:" + run);
        Basis used = basis.orElseGet(() -> basis(model));
        if (used != Basis.MARGIN && !RowJudge.hasValueHead(model)) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run
                    + " has no value head; its margin can suggest (--by margin), or a run of PIPA with value_head=learned");
        }
        RunSpec spec = workspace.runs().spec(run);
        ExampleView rows = workspace.datasets().view(version);
        List<Suggestion> found = new ArrayList<>();
        String source = "run " + run + " (" + spec.objective() + ", " + used.id().replace('-', ' ') + ")";
        try (RowJudge judge = judge(workspace, spec, model, used)) {
            for (int start = 0; start < rows.size(); start += ROWS_AT_ONCE) {
                requireWanted(progress);
                int end = Math.min(rows.size(), start + ROWS_AT_ONCE);
                List<PreferenceExample> some = IntStream.range(start, end).mapToObj(rows::get).toList();
                judge.judge(some).stream().filter(verdict -> !Double.isNaN(verdict.probability()))
                        .forEach(verdict -> found.add(new Suggestion(verdict.row(), verdict.step(),
                                verdict.probability(), source)));
                progress.at(end, rows.size());
            }
        }
        requireWanted(progress);
        if (found.isEmpty()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " can judge no row of "
                    + version.display()
                    + ": rows need steps, an answer or a pair, and to be short enough for the model");
        }
        workspace.labels().suggest(version, found);
        return new Suggested(run, used, found.size(), SuggestionQuality.of(found, rows));
    }

    private static void requireWanted(Progress progress) {
        if (progress.cancelled()) {
            throw new CancellationException("suggesting was cancelled; nothing changed");
        }
    }

    private static Basis basis(Path model) {
        return RowJudge.hasValueHead(model) ? Basis.POSTERIOR : Basis.MARGIN;
    }

    /** The prior and the reference are the run's, or the model it began with where it had none. */
    private static RowJudge judge(Workspace workspace, RunSpec spec, Path model, Basis basis) {
        Path frozen = ModelRefs.resolve(workspace, spec.reference().orElse(spec.model()));
        return switch (basis) {
            case VALUE_HEAD -> RowJudge.byValueHead(model);
            case POSTERIOR -> RowJudge.byPosterior(model, frozen, posterior(spec) == StepReading.POSTERIOR_OF_WRONG);
            case MARGIN -> RowJudge.byMargin(model, frozen, beta(spec));
        };
    }

    /** How a run's value head and prior make probabilities of steps: PIPA-N's prior is that of wrong answers. */
    public static StepReading posterior(RunSpec spec) {
        return spec.objective().equals("pipa_n") ? StepReading.POSTERIOR_OF_WRONG : StepReading.POSTERIOR_OF_ALL;
    }

    /** The β of a run's implicit reward; 1 where its objective has none. */
    public static double beta(RunSpec spec) {
        return Optional.ofNullable(spec.hyper().asText().get("beta")).map(Double::parseDouble)
                .filter(value -> value > 0).orElse(1.0);
    }
}
