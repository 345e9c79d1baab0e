package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;

/** A run that grows eats the machine overnight. */
class ResidentMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"pmpo", "pipa_m"})
    void residentMemoryStaysWithinTwoPercentFromStep500ToStep5000(String objective) {
        assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from /proc");
        ExampleView rows = objective.equals("pmpo") ? Tiny.unpaired(40) : Tiny.steps(40);
        RunSpec spec = Tiny.spec(objective, rows, Map.of("steps", "5000", "learning_rate", "1e-4"));
        Map<Integer, Double> resident = new HashMap<>();
        RunEvent.Ended ended = new Trainer(spec, new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7),
                Optional.empty(), folder.resolve("checkpoints")), event -> {
                    if (event instanceof RunEvent.Measured m && (m.step() == 500 || m.step() == 5000)) {
                        resident.put(m.step(), residentMb());
                    }
                }, new StopSignal()).run();
        assertThat(ended.outcome()).as(ended.message()).isEqualTo(Outcome.FINISHED);
        assertThat(resident.get(5000)).isCloseTo(resident.get(500), within(0.02 * resident.get(500)));
    }

    /** After a collection, so that garbage that Java has not bothered to collect does not count. */
    private static double residentMb() {
        System.gc();
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
