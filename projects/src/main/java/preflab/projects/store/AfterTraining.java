package preflab.projects.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What was done with runs after they were trained: problems they answered, folders they were written to. */
public final class AfterTraining {

    private final Database database;
    private final Clock clock;

    AfterTraining(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A checkpoint that was written out.
     *
     * @param what
     *            {@code model} or {@code adapter}
     */
    public record Exported(int run, int step, String what, Path folder, Instant at) {
    }

    /** Keeps answers asked for after training; those to the same question before are replaced. */
    public void keep(LateEvaluation evaluation) {
        new EvaluationTable(database).keep(evaluation);
    }

    /** What was asked of the run after training, oldest first. */
    public List<LateEvaluation> evaluations(int run) {
        return new EvaluationTable(database).of(run, true);
    }

    /** The same without the answers, which may be many. */
    public List<LateEvaluation> figures(int run) {
        return new EvaluationTable(database).of(run, false);
    }

    /** Notes that a checkpoint of a run was written to a folder. */
    public void exported(int run, int step, String what, Path folder) {
        database.write(connection -> Database.update(connection,
                "INSERT INTO export (run, step, what, folder, at) VALUES (?, ?, ?, ?, ?)", run, step, what,
                folder.toAbsolutePath().normalize().toString(), clock.millis()));
    }

    /** Where the run's checkpoints were written to, oldest first; the folders may be gone. */
    public List<Exported> exports(int run) {
        return database.read(connection -> Database.rows(connection,
                row -> new Exported(run, row.getInt("step"), row.getString("what"), Path.of(row.getString("folder")),
                        Instant.ofEpochMilli(row.getLong("at"))),
                "SELECT step, what, folder, at FROM export WHERE run = ? ORDER BY id", run));
    }
}
