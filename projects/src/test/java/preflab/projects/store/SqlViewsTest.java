package preflab.projects.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.workspace.Workspace;

/** What docs/sql-views.md promises to other programs. */
class SqlViewsTest {

    @TempDir
    Path folder;

    private List<String> read(Workspace workspace, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager
                .getConnection("jdbc:sqlite:" + workspace.folder().resolve(RunStore.FILE));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    @Test
    void otherProgramsReadRunsSettingsAndTheVisiblePointsOnly() throws SQLException {
        try (Workspace workspace = Workspace.create(folder.resolve("v.preflab"))) {
            int run = workspace.runs().create(Specs.sft("first", Map.of("training.seed", "7")));
            try (EventWriter writer = workspace.runs().writer(run)) {
                for (int step = 1; step <= 4; step++) {
                    writer.on(new RunEvent.Measured(step, Map.of("loss", (double) step)));
                }
            }
            try (EventWriter writer = workspace.runs().writer(run, 2)) {
                writer.on(new RunEvent.Measured(3, Map.of("loss", Double.NaN)));
                writer.on(new RunEvent.Measured(4, Map.of("loss", Double.POSITIVE_INFINITY)));
                writer.on(new RunEvent.Ended(Outcome.DIVERGED, 4, "the loss is NaN", Map.of()));
            }
            workspace.runs().mark(List.of(run), mark -> mark.withTags(List.of("b", "a")).withArchived(true));

            assertThat(read(workspace,
                    "SELECT step, value, segment FROM view_metrics WHERE metric = 'loss' ORDER BY step"))
                    .containsExactly("1|1.0|1", "2|2.0|1", "3|null|2", "4|Inf|2");
            assertThat(read(workspace, "SELECT name, outcome, message, seed, archived, tags FROM view_runs"))
                    .containsExactly("first|DIVERGED|the loss is NaN|7|1|a,b");
            assertThat(read(workspace, "SELECT value FROM view_settings WHERE name = 'training.seed'"))
                    .containsExactly("7");
            assertThat(read(workspace, "SELECT metric, step FROM view_last_metrics")).containsExactly("loss|4");
            for (String view : List.of("view_samples", "view_warnings", "view_checkpoints")) {
                assertThat(read(workspace, "SELECT * FROM " + view)).isEmpty();
            }
        }
    }
}
