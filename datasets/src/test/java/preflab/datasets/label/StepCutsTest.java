package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import preflab.datasets.Examples;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepCuts;
import preflab.datasets.example.StepLabel;

class StepCutsTest {

    private static final List<StepLabel> LABELS = List.of(StepLabel.GOOD, StepLabel.BAD, StepLabel.NEUTRAL,
            StepLabel.UNMARKED);

    /** Whatever is split and joined, the texts joined stay the same, and a step that comes back has its label again. */
    @Property(tries = 300)
    void cuttingElsewhereChangesNoCharacter(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 5) Integer> lengths,
            @ForAll int seed) {
        List<Step> steps = IntStream.range(0, lengths.size())
                .mapToObj(i -> Examples.step("αbc\n d".substring(0, lengths.get(i)), LABELS.get(i % 4), 0.1 * i))
                .toList();
        String answer = joined(steps);
        List<Integer> ends = IntStream.rangeClosed(1, answer.length())
                .filter(end -> end == answer.length() || (seed >>> (end % 31) & 1) == 1).boxed().toList();

        List<Step> cut = StepCuts.recut(steps, ends);

        assertThat(joined(cut)).isEqualTo(answer);
        assertThat(StepCuts.ends(cut)).isEqualTo(ends);
        assertThat(StepCuts.recut(steps, StepCuts.ends(steps))).isEqualTo(steps);
    }

    private static String joined(List<Step> steps) {
        return steps.stream().map(Step::text).collect(Collectors.joining());
    }
}
