package preflab.engine.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;

/** Objectives on one prompt, step by step. */
class BanditExperimentTest {

    private static final double[] TRUTH = {.6, .3, .1};
    private static final double[] REFERENCE = {.4, .4, .2};
    private static final BanditProblem PROBLEM = BanditProblem.of(TRUTH, REFERENCE);

    static Stream<String> shown() {
        return Objectives.ALL.stream().filter(type -> BanditExperiment.obstacle(type, fixed(type)).isEmpty())
                .map(ObjectiveType::id);
    }

    /** Reference points as numbers, where an objective has one. */
    private static Map<String, String> fixed(ObjectiveType<?> type) {
        Map<String, String> hyper = new HashMap<>();
        type.params().stream().map(param -> param.id()).filter(List.of("z0", "delta")::contains)
                .forEach(id -> hyper.put(id, "0"));
        return hyper;
    }

    private static BanditExperiment start(String objective, Map<String, String> hyper, double rate) {
        return BanditExperiment.start(PROBLEM, objective, hyper, 0, Update.gradientDescent(rate));
    }

    @Test
    void allButOneObjectiveOfTheCatalogueAreShown() {
        assertThat(Objectives.ALL.stream().map(ObjectiveType::id)).filteredOn(id -> shown().noneMatch(id::equals))
                .containsExactly("npo_kl");
    }

    @ParameterizedTest
    @MethodSource("shown")
    void aStepDownhillLowersTheLossByTheSquaredGradient(String objective) {
        double rate = 1e-5;
        try (BanditExperiment run = start(objective, fixed(Objectives.find(objective).orElseThrow()), rate)) {
            run.advance(5);
            double before = run.view().loss();
            run.advance(1);
            BanditExperiment.View after = run.view();
            double expected = rate * after.gradientNorm() * after.gradientNorm();
            assertThat(after.policy()).hasSize(3);
            assertThat(before - after.loss()).isCloseTo(expected, within(1e-3 * expected + 1e-13));
        }
    }

    @Test
    void dpoReachesItsClosedForm() {
        try (BanditExperiment run = start("dpo", Map.of("beta", "1"), 1)) {
            run.advance(2000);
            double[] expected = {.631579, .315789, .052632};
            for (int i = 0; i < 3; i++) {
                assertThat(run.view().policy().get(i)).isCloseTo(expected[i], within(1e-4));
            }
            assertThat(run.view().truthDistance()).isCloseTo(.047368, within(1e-4));
            assertThat(run.view().referenceDistance()).isCloseTo(.231579, within(1e-4));
        }
    }

    @Test
    void labelsWithoutDoubtDriveDpoToTheModeAndIpoNot() {
        BanditProblem certain = PROBLEM.withDeterministicLabels();
        assertThat(end(certain, "dpo", Map.of("beta", "1"), 1, 20_000).getFirst()).isGreaterThan(.98);
        assertThat(end(certain, "ipo", Map.of("beta", "1"), .1, 2000).getFirst()).isBetween(.4, .7);
    }

    private static List<Double> end(BanditProblem problem, String objective, Map<String, String> hyper, double rate,
            int steps) {
        try (BanditExperiment run = BanditExperiment.start(problem, objective, hyper, 0,
                Update.gradientDescent(rate))) {
            run.advance(steps);
            return run.view().policy();
        }
    }

    @Test
    void withoutPenaltyTheConstrainedOptimumIsDposMinimiser() {
        assertThat(PROBLEM.constrainedOptimum(1, 0).orElseThrow())
                .containsExactly(new double[]{.631579, .315789, .052632}, within(1e-6));
    }

    @Test
    void theTwoPartWaysUnderAPenalty() {
        double[] rlhf = PROBLEM.constrainedOptimum(.5, 1).orElseThrow();
        try (BanditExperiment dpo = BanditExperiment.start(PROBLEM, "dpo", Map.of("beta", "0.5"), 1,
                Update.gradientDescent(.5))) {
            dpo.advance(3000);
            assertThat(Tables.totalVariation(rlhf, dpo.view().policy().stream().mapToDouble(p -> p).toArray()))
                    .isCloseTo(.08112, within(2e-3));
        }
    }

    @Test
    void whatNeedsABatchIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> start("kto", Map.of("z0", "batch"), 1)).hasMessageContaining("give z0");
        assertThatThrownBy(() -> BanditProblem.of(new double[]{.5, .5}, REFERENCE))
                .hasMessageContaining("2 responses");
        assertThatThrownBy(() -> BanditProblem.of(TRUTH, new double[]{1, 0, 0})).hasMessageContaining("above 0");
        assertThat(Optional.of(PROBLEM.best())).contains(0);
    }
}
