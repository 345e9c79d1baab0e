package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.check.PromptOverlap;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

class SplitsTest {

    private static ExampleView rows(List<Integer> prompts) {
        return Examples.view(prompts.stream().map(p -> Examples.demonstration("prompt " + p, "x"))
                .toArray(PreferenceExample[]::new));
    }

    @Property(tries = 200)
    void everyRowIsInOnePartAndNoPromptInTwo(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 20) Integer> prompts,
            @ForAll @DoubleRange(max = 0.45) double validation, @ForAll @DoubleRange(max = 0.45) double test,
            @ForAll long seed) {
        ExampleView view = rows(prompts);

        Split split = Splits.byPrompt(view, validation, test, seed);

        List<Integer> all = new ArrayList<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, view.size()).boxed().toList());
        assertThat(split.train()).isSorted();
        ExampleView train = Splits.part(view, split.train());
        assertThat(PromptOverlap.between(train, Splits.part(view, split.test())).rows()).isEmpty();
        assertThat(PromptOverlap.between(train, Splits.part(view, split.validation())).rows()).isEmpty();
    }

    @Test
    void sharesAreMetExactlyWhenPromptsDiffer() {
        Split split = Splits.byPrompt(rows(IntStream.range(0, 1000).boxed().toList()), 0.1, 0.2, 7);

        assertThat(split.train()).hasSize(700);
        assertThat(split.validation()).hasSize(100);
        assertThat(split.test()).hasSize(200);
    }

    @Test
    void aSplitIsAFunctionOfItsSeed() {
        ExampleView view = rows(IntStream.range(0, 100).boxed().toList());

        assertThat(Splits.byPrompt(view, 0.1, 0.1, 1)).isEqualTo(Splits.byPrompt(view, 0.1, 0.1, 1));
        assertThat(Splits.byPrompt(view, 0.1, 0.1, 1)).isNotEqualTo(Splits.byPrompt(view, 0.1, 0.1, 2));
    }

    @Test
    void textsWithoutPromptsAreSplitRowByRow() {
        ExampleView view = Examples.view(IntStream.range(0, 10).mapToObj(i -> Examples.demonstration("", "text " + i))
                .toArray(PreferenceExample[]::new));

        assertThat(Splits.byPrompt(view, 0, 0.5, 1).test()).hasSize(5);
    }

    @Test
    void sharesThatLeaveNothingToTrainOnAreRefused() {
        assertThatThrownBy(() -> Splits.byPrompt(rows(List.of(1)), 0.5, 0.5, 1))
                .hasMessageContaining("together stay below 1");
    }
}
