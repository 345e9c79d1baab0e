package preflab.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/** Curves against the formulas on paper and against their own differences. */
class LossCurvesTest {

    private static List<LossCurve> curves(String objective, Map<String, String> values, double... at) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        return LossCurves.of(type, type.values(values), at);
    }

    @Test
    void dpoIsTheLogisticLossOfTheMargin() {
        LossCurve curve = curves("dpo", Map.of("beta", "0.5"), -4, 0, 4).getFirst();

        assertThat(curve.loss(1)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(curve.loss(2)).isCloseTo(Math.log1p(Math.exp(-2)), within(1e-12));
        assertThat(curve.pull(1)).isCloseTo(0.5 / 2, within(1e-12)); // β σ(−0)
    }

    @Test
    void ipoHasItsLeastAtHalfTheInverseOfBeta() {
        LossCurve curve = curves("ipo", Map.of("beta", "0.25"), 1, 2, 3).getFirst();

        assertThat(IntStream.range(0, 3).mapToDouble(curve::loss).toArray()).containsExactly(new double[]{1, 0, 1},
                within(1e-12));
        assertThat(curve.pull(1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void ktoPullsAcceptedUpAndRejectedDown() {
        List<LossCurve> curves = curves("kto", Map.of("beta", "1"), 0);

        assertThat(curves).extracting(LossCurve::name).containsExactly("KTO, accepted", "KTO, rejected");
        assertThat(curves.get(0).pull(0)).isCloseTo(0.25, within(1e-12)); // σ'(0)
        assertThat(curves.get(1).pull(0)).isCloseTo(-0.25, within(1e-12));
    }

    static Stream<ObjectiveType<?>> drawn() {
        return Objectives.BUILT_IN.stream().filter(type -> LossCurves.obstacle(type).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void thePullIsTheSlopeOfTheMap(ObjectiveType<?> type) {
        if (type.scores() != Scores.Pairs.class) {
            return;
        }
        double h = 1e-4;
        LossMap map = LossCurves.map(type, ParamValues.defaults(type.params()), 0.7 - h, 0.7, 0.7 + h);

        assertThat(map.chosenPull(1, 1)).isCloseTo(-(map.loss(2, 1) - map.loss(0, 1)) / (2 * h), within(1e-5));
        assertThat(map.rejectedPull(1, 1)).isCloseTo(-(map.loss(1, 2) - map.loss(1, 0)) / (2 * h), within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void everyPairOrUnpairedObjectiveHasFiniteCurves(ObjectiveType<?> type) {
        for (LossCurve curve : LossCurves.of(type, ParamValues.defaults(type.params()), -6, -1, 0, 1, 6)) {
            assertThat(IntStream.range(0, curve.size()).mapToDouble(curve::loss).toArray())
                    .doesNotContain(Double.NaN);
            assertThat(IntStream.range(0, curve.size()).mapToDouble(curve::pull).toArray())
                    .doesNotContain(Double.NaN);
        }
    }

    @Test
    void anObjectiveOnListsIsRefusedByName() {
        assertThatThrownBy(() -> curves("mcpo", Map.of(), 0)).hasMessageContaining("MC-PO is not a function");
    }
}
