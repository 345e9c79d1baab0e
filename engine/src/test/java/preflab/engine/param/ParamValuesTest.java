package preflab.engine.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParamValuesTest {

    private static final Param.OfDouble BETA = Params.positive("beta", "β", "Beta", 0.1, "Help.").alias("tau");
    private static final Param.OfDouble POINT = Params.real("z0", "z", "Point", 0, "Help.").automatic("batch");
    private static final Param.OfInt COUNT = Params.count("count", "Count", 2, 1, 5, "Help.");
    private static final Param.OfBoolean FLAG = Params.flag("flag", "Flag", false, "Help.");
    private static final Param.OfChoice UNIT = Params.choice("unit", "Unit", TimeUnit.SECONDS, "Help.");
    private static final List<Param<?>> ALL = List.of(BETA, POINT, COUNT, FLAG, UNIT);

    private static ParamValues parse(String name, String text) {
        return ParamValues.parse(ALL, Map.of(name, text));
    }

    @Test
    void textReadsBackAsTheSameValues() {
        ParamValues values = ParamValues.parse(ALL,
                Map.of("beta", "1e-3", "z0", "-2.5", "count", "3", "flag", "yes", "unit", "DAYS"));
        assertThat(values.asText()).containsExactly(Map.entry("beta", "0.001"), Map.entry("z0", "-2.5"),
                Map.entry("count", "3"), Map.entry("flag", "true"), Map.entry("unit", "days"));
        assertThat(ParamValues.parse(ALL, values.asText())).isEqualTo(values);
        assertThat(values.get(UNIT, TimeUnit.class)).isEqualTo(TimeUnit.DAYS);
    }

    @Test
    void aWordLeavesTheNumberToTheProgram() {
        assertThat(ParamValues.defaults(ALL).asText()).containsEntry("z0", "batch");
        assertThat(parse("z0", "Batch").get(POINT)).isNaN();
        assertThat(parse("z0", "1").get(POINT)).isEqualTo(1);
        assertThat(POINT.range()).isEqualTo("batch or in (-inf, inf)");
        assertThatThrownBy(() -> parse("z0", "NaN")).hasMessageContaining("z0");
    }

    @Test
    void aliasesAreTakenOnInputOnly() {
        assertThat(parse("tau", "0.5").asText()).containsEntry("beta", "0.5").doesNotContainKey("tau");
    }

    @Test
    void oneSettingUnderTwoNamesIsRefused() {
        assertThatThrownBy(() -> ParamValues.parse(ALL, Map.of("beta", "1", "tau", "2")))
                .isInstanceOf(ParamException.class).hasMessageContaining("beta").hasMessageContaining("tau");
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> parse("gamma", "1")).isInstanceOf(ParamException.class)
                .hasMessage("there is no setting \"gamma\"; known: [beta, z0, count, flag, unit]");
    }

    @Test
    void messagesNameValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> parse("beta", "0")).hasMessage("beta must lie in (0, inf), not 0.0");
        assertThatThrownBy(() -> parse("beta", "NaN")).isInstanceOf(ParamException.class);
        assertThatThrownBy(() -> parse("count", "6")).hasMessage("count must be a whole number in [1, 5], not 6");
        assertThatThrownBy(() -> parse("count", "1.5"))
                .hasMessage("count must be a whole number in [1, 5], not \"1.5\"");
        assertThatThrownBy(() -> parse("flag", "maybe")).hasMessage("flag must be true or false, not \"maybe\"");
    }
}
