package preflab.engine.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/** DJL frees a number given to {@code mul} and its like before the graph is done with it: see {@link Kernels#times}. */
class NumbersInTheGraphTest {

    @ParameterizedTest
    @ValueSource(strings = {"mul", "div", "pow", "maximum", "minimum"})
    void whatIsDifferentiatedNeverMeetsAJavaNumberThroughDjl(String method) {
        JavaClasses classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("preflab.engine.objective", "preflab.engine.model", "preflab.engine.eval",
                        "preflab.engine.train");
        assertThat(classes).hasSizeGreaterThan(50);
        noClasses().should().callMethod(NDArray.class, method, Number.class).check(classes);
    }

    @Test
    void gradientsSurviveAnEagerCollector() {
        try (NDManager manager = Torch.newManager()) {
            for (int i = 0; i < 40; i++) {
                assertThat(Scopes.within(() -> gradient(manager))).containsExactly(3f, 3f, 3f);
            }
        }
    }

    /** d(x · 6 / 2)/dx with a collection between forward and backward. */
    private static float[] gradient(NDManager manager) {
        return Autograd.recording(() -> {
            NDArray x = Autograd.leaf(manager.create(new float[]{1, 2, 3}));
            NDArray y = Kernels.dividedBy(Kernels.times(x, 6), 2).sum();
            System.gc();
            for (int k = 0; k < 20; k++) {
                ByteBuffer.allocateDirect(4 + k).put(0, (byte) k); // what would overwrite freed numbers
            }
            Autograd.backward(y);
            return x.getGradient().toFloatArray();
        });
    }
}
