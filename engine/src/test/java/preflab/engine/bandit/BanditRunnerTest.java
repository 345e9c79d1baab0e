package preflab.engine.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tabular experiment, through the catalogue's own losses. */
class BanditRunnerTest {

    private static final String LONG = "npo"; // 100,000 steps for each of three strengths

    static Stream<String> withinMinutes() {
        return BanditRunner.EXPERIMENTS.stream().filter(experiment -> !experiment.equals(LONG));
    }

    @ParameterizedTest
    @MethodSource("withinMinutes")
    void experimentAgreesWithItsTable(String experiment) {
        assertAllPass(BanditRunner.runBuiltIn(experiment));
    }

    @Test
    @Tag("slow")
    void unlearningAgreesWithItsTable() {
        assertAllPass(BanditRunner.runBuiltIn(LONG));
    }

    private static void assertAllPass(List<BanditResult> results) {
        assertThat(results).isNotEmpty();
        assertThat(results).filteredOn(r -> !r.pass()).as("failed cases").map(r -> r.id() + ": " + r.detail())
                .isEmpty();
    }
}
