package preflab.datasets.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SumsTest {

    private final SumProblem problem = new SumProblem(List.of(12, 35, 8));

    @Test
    void solutionOfTwelveThirtyFiveAndEightIsFiftyFive() {
        assertThat(problem.prompt()).isEqualTo("12+35+8=");
        assertThat(problem.solution().text()).isEqualTo("12+35=47\n47+8=55\n#### 55");
        assertThat(SumChecker.verdicts(problem, problem.solution().text())).containsExactly(true, true, true);
    }

    @Test
    void droppedCarryIsFoundInTheStepWhereItHappensAndInAllLaterOnes() {
        String wrong = SumSolution.of(problem, (a, b) -> a == 47 ? Mistake.DROPPED_CARRY.add(a, b) : a + b).text();
        assertThat(wrong).isEqualTo("12+35=47\n47+8=45\n#### 45");
        assertThat(SumChecker.verdicts(problem, wrong)).containsExactly(true, false, false);
        assertThat(SumChecker.endsRight(problem, wrong)).isFalse();
    }

    @Test
    void eachMistakeChangesTheSumWhereItApplies() {
        for (Mistake mistake : Mistake.values()) {
            for (int a = 0; a < 200; a++) {
                for (int b = 0; b < 70; b++) {
                    if (mistake.applies(a, b)) {
                        assertThat(mistake.add(a, b)).as("%s %d+%d", mistake, a, b).isNotEqualTo(a + b).isNotNegative();
                    }
                }
            }
        }
        assertThat(Mistake.DROPPED_CARRY.applies(12, 35)).isFalse();
        assertThat(Mistake.SWAPPED_DIGITS.add(12, 35)).isEqualTo(74);
        assertThat(Mistake.SWAPPED_DIGITS.applies(20, 2)).isFalse();
        assertThat(Mistake.OFF_BY_ONE.add(12, 35)).isEqualTo(46);
    }

    @Test
    void aRightAnswerReachedByChanceStillHasWrongSteps() {
        String lucky = "12+35=46\n46+8=55\n#### 55";
        assertThat(SumChecker.endsRight(problem, lucky)).isTrue();
        assertThat(SumChecker.verdicts(problem, lucky)).containsExactly(false, false, false);
        assertThat(SumChecker.arithmeticHolds("12+35=46\n")).isFalse();
        assertThat(SumChecker.arithmeticHolds("47+8=55\n")).isTrue();
    }

    @Test
    void checkerNeverStumblesOverWhatAModelMayWrite() {
        for (String text : List.of("", "\n", "####", "#### ", "12+35=47", "#### 55\n#### 55", "999999999999+1=2\n",
                "é")) {
            assertThat(SumChecker.verdicts(problem, text)).hasSameSizeAs(SumSolution.split(text).steps());
            assertThat(SumChecker.endsRight(problem, text)).isEqualTo(text.endsWith("#### 55"));
        }
    }

    @Test
    void problemsDifferInMoreThanTheOrderOfTheirNumbers() {
        List<SumProblem> problems = SumGenerator.builtin().problems(5_000, 7);
        Set<String> signatures = new HashSet<>();
        problems.forEach(p -> signatures.add(p.signature()));
        assertThat(signatures).hasSize(5_000);
        assertThat(SumGenerator.builtin().problems(5_000, 7)).isEqualTo(problems);
        assertThatThrownBy(() -> new SumGenerator(2, 1, 2, Map.of()).problems(4, 1))
                .hasMessageContaining("fewer than 4");
    }

    @Test
    void everyWrongStepOfAnImperfectSolutionIsOneOfTheKnownMistakes() {
        SumGenerator generator = SumGenerator.builtin();
        Random random = new Random(3);
        int right = 0;
        for (SumProblem p : generator.problems(2_000, 11)) {
            String text = generator.imperfectSolution(p, random).text();
            right += SumChecker.endsRight(p, text) ? 1 : 0;
            assertThat(SumProblem.parse(p.prompt())).contains(p);
            assertThat(SumChecker.verdicts(p, text)).hasSize(3);
        }
        assertThat(right).as("about half of the imperfect solutions end right").isBetween(900, 1_200);
    }
}
