package preflab.projects.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;
import preflab.datasets.sample.SumChecker;
import preflab.datasets.sample.SumProblem;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

class BuiltinsTest {

    /** What the shipped model gets right of the test problems, greedily. */
    private static final double SHIPPED_ACCURACY = 0.4252;

    @TempDir
    Path folder;

    @Test
    void everySetIsImportedOnceWithItsKind() {
        try (Workspace workspace = Workspace.create(folder.resolve("demo.preflab"))) {
            List<DatasetVersionId> first = Builtins.install(workspace);
            assertThat(Builtins.install(workspace)).isEqualTo(first).hasSize(Builtins.values().length);
            for (Builtins builtin : Builtins.values()) {
                ExampleView rows = workspace.datasets().view(workspace.datasets().resolve(builtin.dataset()));
                assertThat(rows.kind()).as(builtin.dataset()).isEqualTo(builtin.kind());
                assertThat(rows.size()).as(builtin.dataset()).isGreaterThanOrEqualTo(500);
            }
        }
    }

    @Test
    void theDataSaysOfItselfWhatIsTrue() {
        try (Workspace workspace = Workspace.create(folder.resolve("demo.preflab"))) {
            List<DatasetVersionId> versions = Builtins.install(workspace);
            for (DatasetVersionId version : versions) {
                ExampleView rows = workspace.datasets().view(version);
                for (int i = 0; i < rows.size(); i += 7) {
                    check(rows.get(i));
                }
            }
        }
    }

    private static void check(PreferenceExample row) {
        SumProblem problem = SumProblem.parse(row.prompt().text()).orElseThrow();
        switch (row) {
            case Paired pair -> {
                assertThat(SumChecker.endsRight(problem, pair.chosen().text())).isTrue();
                assertThat(SumChecker.endsRight(problem, pair.rejected().text())).isFalse();
            }
            case Demonstration solution -> assertThat(SumChecker.endsRight(problem, solution.completion().text()))
                    .isTrue();
            case Stepwise steps -> {
                assertThat(steps.answerCorrect()).contains(SumChecker.endsRight(problem, steps.answer()));
                assertThat(steps.steps()).allMatch(step -> step.q().isPresent());
            }
            default -> assertThat(row.prompt().text()).isEqualTo(problem.prompt());
        }
    }

    @Test
    void noTestProblemIsAmongThoseTrainedOnNotEvenRearranged() {
        BuiltinRecipe.Problems problems = BuiltinRecipe.SHIPPED.problems();
        Set<String> seen = new HashSet<>();
        problems.pretrain().forEach(p -> seen.add(p.signature()));
        problems.train().forEach(p -> seen.add(p.signature()));
        problems.validation().forEach(p -> seen.add(p.signature()));
        assertThat(problems.test()).hasSizeGreaterThanOrEqualTo(2_000).noneMatch(p -> seen.contains(p.signature()));
        try (Workspace workspace = Workspace.create(folder.resolve("demo.preflab"))) {
            Builtins.install(workspace);
            ExampleView test = workspace.datasets().view(workspace.datasets().resolve(Builtins.TEST.dataset()));
            Set<String> prompts = new HashSet<>();
            problems.test().forEach(p -> prompts.add(p.prompt()));
            for (int i = 0; i < test.size(); i++) {
                assertThat(prompts).contains(test.get(i).prompt().text());
            }
        }
    }

    @Test
    void theShippedModelSolvesBetweenFortyAndSixtyPercent() {
        Path model = ModelRefs.resolve(folder, "builtin:sums");
        List<SumProblem> some = BuiltinRecipe.SHIPPED.problems().test().subList(0, 600);
        assertThat(BuiltinBuilder.accuracy(model, some)).isBetween(0.38, 0.60);
    }

    /** Tolerance: 5 points of accuracy. On the machine type that made the weights the losses agree digit for digit. */
    @Test
    @Tag("slow")
    void theRecipeReproducesTheShippedModel() {
        List<SumProblem> test = BuiltinRecipe.SHIPPED.problems().test();
        Path shipped = ModelRefs.resolve(folder, "builtin:sums");
        assertThat(BuiltinBuilder.accuracy(shipped, test)).isCloseTo(SHIPPED_ACCURACY, Offset.offset(0.005));
        Path again = new BuiltinBuilder(BuiltinRecipe.SHIPPED, line -> {
        }).trainedModel(folder);
        assertThat(BuiltinBuilder.accuracy(again, test)).isCloseTo(SHIPPED_ACCURACY, Offset.offset(0.05));
    }
}
