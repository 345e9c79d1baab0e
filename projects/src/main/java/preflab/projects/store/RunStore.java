package preflab.projects.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;

/** The runs of one project, kept in its {@code project.db}. Safe for several threads and processes. */
public final class RunStore implements AutoCloseable {

    /** Opens (and creates or migrates) the run store of the project in this folder. */
    public static RunStore open(Path project) {
        return Pending.value();
    }

    /** Enters a run, not started yet. Returns its number, counted from 1. */
    public int create(RunSpec spec) {
        return Pending.value();
    }

    /** All runs, newest first. */
    public List<RunSummary> list() {
        return Pending.value();
    }

    /** One line about one run. */
    public RunSummary summary(int run) {
        return Pending.value();
    }

    /** Where the run stands now. */
    public RunState state(int run) {
        return Pending.value();
    }

    /** What the run was asked to do, complete. */
    public RunSpec spec(int run) {
        return Pending.value();
    }

    /** The same as stored, JSON. */
    public String specJson(int run) {
        return Pending.value();
    }

    /** Machine and program of the run's last start; empty before it. */
    public Map<String, String> environment(int run) {
        return Pending.value();
    }

    /** Names of the metrics logged so far, in alphabetical order. */
    public List<String> metricKeys(int run) {
        return Pending.value();
    }

    /** Every logged value of a metric, by step; empty where there is none. */
    public Series series(int run, String key) {
        return Pending.value();
    }

    /** Logged values of a metric with fromStep ≤ step ≤ toStep. */
    public Series series(int run, String key, long fromStep, long toStep) {
        return Pending.value();
    }

    /**
     * A thinned series for drawing: [fromStep, toStep] is cut into buckets of equal width, and of each only the points
     * with the least and the greatest value (and every NaN bucket's first NaN) are read. At most 3 × buckets points.
     */
    public Series series(int run, String key, long fromStep, long toStep, int buckets) {
        return Pending.value();
    }

    /** Generated texts of a purpose ({@code samples}, {@code eval}), by step. */
    public List<StoredSamples> samples(int run, String purpose) {
        return Pending.value();
    }

    public List<StoredWarning> warnings(int run) {
        return Pending.value();
    }

    public List<StoredCheckpoint> checkpoints(int run) {
        return Pending.value();
    }

    /** Asks the run to stop at its next step boundary, with a checkpoint. Asking twice is asking once. */
    public void requestStop(int run) {
        Pending.value();
    }

    /** Stores events of a run that this process executes; used by the worker and by tests. */
    public EventWriter writer(int run) {
        return Pending.value();
    }

    /** The folder of the run's lock, log and own files. */
    public Path folder(int run) {
        return Pending.value();
    }

    /** Marks a run that could not even start as failed. */
    public void fail(int run, RunEvent.Ended end) {
        Pending.value();
    }

    @Override
    public void close() {
    }
}
