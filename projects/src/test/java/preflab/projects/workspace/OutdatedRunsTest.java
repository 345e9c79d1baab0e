package preflab.projects.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.Examples;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.store.LabelPublisher;
import preflab.datasets.store.Origin;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;

class OutdatedRunsTest {

    @TempDir
    Path folder;

    private static List<PreferenceExample> rows() {
        return List.of(Examples.stepwise("p", Step.labelled("a", StepLabel.GOOD)),
                Examples.stepwise("q", Step.labelled("b", StepLabel.BAD)));
    }

    private static int run(Workspace workspace, DatasetVersionId data) {
        return workspace.runs().create(new RunSpec(RunSpec.CURRENT_VERSION, "run", data, Optional.empty(),
                "builtin:sums", Optional.empty(), "pipa_m",
                ParamValues.defaults(Objectives.find("pipa_m").orElseThrow().params()),
                ParamValues.defaults(TrainSettings.ALL)));
    }

    private static DatasetVersionId mended(Workspace workspace, DatasetVersionId version, StepLabel verdict) {
        LabelSession.open(workspace.datasets().view(version), workspace.labels(),
                SessionSpec.of(LabelTask.STEPS, Author.annotator("ann")), Clock.systemUTC()).judge(verdict);
        return LabelPublisher.publish(workspace.datasets(), workspace.labels(), version, LabelTask.STEPS,
                PublishPolicy.standard()).version();
    }

    private static DatasetVersionId derived(Workspace workspace, String name, DatasetVersionId parent) {
        return workspace.datasets().add(name, Kind.STEPWISE, rows().iterator(),
                new Origin("a part", "split", List.of(parent), Map.of()), Progress.NONE);
    }

    @Test
    void aMendedLabelMarksTheRunsThatUsedTheOldOneAndWhatWasMadeOfIt() {
        try (Workspace workspace = Workspace.create(folder.resolve("p.preflab"))) {
            DatasetVersionId first = workspace.datasets().add("steps", Kind.STEPWISE, rows().iterator(), "");
            DatasetVersionId other = workspace.datasets().add("other", Kind.STEPWISE, rows().iterator(), "");
            int onFirst = run(workspace, first);
            int onPart = run(workspace, derived(workspace, "part", first));
            int elsewhere = run(workspace, other);
            assertThat(OutdatedRuns.of(workspace)).isEmpty();

            DatasetVersionId second = mended(workspace, first, StepLabel.BAD);
            int onSecond = run(workspace, second);
            int onNewPart = run(workspace, derived(workspace, "part", second));
            assertThat(OutdatedRuns.of(workspace)).containsOnly(Map.entry(onFirst, second),
                    Map.entry(onPart, second));

            DatasetVersionId third = mended(workspace, second, StepLabel.GOOD);
            assertThat(OutdatedRuns.of(workspace)).containsOnly(Map.entry(onFirst, third), Map.entry(onPart, third),
                    Map.entry(onSecond, third), Map.entry(onNewPart, third)).doesNotContainKey(elsewhere);
        }
    }
}
