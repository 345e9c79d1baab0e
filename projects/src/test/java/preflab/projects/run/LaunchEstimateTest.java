package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.train.MemoryEstimate;
import preflab.engine.train.MemorySaving;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.StepTime;

class LaunchEstimateTest {

    private static final long GIB = 1L << 30;
    private static final MemoryEstimate MEMORY = new MemoryEstimate(
            Map.of(MemoryEstimate.Part.PROGRAM, GIB, MemoryEstimate.Part.ACTIVATIONS, 3 * GIB));

    @TempDir
    Path folder;

    private static LaunchEstimate estimate(long free, boolean gpu) {
        return new LaunchEstimate(MEMORY, Optional.of(new StepTime(2, 1, 10)), 30, free, gpu,
                List.of(new MemorySaving(Map.of("compute.recompute", "true"), "compute.recompute = true: slower",
                        2 * GIB)));
    }

    @Test
    void whatIsNeededWhatIsFreeAndWhatHelpsAreSaidInNumbers() {
        assertThat(estimate(5 * GIB, false).refusal()).isEmpty();
        assertThat(estimate(3 * GIB, false).refusal().orElseThrow()).isEqualToNormalizingNewlines("""
                it needs about 4.0 GB of memory (activations 3.0 GB, program 1.0 GB), and 3.0 GB are free
                • 2.0 GB needed with compute.recompute = true: slower""");
        assertThat(estimate(GIB, false).refusal().orElseThrow()).contains("2.0 GB needed (still too much) with");
        assertThat(estimate(GIB, true).refusal()).isEmpty();
    }

    @Test
    void theFirstPassOverTheRowsTakesLonger() {
        assertThat(estimate(GIB, false).seconds()).contains(30 * 2.0 + 10 * 1.0);
        assertThat(new StepTime(2, 1, 10).total(4)).isEqualTo(12);
    }

    @Test
    void whatIsKeptWithARunIsReadBack() throws Exception {
        assertThat(LaunchEstimate.kept(folder)).isEmpty();
        estimate(3 * GIB, false).keep(folder);
        LaunchEstimate kept = LaunchEstimate.kept(folder).orElseThrow();
        assertThat(kept.memory()).isEqualTo(MEMORY);
        assertThat(kept.time()).contains(new StepTime(2, 1, 10));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        Files.writeString(folder.resolve("estimate.json"), "{\"bytes\"");
        assertThat(LaunchEstimate.kept(folder)).isEmpty();
    }

    @Test
    void aRunIsGradedByWhatItMeasuredForTheStepsItTook() {
        RunEvent.Ended end = new RunEvent.Ended(Outcome.STOPPED, 20, "stopped",
                Map.of("memory/peak_mb", 5120.0, "time/steps_seconds", 40.0, "loss", 1.0));
        Map<String, Double> graded = EstimateGrade.of(estimate(GIB, false), end).metrics();
        assertThat(graded).containsEntry("memory/estimated_mb", 4096.0).containsEntry("time/estimated_seconds", 50.0)
                .containsEntry("loss", 1.0);
        assertThat(graded.get("memory/estimate_error")).isCloseTo(-0.2, within(1e-12));
        assertThat(graded.get("time/estimate_error")).isCloseTo(0.25, within(1e-12));
        RunEvent.Ended failed = new RunEvent.Ended(Outcome.FAILED, 0, "why", Map.of());
        assertThat(EstimateGrade.of(estimate(GIB, false), failed).metrics()).isEmpty();
    }
}
