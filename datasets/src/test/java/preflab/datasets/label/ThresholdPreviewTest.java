package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

class ThresholdPreviewTest {

    private static final List<StepLabel> LABELS = List.of(StepLabel.GOOD, StepLabel.BAD, StepLabel.NEUTRAL,
            StepLabel.UNMARKED);

    @Test
    void onlyUnmarkedStepsWithQOfAnswersNotKnownToBeRightFlip() {
        ExampleView rows = Examples.view(
                Examples.stepwise("p", false, Step.valued("a", 0.2), Step.valued("b", 0.6), Step.valued("c", 0.4)),
                Examples.stepwise("p", true, Step.valued("a", 0.3)),
                Examples.stepwise("p", false, Examples.step("a", StepLabel.BAD, 0.3), Step.valued("b", 0.3)));

        ThresholdPreview.Flips flips = ThresholdPreview.of(rows).flips(new StepThreshold(0.5), new StepThreshold(0.3));

        assertThat(flips).isEqualTo(new ThresholdPreview.Flips(2, 0, 2, 3, 4));
        assertThat(flips.steps()).isEqualTo(2);
    }

    @Test
    void whatIsCountedIsWhatTrainingWouldSee() {
        SplittableRandom random = new SplittableRandom(5);
        List<PreferenceExample> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(Examples.stepwise("p", random.nextInt(3) == 0, Step.valued("a", 2 * random.nextDouble() - 1),
                    Step.valued("b", 2 * random.nextDouble() - 1),
                    Examples.step("c", LABELS.get(random.nextInt(4)), 0)));
        }
        ExampleView view = Examples.view(rows.toArray(PreferenceExample[]::new));
        StepThreshold from = new StepThreshold(-0.2);
        StepThreshold to = new StepThreshold(0.35);
        int toWrong = 0;
        int answers = 0;
        for (int i = 0; i < view.size(); i++) {
            List<StepLabel> before = from.labels((Stepwise) view.get(i));
            List<StepLabel> after = to.labels((Stepwise) view.get(i));
            for (int s = 0; s < 3; s++) {
                toWrong += before.get(s) == StepLabel.GOOD && after.get(s) == StepLabel.BAD ? 1 : 0;
            }
            answers += before.equals(after) ? 0 : 1;
        }

        ThresholdPreview.Flips flips = ThresholdPreview.of(view).flips(from, to);

        assertThat(flips.toWrong()).isEqualTo(toWrong).isPositive();
        assertThat(flips.toRight()).isZero();
        assertThat(flips.answers()).isEqualTo(answers);
    }
}
