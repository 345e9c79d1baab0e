package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.Examples;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.workspace.Workspace;

/** What is known of a run's rows before it is entered; one character is one token of the built-in model. */
class LaunchCheckTest {

    @TempDir
    Path folder;

    private LaunchCheck.Rows rows(Map<String, String> settings) {
        try (Workspace workspace = Workspace.create(folder.resolve("p.preflab"))) {
            DatasetVersionId data = workspace.datasets().add("sums", Kind.PAIRED, List.of(
                    Examples.paired("1+1=", "2", "3"), Examples.paired("1+1+1+1+1+1=", "6", "7"),
                    Examples.paired("1+1=", "1+1=2 is 2", "3")).iterator(), "a test");
            return LaunchCheck.rows(workspace, new RunSpec(RunSpec.CURRENT_VERSION, "checked", data, Optional.empty(),
                    "builtin:sums", Optional.empty(), "dpo",
                    ParamValues.defaults(Objectives.find("dpo").orElseThrow().params()),
                    ParamValues.parse(TrainSettings.ALL, settings)));
        }
    }

    @Test
    void rowsThatAreCutAreCountedBySideAndNamed() {
        LaunchCheck.Rows rows = rows(Map.of("data.max_length", "12", "data.prompt_truncation", "cut_left",
                "data.max_completion_length", "7"));
        assertThat(rows.refusal()).isEmpty();
        assertThat(rows.cut()).hasValue("2 of 3 rows (66.7 %) are longer than 12 tokens: 1 lost their prompt's start"
                + " (row 1), 1 lost a completion's end (row 2)");
    }

    @Test
    void aPromptThatFillsTheLimitIsRefusedByItsRow() {
        assertThat(rows(Map.of("data.max_length", "12")).refusal().orElseThrow()).contains("row 1,");
    }

    @Test
    void rowsThatFitAreNotMentioned() {
        LaunchCheck.Rows rows = rows(Map.of());
        assertThat(rows.refusal()).isEmpty();
        assertThat(rows.cut()).isEmpty();
    }
}
