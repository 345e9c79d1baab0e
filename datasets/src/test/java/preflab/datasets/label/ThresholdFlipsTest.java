package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

class ThresholdFlipsTest {

    private static Stepwise answer(int row, Optional<Boolean> right, List<Double> qs) {
        return new Stepwise(new ExampleId(row), Content.of("p"),
                qs.stream().map(q -> Step.valued("s", q)).toList(), right, new Source("f", row));
    }

    private static ExampleView view(List<Stepwise> rows) {
        return ExampleView.of(new DatasetVersionId("d", 1, "0"), Kind.STEPWISE, rows);
    }

    @Test
    void onlyValuedStepsOfWrongAnswersBetweenTheThresholdsFlip() {
        ThresholdFlips flips = ThresholdFlips.of(view(List.of(
                answer(0, Optional.of(true), List.of(0.1, 0.2)), // right: nothing flips
                answer(1, Optional.of(false), List.of(0.6, 0.3, -0.8)),
                answer(2, Optional.empty(), List.of(0.0, 0.49)),
                new Stepwise(new ExampleId(3), Content.of("p"),
                        List.of(new Step("s", StepLabel.BAD, OptionalDouble.of(0.2))),
                        Optional.of(false), new Source("f", 3)))));
        assertThat(flips.valued()).isTrue();
        assertThat(flips.between(0.5, 0.5)).isEqualTo(new ThresholdFlips.Count(0, 0));
        assertThat(flips.between(0.5, 0.0)).as("0.3; 0.0 and 0.49").isEqualTo(new ThresholdFlips.Count(3, 2));
        assertThat(flips.between(0.0, 0.5)).isEqualTo(flips.between(0.5, 0.0));
        assertThat(flips.between(0.6, 0.61)).as("Q = threshold is right").isEqualTo(new ThresholdFlips.Count(1, 1));
    }

    @Property(tries = 200)
    void countsWhatTheRuleItselfChanges(@ForAll @Size(max = 6) List<@DoubleRange(min = -1, max = 1) Double> qs,
            @ForAll boolean right, @ForAll @DoubleRange(min = -1, max = 1) double before,
            @ForAll @DoubleRange(min = -1, max = 1) double now) {
        Stepwise row = answer(0, Optional.of(right), qs);
        List<StepLabel> old = new StepThreshold(before).labels(row);
        List<StepLabel> fresh = new StepThreshold(now).labels(row);
        int changed = (int) IntStream.range(0, qs.size()).filter(i -> old.get(i) != fresh.get(i)).count();
        assertThat(ThresholdFlips.of(view(List.of(row))).between(before, now))
                .isEqualTo(new ThresholdFlips.Count(changed, changed > 0 ? 1 : 0));
    }
}
