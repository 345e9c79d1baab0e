package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    @Property(tries = 50)
    void everyEpochSeesEveryRowOnce(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll int seed,
            @ForAll @IntRange(min = 0, max = 5) int epoch) {
        RowOrder order = new RowOrder(size, seed);
        List<Integer> seen = IntStream.range(0, size).mapToObj(i -> order.at((long) epoch * size + i)).toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpochAlone() {
        RowOrder first = new RowOrder(50, 3);
        List<Integer> later = first.step(7, 20); // of the third epoch, asked for first
        assertThat(new RowOrder(50, 3).step(7, 20)).isEqualTo(later);
        RowOrder walked = new RowOrder(50, 3);
        for (int step = 0; step < 7; step++) {
            walked.step(step, 20);
        }
        assertThat(walked.step(7, 20)).isEqualTo(later);
    }

    @Test
    void epochsAndSeedsDiffer() {
        RowOrder order = new RowOrder(50, 3);
        assertThat(order.step(0, 50)).isNotEqualTo(order.step(1, 50));
        assertThat(order.step(0, 50)).isNotEqualTo(new RowOrder(50, 4).step(0, 50));
    }

    @Test
    void aStepMayCrossTheEndOfAnEpoch() {
        List<Integer> step = new RowOrder(3, 1).step(1, 2); // positions 2 and 3
        assertThat(step).hasSize(2);
        assertThat(step.get(0)).isEqualTo(new RowOrder(3, 1).at(2));
        assertThat(step.get(1)).isEqualTo(new RowOrder(3, 1).at(3));
    }
}
