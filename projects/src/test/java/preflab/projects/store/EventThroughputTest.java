package preflab.projects.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.train.RunEvent;

/** Figures for the log; what is asserted is that nothing is lost at full speed. */
@Tag("slow")
class EventThroughputTest {

    private static final Logger LOG = LoggerFactory.getLogger(EventThroughputTest.class);
    private static final int METRICS = 12;

    @TempDir
    Path folder;

    private static Map<String, Double> metrics(int step) {
        Map<String, Double> metrics = new HashMap<>();
        for (int key = 0; key < METRICS; key++) {
            metrics.put("metric/" + key, Math.sin(step * 0.01 + key));
        }
        return metrics;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static int logged(RunStore runs, int steps) {
        int run = runs.create(Specs.sft("fast"));
        try (EventWriter writer = runs.writer(run)) {
            for (int step = 1; step <= steps; step++) {
                writer.on(new RunEvent.Measured(step, metrics(step)));
            }
        }
        return run;
    }

    @Test
    void aHundredThousandStepsAreStoredAtFullSpeed() {
        int steps = 100_000;
        try (RunStore runs = RunStore.open(folder)) {
            logged(runs, 1000);
            double wrote = seconds(() -> logged(runs, steps));
            double thinned = seconds(() -> runs.series(2, "metric/3", 0, steps, 1000));
            LOG.info("{} points/s stored; a thinned read of {} points {} ms", Math.round(steps * METRICS / wrote),
                    steps, Math.round(1000 * thinned));
            assertThat(runs.series(2, "metric/3").size()).isEqualTo(steps);
            assertThat(runs.series(2, "metric/0").value(41)).isEqualTo(Math.sin(0.42));
        }
    }

    @Test
    void manyRunsListAndReadQuickly() {
        try (RunStore runs = RunStore.open(folder)) {
            for (int run = 0; run < 20; run++) {
                logged(runs, 10_000);
            }
            runs.list();
            double list = seconds(() -> assertThat(runs.list()).hasSize(20));
            double read = seconds(() -> runs.list()
                    .forEach(run -> assertThat(runs.series(run.id(), "metric/5", 0, 10_000, 1000).size())
                            .isBetween(1000, 3000)));
            LOG.info("20 runs of 10,000 points × 12 metrics: list {} ms, one metric of all of them {} ms",
                    Math.round(1000 * list), Math.round(1000 * read));
        }
    }
}
