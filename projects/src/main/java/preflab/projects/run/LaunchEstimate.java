package preflab.projects.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.ModelException;
import preflab.engine.param.ParamException;
import preflab.engine.tensor.Machine;
import preflab.engine.train.Estimator;
import preflab.engine.train.MemoryEstimate;
import preflab.engine.train.MemorySaving;
import preflab.engine.train.RunSpec;
import preflab.engine.train.StepTime;
import preflab.engine.train.TrainException;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.TrainSettings;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/**
 * What a run will need, and what there is.
 *
 * @param time
 *            of its steps, where it was measured
 * @param steps
 *            it will take
 * @param free
 *            bytes of memory that could be had when this was found out
 * @param onGpu
 *            whether it computes on a GPU, whose memory is not known here
 * @param savings
 *            what would need less
 */
public record LaunchEstimate(MemoryEstimate memory, Optional<StepTime> time, int steps, long free, boolean onGpu,
        List<MemorySaving> savings) {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchEstimate.class);
    private static final double GIGABYTE = 1 << 30;

    /** A run of fewer steps is over before its time could be measured. */
    private static final int FEWEST_STEPS = 20;

    public LaunchEstimate {
        savings = List.copyOf(savings);
    }

    /**
     * Counts the memory; reads no weights.
     *
     * @throws TrainException
     *             if the run cannot be trained
     */
    public static LaunchEstimate of(Workspace workspace, RunSpec spec) {
        return of(estimator(workspace, spec), spec, Optional.empty());
    }

    /** Counts the memory and, where that suffices and there are steps enough, measures the time, which takes seconds. */
    public static LaunchEstimate measured(Workspace workspace, RunSpec spec) {
        LaunchEstimate counted = of(workspace, spec);
        if (!counted.fits() || counted.steps < FEWEST_STEPS) {
            return counted;
        }
        try (RowCache cache = RowCache.open(workspace.cache(), 0)) {
            StepTime time = Estimator.of(spec, inputs(workspace, spec).with(cache)).time();
            return new LaunchEstimate(counted.memory, Optional.of(time), counted.steps, counted.free, counted.onGpu,
                    counted.savings);
        } catch (RuntimeException e) {
            LOG.warn("the time of \"{}\" cannot be measured: {}", spec.name(), e.toString());
            return counted;
        }
    }

    /** Of an estimator that is kept for several settings. */
    public static LaunchEstimate of(Estimator estimator, RunSpec spec, Optional<StepTime> time) {
        long free = Machine.freeMemory();
        return new LaunchEstimate(estimator.memory(spec.settings()), time, spec.settings().get(TrainSettings.STEPS),
                free, spec.settings().get(TrainSettings.DEVICE).equals("gpu"),
                estimator.savings(spec.settings(), free));
    }

    /** Tokenises some rows of a run. */
    public static Estimator estimator(Workspace workspace, RunSpec spec) {
        return Estimator.of(spec, inputs(workspace, spec));
    }

    private static TrainInputs inputs(Workspace workspace, RunSpec spec) {
        ExampleView rows = workspace.datasets().view(spec.dataset());
        return new TrainInputs(rows, spec.evaluation().map(workspace.datasets()::view),
                ModelRefs.resolve(workspace, spec.model()),
                spec.reference().map(name -> ModelRefs.resolve(workspace, name)), workspace.checkpoints());
    }

    /** The same, if it can be found out; what stands against the run is said elsewhere. */
    public static Optional<LaunchEstimate> attempt(Workspace workspace, RunSpec spec) {
        try {
            return Optional.of(measured(workspace, spec));
        } catch (TrainException | ModelException | ParamException | ProjectException | DatasetException e) {
            LOG.debug("no estimate of \"{}\"", spec.name(), e);
            return Optional.empty();
        }
    }

    /** Whether there is memory enough; always true on a GPU. */
    public boolean fits() {
        return onGpu || memory.peak() <= free;
    }

    /** Seconds of all steps, evaluations and checkpoints left out. */
    public Optional<Double> seconds() {
        return time.map(each -> each.total(steps));
    }

    /** Why the run is refused: what it needs, what there is, and what would help by how much; empty if it fits. */
    public Optional<String> refusal() {
        if (fits()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "it needs about %s of memory (%s), and %s are free", gigabytes(memory.peak()), parts(),
                gigabytes(free)));
        savings.forEach(saving -> text.append(String.format(Locale.ROOT, "%n• %s needed%s with %s",
                gigabytes(saving.peak()), saving.peak() <= free ? "" : " (still too much)", saving.words())));
        return Optional.of(text.toString());
    }

    /** The largest parts, largest first. */
    public String parts() {
        return String.join(", ", memory.bytes().entrySet().stream().filter(part -> part.getValue() > memory.peak() / 50)
                .sorted(Map.Entry.<MemoryEstimate.Part, Long>comparingByValue().reversed())
                .map(part -> part.getKey().label() + " " + gigabytes(part.getValue())).toList());
    }

    /** As "1.2 GB". */
    public static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, bytes < GIGABYTE ? "%.2f GB" : "%.1f GB", bytes / GIGABYTE);
    }

    /** Keeps it with a run, to be graded when the run is over. */
    public void keep(Path runFolder) {
        EstimateFile.write(runFolder, this);
    }

    /** What was kept with a run. */
    public static Optional<LaunchEstimate> kept(Path runFolder) {
        return EstimateFile.read(runFolder);
    }

    static LaunchEstimate kept(Map<MemoryEstimate.Part, Long> bytes, Optional<StepTime> time, int steps, long free,
            boolean onGpu) {
        return new LaunchEstimate(new MemoryEstimate(bytes),
                time, steps, free, onGpu, List.of());
    }
}
