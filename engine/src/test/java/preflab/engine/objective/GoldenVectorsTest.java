package preflab.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.objective.golden.GoldenResult;
import preflab.engine.objective.golden.GoldenRunner;

/** Every worked example of every objective: loss and each gradient entry, in both precisions. */
class GoldenVectorsTest {

    static Stream<String> ids() {
        return Stream.concat(Objectives.ALL.stream().map(ObjectiveType::id),
                Stream.of("mc_kernel", "step_labels", "extrapolation"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void lossAndGradientAgreeInFloat64(String id) {
        assertAllPass(GoldenRunner.builtIn(id, DataType.FLOAT64));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void lossAndGradientAgreeInFloat32(String id) {
        assertAllPass(GoldenRunner.builtIn(id, DataType.FLOAT32));
    }

    private static void assertAllPass(List<GoldenResult> results) {
        assertThat(results).isNotEmpty();
        assertThat(results).filteredOn(r -> !r.pass()).as("failed cases").map(r -> r.id() + ": " + r.problem())
                .isEmpty();
    }
}
