package preflab.engine.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;

/**
 * A run that grows eats the machine overnight. Measured in a process of its own whose heap is touched in full at the
 * start, so that what moves is what the engine holds and not what Java has not given back yet.
 */
class ResidentMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"pmpo", "pipa_m"})
    void residentMemoryStaysWithinTwoPercentFromStep500ToStep5000(String objective) throws Exception {
        assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is read from /proc");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path log = folder.resolve("child.log");
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, Child.class.getName(), folder.toString(),
                objective).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(child.waitFor()).as(Files.readString(log)).isZero();
        List<Double> megabytes = Files.readAllLines(folder.resolve("resident.txt")).stream().map(Double::valueOf)
                .toList();
        assertThat(megabytes).hasSize(2);
        assertThat(megabytes.get(1)).isCloseTo(megabytes.get(0), within(0.02 * megabytes.get(0)));
    }

    /** Trains and writes down the resident memory, in MiB, after steps 500 and 5,000. */
    static final class Child {

        private Child() {
        }

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            ExampleView rows = arguments[1].equals("pmpo") ? Tiny.unpaired(40) : Tiny.steps(40);
            RunSpec spec = Tiny.spec(arguments[1], rows, Map.of("steps", "5000", "learning_rate", "1e-4"));
            RunEvent.Ended ended = new Trainer(spec, new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7),
                    Optional.empty(), folder.resolve("checkpoints")), event -> {
                        if (event instanceof RunEvent.Measured m && (m.step() == 500 || m.step() == 5000)) {
                            write(folder.resolve("resident.txt"));
                        }
                    }, new StopSignal()).run();
            if (ended.outcome() != Outcome.FINISHED) {
                throw new IllegalStateException(ended.message());
            }
        }

        private static void write(Path file) {
            try {
                String line = Files.readAllLines(STATUS).stream().filter(text -> text.startsWith("VmRSS")).findFirst()
                        .orElseThrow();
                double megabytes = Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
                Files.write(file, (megabytes + "\n").getBytes(UTF_8), StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
