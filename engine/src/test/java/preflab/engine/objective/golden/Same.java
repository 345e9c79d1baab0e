package preflab.engine.objective.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Holds two worked examples to the same value and the same gradient. */
final class Same {

    private Same() {
    }

    static void assertSame(Worked one, Worked other) {
        assertSame(one, other, 1, 1e-12);
    }

    /** one = factor · other, in value and gradient. */
    static void assertSame(Worked one, Worked other, double factor, double tolerance) {
        assertThat(one.loss()).as(one + " and " + other).isCloseTo(factor * other.loss(), within(tolerance));
        assertSameGradient(one, other, factor, tolerance);
    }

    static void assertSameGradient(Worked one, Worked other, double factor, double tolerance) {
        List<Double> left = entries(one);
        List<Double> right = entries(other);
        assertThat(left).as(one + " and " + other).hasSameSizeAs(right).isNotEmpty();
        for (int i = 0; i < left.size(); i++) {
            assertThat(left.get(i)).as("entry " + i).isCloseTo(factor * right.get(i), within(tolerance));
        }
    }

    /** Sequence by sequence in an order that does not depend on how the groups are nested. */
    private static List<Double> entries(Worked worked) {
        return Stream.of("logp", "g_logit").flatMap(leaf -> worked.gradient().findValues(leaf).stream())
                .map(Worked::numbers).sorted(Comparator.comparingDouble(List::getFirst)).flatMap(List::stream).toList();
    }
}
