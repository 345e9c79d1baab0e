package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.StepLabel;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.label.Suggestion;
import preflab.projects.run.Suggesting;
import preflab.projects.run.SuggestionProcess;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/** The way of labels from the command line. */
class LabelCommandTest {

    private @TempDir Path folder;
    private Path project;

    @BeforeEach
    void importRows() throws Exception {
        project = folder.resolve("label.preflab");
        Path rows = Files.writeString(folder.resolve("steps.jsonl"), IntStream.range(0, 40)
                .mapToObj(i -> "{\"prompt\":\"" + i + "+1=\",\"completions\":[\"" + i + "+1=" + (i + i % 2)
                        + "\\n\",\"#### "
                        + (i + i % 2) + "\"],\"labels\":[" + (i % 2 == 1) + "," + (i % 2 == 1) + "]}")
                .collect(Collectors.joining("\n")), StandardCharsets.UTF_8);
        assertThat(CliRun.of("import", rows, "--project", project).code()).isZero();
    }

    private void judge(String name, StepLabel... verdicts) {
        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId version = workspace.datasets().resolve("steps");
            LabelSession session = LabelSession.open(workspace.datasets().view(version), workspace.labels(),
                    SessionSpec.of(LabelTask.STEPS, Author.annotator(name)), Clock.systemUTC());
            for (StepLabel verdict : verdicts) {
                session.judge(verdict);
            }
        }
    }

    private static JsonNode only(Object... arguments) {
        Object[] withJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        CliRun run = CliRun.of(withJson);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.json().getLast();
    }

    @Test
    void verdictsArePublishedAndExported() throws Exception {
        judge("ann", StepLabel.GOOD, StepLabel.BAD);
        judge("bob", StepLabel.GOOD, StepLabel.GOOD);

        assertThat(CliRun.of("label", "status", "steps", "--project", project, "--json").json())
                .extracting(row -> row.path("annotator").asText(), row -> row.path("complete").asInt())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ann", 1),
                        org.assertj.core.groups.Tuple.tuple("bob", 1));
        assertThat(only("label", "agreement", "steps", "--project", project).path("observed").asDouble())
                .isEqualTo(0.5);
        JsonNode published = only("label", "publish", "steps", "--project", project, "--differing", "leave-out");
        assertThat(published.path("version").asInt()).isEqualTo(2);
        assertThat(published.path("rows").asInt()).isEqualTo(39);
        Path out = folder.resolve("out.jsonl");
        assertThat(only("label", "export", "steps", "--project", project, "--format", "trl", "--out", out)
                .path("rows").asInt()).isEqualTo(39);
        assertThat(Files.readAllLines(out)).hasSize(39).first().asString()
                .startsWith("{\"prompt\":\"1+1=\",\"completions\":[\"1+1=2\\n\",\"#### 2\"],\"labels\":[true,true]");
    }

    @Test
    void aRunIsMarkedByMendedLabelsAndSuggestsHereAndInAProcessOfItsOwn() throws Exception {
        Path model = TinyModel.in(folder.resolve("tiny"));
        assertThat(CliRun.of("train", "--project", project, "--dataset", "steps", "--model", model, "--objective",
                "pipa_m", "--steps", "1", "--set", "samples.prompts=0", "--set", "compute.threads=1").code()).isZero();

        judge("ann", StepLabel.GOOD);
        assertThat(only("label", "publish", "steps", "--project", project).path("version").asInt()).isEqualTo(2);
        assertThat(only("runs", "--project", project).path("labels_mended_in").asText()).isEqualTo("steps v2");
        assertThat(CliRun.of("runs", "--project", project).out()).contains("steps v1 (labels mended in steps v2)");

        JsonNode said = only("label", "suggest", "steps@1", "--project", project, "--run", "1");
        assertThat(said.path("by").asText()).isEqualTo("posterior");
        assertThat(said.path("suggestions").asInt()).isEqualTo(120); // 40 answers of two steps
        assertThat(said.path("quality").path("n").asInt()).isEqualTo(80);
        assertThat(said.path("quality").path("majority").asDouble()).isEqualTo(0.5);

        try (Workspace workspace = Workspace.open(project)) {
            DatasetVersionId version = workspace.datasets().resolve("steps@1");
            List<Suggestion> here = workspace.labels().suggestions(version);
            workspace.labels().suggest(version, List.of());
            SuggestionProcess other = SuggestionProcess.ofThisProgram();
            Progress unwanted = new Progress() {
                @Override
                public void at(long done, long total) {
                    // cancelled before anything can be told
                }

                @Override
                public boolean cancelled() {
                    return true;
                }
            };
            assertThatThrownBy(() -> other.make(workspace, 1, Optional.empty(), version, unwanted))
                    .isInstanceOf(CancellationException.class);
            assertThat(workspace.labels().suggestions(version)).isEmpty();

            List<Long> told = new ArrayList<>();
            Suggesting.Suggested made = other.make(workspace, 1, Optional.empty(), version,
                    (done, total) -> told.add(done));
            assertThat(made.suggestions()).isEqualTo(120);
            assertThat(made.quality().count()).isEqualTo(80);
            assertThat(told).isSorted();
            assertThat(workspace.labels().suggestions(version)).usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1, Double.class).isEqualTo(here);
            assertThatThrownBy(() -> other.make(workspace, 9, Optional.empty(), version, Progress.NONE))
                    .isInstanceOf(ProjectException.class).hasMessageContaining("run 9");
        }
    }

    @Test
    void aThresholdIsShownAndKeptForLaterRuns() {
        JsonNode flips = only("label", "threshold", "steps", "0.2", "--project", project, "--save");
        assertThat(flips.path("steps_flipped").asInt()).isZero(); // no step has a Q
        try (Workspace workspace = Workspace.open(project)) {
            assertThat(workspace.stepThreshold().orElseThrow().threshold()).isEqualTo(0.2);
        }
        CliRun bad = CliRun.of("label", "threshold", "steps", "2", "--project", project);
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err()).contains("[-1, 1]");
    }

    @Test
    void whatCannotBeIsSaidInOneLine() {
        CliRun noOne = CliRun.of("label", "publish", "steps", "--project", project);
        assertThat(noOne.code()).isEqualTo(2);
        assertThat(noOne.err()).hasLineCount(1).contains("nobody has labelled steps of steps v1");
        assertThat(CliRun.of("label", "suggest", "steps", "--project", project, "--run", "1", "--by", "luck").err())
                .hasLineCount(1).contains("--by luck").contains("posterior, value-head and margin");
        assertThat(CliRun.of("label", "suggest", "steps", "--project", project, "--run", "1").err())
                .hasLineCount(1).contains("no run 1");
    }
}
