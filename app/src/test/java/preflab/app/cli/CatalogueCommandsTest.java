package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;

class CatalogueCommandsTest {

    @Test
    void objectivesAreListedInTeachingOrderWithTheirParameters() {
        List<JsonNode> rows = CliRun.of("objectives", "--json").json();
        assertThat(rows.stream().map(row -> row.path("objective").asText()).toList())
                .isEqualTo(Objectives.ALL.stream().map(ObjectiveType::id).toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.fieldNames()).toIterable().contains("objective", "name", "kind", "needs", "params");
            assertThat(row.path("params")).allSatisfy(param -> assertThat(param.fieldNames()).toIterable()
                    .containsExactly("id", "symbol", "default", "range"));
        });
        JsonNode dpo = rows.stream().filter(row -> row.path("objective").asText().equals("dpo")).findFirst()
                .orElseThrow();
        assertThat(dpo.at("/params/0/default").doubleValue()).isEqualTo(0.1);
    }

    @Test
    void oneObjectiveIsExplained() {
        CliRun run = CliRun.of("objectives", "pmpo");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("objective.alpha", "KL(pi_ref || pi_theta)", "arxiv.org", "also preference_mpo",
                "reward      h(y)", "when        ", "not when    ");
        assertThat(CliRun.of("objectives", "dpo").out())
                .contains("NeurIPS 2023, eq. 7. https://arxiv.org/abs/2305.18290");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float64", "float32"})
    void ownWorkedExamplesPass(String dtype) {
        CliRun run = CliRun.of("golden", "--dtype", dtype);
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList().getLast()).matches("[1-9]\\d* passed, 0 failed");
    }

    @Test
    void goldenCasesAreJsonObjects() {
        List<JsonNode> cases = CliRun.of("golden", "--json").json();
        assertThat(cases).isNotEmpty().allSatisfy(one -> {
            assertThat(one.fieldNames()).toIterable().contains("file", "id", "objective", "loss", "grad", "pass",
                    "max_error");
            assertThat(one.path("pass").booleanValue()).isTrue();
        });
    }

    @Test
    void doctorReportsEngineDeviceMemoryAndChecks() {
        CliRun run = CliRun.of("doctor", "--json");
        assertThat(run.code()).isZero();
        JsonNode report = run.json().getFirst();
        assertThat(report.path("engine").asText()).contains("PyTorch");
        assertThat(report.path("device").asText()).contains("CPU");
        assertThat(report.at("/memory/total_bytes").longValue()).isPositive();
        assertThat(report.path("checks")).isNotEmpty().allSatisfy(check -> {
            assertThat(check.fieldNames()).toIterable().containsExactly("name", "ok", "detail");
            assertThat(check.path("ok").booleanValue()).isTrue();
        });
    }
}
