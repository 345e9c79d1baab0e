package preflab.projects.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.RunSpecs;
import preflab.engine.train.TrainSettings;

/** The runs of one project, kept in its {@code project.db}. Safe for several threads and processes. */
public final class RunStore implements AutoCloseable {

    /** The database's name in the project's folder. */
    public static final String FILE = "project.db";

    private static final String WAITING = """
            SELECT id FROM run WHERE launched IS NULL
                AND NOT EXISTS (SELECT 1 FROM segment WHERE segment.run = run.id)
            """;

    static final String STOP = "stop"; // kinds of requests
    static final String PAUSE = "pause";

    private final Path project;
    private final Database database;
    private final Clock clock;

    private RunStore(Path project, Clock clock) {
        this.project = project;
        this.database = new Database(project.resolve(FILE));
        this.clock = clock;
    }

    /**
     * Opens the run store of the project in this folder; makes the database if it is missing, migrates an older one
     * after a backup beside it.
     *
     * @throws ProjectException
     *             if a newer program wrote it, or it is not such a database
     */
    public static RunStore open(Path project) {
        Path folder = project.toAbsolutePath().normalize();
        Schema.prepare(folder.resolve(FILE));
        return new RunStore(folder, Clock.systemUTC());
    }

    /** Enters a run, not started yet. Returns its number, counted from 1. */
    public int create(RunSpec spec) {
        String json = RunSpecs.toJson(spec);
        int run = database.write(connection -> {
            Database.update(connection, """
                    INSERT INTO run (name, objective, dataset, dataset_version, dataset_sha256, model, seed,
                        total_steps, spec, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", spec.name(),
                    spec.objective(), spec.dataset().dataset(), spec.dataset().version(), spec.dataset().sha256(),
                    spec.model(), spec.settings().get(TrainSettings.SEED), spec.settings().get(TrainSettings.STEPS),
                    json, clock.millis());
            return Database.rows(connection, row -> row.getInt(1), "SELECT last_insert_rowid()").getFirst();
        });
        makeFolder(run);
        return run;
    }

    private void makeFolder(int run) {
        try {
            Files.createDirectories(folder(run));
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot make " + folder(run), e);
        }
    }

    /** All runs, newest first. */
    public List<RunSummary> list() {
        return summaries().list();
    }

    /** One line about one run. */
    public RunSummary summary(int run) {
        return summaries().one(run);
    }

    /** Where the run stands now. */
    public RunState state(int run) {
        return summary(run).state();
    }

    private Summaries summaries() {
        return new Summaries(database, this::folder, clock);
    }

    /**
     * Enters a run that was trained elsewhere, whole, in one transaction. Returns its number here.
     *
     * @throws ProjectException
     *             if the same run was entered before
     */
    public int add(ImportedRun run) {
        int number = new ImportedRunTable(database, project).add(run);
        makeFolder(number);
        return number;
    }

    /** What was done with runs after they were trained. */
    public AfterTraining afterTraining() {
        return new AfterTraining(database, clock);
    }

    /**
     * What the run was asked to do, complete.
     *
     * @throws ProjectException
     *             if another program trained it
     */
    public RunSpec spec(int run) {
        RunSummary summary = summary(run);
        if (!summary.hasRunFile()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " was imported from "
                    + summary.origin().orElse("") + "; only runs of Preflab have settings to train with");
        }
        return RunSpecs.fromJson(specJson(run));
    }

    /** The same as stored, JSON. */
    public String specJson(int run) {
        return database.read(connection -> Database
                .rows(connection, row -> row.getString(1), "SELECT spec FROM run WHERE id = ?", run).stream()
                .findFirst())
                .orElseThrow(() -> noSuchRun(run));
    }

    static ProjectException noSuchRun(int run) {
        return new ProjectException(ProjectException.Code.NO_SUCH_RUN, "the project has no run " + run);
    }

    /** Machine and program of the run's last start; empty before it. */
    public Map<String, String> environment(int run) {
        return database.read(connection -> Database.rows(connection, row -> Json.map(row.getString(1)),
                "SELECT environment FROM segment WHERE run = ? ORDER BY segment DESC LIMIT 1", run)).stream()
                .findFirst().orElse(Map.of());
    }

    /** Names of the metrics logged so far, in alphabetical order. */
    public List<String> metricKeys(int run) {
        return metrics().keys(run);
    }

    /** Every logged value of a metric, by step; empty where there is none. */
    public Series series(int run, String key) {
        return series(run, key, 0, Integer.MAX_VALUE);
    }

    /** Logged values of a metric with fromStep ≤ step ≤ toStep. */
    public Series series(int run, String key, long fromStep, long toStep) {
        return metrics().series(run, key, fromStep, toStep);
    }

    /**
     * A thinned series for drawing: [fromStep, toStep] is cut into buckets of equal width, a power of two, and of each
     * only the points with the least and the greatest value and its first NaN are read. At most 3 × (buckets + 1)
     * points. The whole of a run that is over is read from a copy kept of it.
     */
    public Series series(int run, String key, long fromStep, long toStep, int buckets) {
        return metrics().series(run, key, fromStep, toStep, buckets);
    }

    /** The last logged point of a metric; no points where there is none. */
    public Series lastPoint(int run, String key) {
        return metrics().lastPoint(run, key);
    }

    private MetricReader metrics() {
        return new MetricReader(database);
    }

    /** Generated texts of a purpose ({@code samples}, {@code eval}), by step. */
    public List<StoredSamples> samples(int run, String purpose) {
        return samples(run, purpose, -1);
    }

    /** Generated texts of a purpose at steps after the one given, by step. */
    public List<StoredSamples> samples(int run, String purpose, long afterStep) {
        return texts().samples(run, purpose, afterStep + 1, Integer.MAX_VALUE);
    }

    /** The first and the last generated texts of a purpose: none, one or two entries, whatever lies between. */
    public List<StoredSamples> firstAndLastSamples(int run, String purpose) {
        return texts().firstAndLast(run, purpose);
    }

    public List<StoredWarning> warnings(int run) {
        return texts().warnings(run);
    }

    /** Complete checkpoints, oldest first. */
    public List<StoredCheckpoint> checkpoints(int run) {
        return texts().checkpoints(run);
    }

    private EventReader texts() {
        return new EventReader(database, project);
    }

    /** What people say of runs, by number; runs nobody said anything of are missing. */
    public Map<Integer, RunMark> marks() {
        return new MarkTable(database).all();
    }

    /** Changes tags, note or archived of several runs at once. */
    public void mark(Collection<Integer> runs, UnaryOperator<RunMark> change) {
        new MarkTable(database).change(runs, change);
    }

    /** Asks the run to stop at its next step boundary, with a checkpoint. Asking twice is asking once. */
    public void requestStop(int run) {
        request(run, STOP);
    }

    /** Asks the run to wait at its next step boundary, in memory. Asking twice is asking once. */
    public void requestPause(int run) {
        request(run, PAUSE);
    }

    /** Lets a run that waits go on. */
    public void endPause(int run) {
        database.write(connection -> Database.update(connection,
                "UPDATE request SET done = ? WHERE run = ? AND kind = ? AND done IS NULL", clock.millis(), run, PAUSE));
    }

    private void request(int run, String kind) {
        if (summary(run).state().isOver()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE, "run " + run + " is over already");
        }
        database.write(connection -> Database.update(connection, """
                INSERT INTO request (run, kind, at) SELECT ?1, ?2, ?3
                WHERE NOT EXISTS (SELECT 1 FROM request WHERE run = ?1 AND kind = ?2 AND done IS NULL)""", run, kind,
                clock.millis()));
    }

    /** Runs that are entered and were never started, oldest first. */
    public List<Integer> waiting() {
        return database.read(connection -> Database.rows(connection, row -> row.getInt(1), WAITING + "ORDER BY id"));
    }

    /** Takes away those of these runs that were never started. */
    public void discardWaiting(Collection<Integer> runs) {
        database.write(connection -> {
            for (int run : runs) {
                Database.update(connection, "DELETE FROM run WHERE id = ? AND id IN (" + WAITING + ")", run);
            }
            return null;
        });
    }

    /** Notes that a process is started for this run and will take its lock soon. */
    public void launched(int run) {
        database.write(connection -> Database.update(connection, "UPDATE run SET launched = ? WHERE id = ?",
                clock.millis(), run));
    }

    /** Notes that no process could be started after all. */
    public void notLaunched(int run) {
        database.write(connection -> Database.update(connection, "UPDATE run SET launched = NULL WHERE id = ?", run));
    }

    /**
     * Takes the run's lock, as whoever executes it must.
     *
     * @throws ProjectException
     *             if another process executes it
     */
    public RunLock lock(int run) {
        summary(run);
        return RunLock.take(folder(run)).orElseThrow(() -> new ProjectException(ProjectException.Code.RUN_IS_BUSY,
                "run " + run + " is being executed by another process"));
    }

    /** Stores the events of a run that this process executes, from its first step on. */
    public EventWriter writer(int run) {
        return writer(run, -1);
    }

    /**
     * Stores the events of a run that this process executes and resumes: what earlier starts logged after fromStep is
     * hidden from now on.
     *
     * @param fromStep
     *            step of the checkpoint; −1 for a start from nothing
     */
    public EventWriter writer(int run, int fromStep) {
        int segment = database.write(connection -> newSegment(connection, run, fromStep));
        return new EventWriter(new EventTable(database, project, run, segment, clock));
    }

    private int newSegment(Connection connection, int run, int fromStep) throws SQLException {
        Database.update(connection, """
                INSERT INTO segment (run, segment, from_step, started)
                SELECT ?1, 1 + coalesce(max(segment), 0), ?2, ?3 FROM segment WHERE run = ?1""", run, fromStep,
                clock.millis());
        int segment = Database
                .rows(connection, row -> row.getInt(1), "SELECT max(segment) FROM segment WHERE run = ?", run)
                .getFirst();
        Sketch.forget(connection, run);
        if (segment > 1) {
            goBack(connection, run, fromStep);
            forgetRequests(connection, run, segment);
        }
        return segment;
    }

    /** Nobody means the process that is gone; what was asked since the new one was launched counts. */
    private void forgetRequests(Connection connection, int run, int segment) throws SQLException {
        Database.update(connection, """
                UPDATE request SET done = ?2 WHERE run = ?1 AND done IS NULL AND at < coalesce((
                    SELECT launched FROM run WHERE id = ?1 AND launched > (
                        SELECT max(started) FROM segment WHERE run = ?1 AND segment < ?3)), ?2 + 1)""", run,
                clock.millis(), segment);
    }

    /** The list of runs shows the step and the metrics that the run goes on from. */
    private static void goBack(Connection connection, int run, int step) throws SQLException {
        Database.update(connection, "UPDATE run SET last_step = ? WHERE id = ?", Math.max(0, step), run);
        Database.update(connection, "DELETE FROM last_metric WHERE run = ?", run);
        Database.update(connection, """
                INSERT INTO last_metric (run, key, step, value)
                SELECT run, key, max(step), value FROM metric AS t WHERE run = ?1 AND step <= ?2
                    AND NOT EXISTS (SELECT 1 FROM segment WHERE segment.run = t.run AND segment.segment > t.segment
                        AND segment.from_step < t.step)
                GROUP BY key""", run, step);
    }

    /**
     * Ends a start that did not even begin; does nothing if it did.
     *
     * @param startsBefore
     *            {@link #starts} before the process was launched
     */
    public void failUnstarted(int run, int startsBefore, String message) {
        if (starts(run) > startsBefore) {
            return; // before the lock is touched: whoever looks meanwhile would take this process for the worker
        }
        RunLock.take(folder(run)).ifPresent(lock -> {
            try {
                if (starts(run) == startsBefore) {
                    int step = summary(run).lastStep();
                    try (EventWriter writer = writer(run, startsBefore == 0 ? -1 : step)) {
                        writer.on(new RunEvent.Ended(Outcome.FAILED, step, message, Map.of()));
                    }
                }
            } finally {
                lock.close();
            }
        });
    }

    /** How often the run was started: once, and once more for every time it was resumed. */
    public int starts(int run) {
        return database.read(connection -> Database
                .rows(connection, row -> row.getInt(1), "SELECT count(*) FROM segment WHERE run = ?", run).getFirst());
    }

    /** The steps after which the run went on in a process of its own, one for each time it was resumed. */
    public List<Integer> resumedAfter(int run) {
        return database.read(connection -> Database.rows(connection, row -> row.getInt(1),
                "SELECT from_step FROM segment WHERE run = ? ORDER BY segment LIMIT -1 OFFSET 1", run));
    }

    /** The folder of the run's lock, log and own files. */
    public Path folder(int run) {
        return project.resolve("runs").resolve(String.valueOf(run));
    }

    @Override
    public void close() {
        database.close();
    }
}
