package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunColoursTest {

    @Test
    void aRunHasTheColourOfItsNumberInWhateverOrderAndCompany() {
        assertThat(RunColours.of(List.of(3, 1, 2))).containsExactly(2, 0, 1);
        assertThat(RunColours.of(List.of(2))).containsExactly(1);
        assertThat(RunColours.of(List.of(12, 2))).as("12 is the fourth of the second round").containsExactly(3, 1);
    }

    @Test
    void runsThatWouldShareAColourGetTwo() {
        assertThat(RunColours.of(List.of(1, 9, 2))).containsExactly(0, 1, 2);
    }

    @Test
    void whoHadAColourKeepsItWhateverIsAdded() {
        Map<Integer, Integer> before = RunColours.of(List.of(1, 9), Map.of());
        Map<Integer, Integer> after = RunColours.of(List.of(2, 9, 1), before);

        assertThat(after).containsEntry(1, 0).containsEntry(9, 1).containsEntry(2, 2);
    }

    @Test
    void noTwoOfThousandsShareASlot() {
        List<Integer> all = RunColours.of(IntStream.rangeClosed(1, 5000).boxed().toList());
        assertThat(new HashSet<>(all)).hasSize(5000);
    }
}
