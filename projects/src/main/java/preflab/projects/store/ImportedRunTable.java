package preflab.projects.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;

/** Enters runs that were trained elsewhere. */
final class ImportedRunTable {

    private final Database database;
    private final Path project;

    ImportedRunTable(Database database, Path project) {
        this.database = database;
        this.project = project;
    }

    int add(ImportedRun run) {
        return database.write(connection -> {
            refuseTwice(connection, run);
            Database.update(connection, """
                    INSERT INTO run (name, objective, dataset, dataset_version, dataset_sha256, model, seed,
                        total_steps, spec, created, origin, origin_sha256)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", run.name(), run.objective(),
                    run.dataset().dataset(), run.dataset().version(), run.dataset().sha256(), run.model(), run.seed(),
                    run.totalSteps(), run.specJson(), run.created().toEpochMilli(), run.origin(), run.sha256());
            int number = Database.rows(connection, row -> row.getInt(1), "SELECT last_insert_rowid()").getFirst();
            Database.update(connection,
                    "INSERT INTO segment (run, segment, from_step, started) VALUES (?, 1, -1, ?)", number,
                    run.created().toEpochMilli());
            new EventTable(database, project, number, 1, Clock.fixed(run.ended(), ZoneOffset.UTC)).storeAll(connection,
                    run.events());
            for (LateEvaluation evaluation : run.answered()) {
                EvaluationTable.insert(connection, number, evaluation);
            }
            return number;
        });
    }

    private static void refuseTwice(Connection connection, ImportedRun run) throws SQLException {
        var before = Database.rows(connection, row -> row.getInt(1),
                "SELECT id FROM run WHERE origin_sha256 = ? AND name = ?", run.sha256(), run.name());
        if (!before.isEmpty()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE,
                    run.name() + " from " + run.origin() + " is in this project already: run " + before.getFirst());
        }
    }
}
