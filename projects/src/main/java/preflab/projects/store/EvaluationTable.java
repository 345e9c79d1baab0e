package preflab.projects.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Sample;

/** Reads and writes answers that were asked for after training. */
final class EvaluationTable {

    private final Database database;

    EvaluationTable(Database database) {
        this.database = database;
    }

    void keep(LateEvaluation evaluation) {
        database.write(connection -> {
            Database.update(connection, """
                    DELETE FROM evaluation WHERE run = ? AND step = ? AND dataset_sha256 = ? AND decoding = ?""",
                    evaluation.run(), evaluation.step(), evaluation.dataset().sha256(), evaluation.decoding());
            insert(connection, evaluation.run(), evaluation);
            return evaluation.run();
        });
    }

    /** A new one of this run, whatever number it was made with. */
    static void insert(Connection connection, int run, LateEvaluation evaluation) throws SQLException {
        Database.update(connection, """
                INSERT INTO evaluation (run, step, dataset, dataset_version, dataset_sha256, decoding, at, metrics)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", run, evaluation.step(), evaluation.dataset().dataset(),
                evaluation.dataset().version(), evaluation.dataset().sha256(), evaluation.decoding(),
                evaluation.at().toEpochMilli(), json(evaluation.metrics()));
        int id = Database.rows(connection, row -> row.getInt(1), "SELECT last_insert_rowid()").getFirst();
        insertAnswers(connection, id, evaluation.answers());
    }

    private static String json(Map<String, Double> metrics) {
        Map<String, String> texts = new TreeMap<>();
        metrics.forEach((name, value) -> texts.put(name, value.toString()));
        return Json.text(texts);
    }

    private static void insertAnswers(Connection connection, int evaluation, List<Sample> answers)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO answer (evaluation, row, prompt, completion, expected, correct)
                VALUES (?, ?, ?, ?, ?, ?)""")) {
            for (Sample answer : answers) {
                Database.bind(insert, evaluation, answer.row(), answer.prompt(), answer.completion(),
                        answer.expected().orElse(null), answer.correct().map(right -> right ? 1 : 0).orElse(null));
                insert.executeUpdate();
            }
        }
    }

    List<LateEvaluation> of(int run, boolean answers) {
        return database.read(connection -> Database.rows(connection, row -> evaluation(connection, row, answers),
                "SELECT * FROM evaluation WHERE run = ? ORDER BY at, id", run));
    }

    private static LateEvaluation evaluation(Connection connection, ResultSet row, boolean answers)
            throws SQLException {
        Map<String, Double> metrics = new TreeMap<>();
        Json.map(row.getString("metrics")).forEach((name, value) -> metrics.put(name, Double.valueOf(value)));
        List<Sample> samples = answers
                ? Database.rows(connection, EventReader::sample,
                        "SELECT row, prompt, completion, expected, correct FROM answer WHERE evaluation = ? ORDER BY row",
                        row.getInt("id"))
                : List.of();
        return new LateEvaluation(row.getInt("run"), row.getInt("step"),
                new DatasetVersionId(row.getString("dataset"), row.getInt("dataset_version"),
                        row.getString("dataset_sha256")),
                row.getString("decoding"), Instant.ofEpochMilli(row.getLong("at")), metrics, samples);
    }
}
