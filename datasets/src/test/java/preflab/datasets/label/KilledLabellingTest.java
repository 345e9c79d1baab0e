package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.Examples;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.store.LabelStore;

/** A process killed between two verdicts has kept every verdict it showed. */
class KilledLabellingTest {

    private static final SessionSpec SPEC = SessionSpec.of(LabelTask.ANSWERS, Author.annotator("ann"));

    @TempDir
    Path temp;

    private static ExampleView rows() {
        return Examples.view(IntStream.range(0, 1000).mapToObj(i -> Examples.unpaired("p" + i, "a", false))
                .toArray(PreferenceExample[]::new));
    }

    /** What the child does: verdict after verdict, saying after each how many it gave, until it is killed. */
    public static void main(String[] args) {
        try (LabelStore store = LabelStore.open(Path.of(args[0]))) {
            LabelSession session = LabelSession.open(rows(), store, SPEC, Clock.systemUTC());
            for (int given = 1; given <= 1000; given++) {
                session.accept(true);
                System.out.println(given);
            }
        }
    }

    @Test
    void killedBetweenTwoVerdictsLosesNone() throws Exception {
        Path file = temp.resolve(LabelStore.FILE);
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                KilledLabellingTest.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int said = 0;
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            while (said < 25) {
                String line = out.readLine();
                assertThat(line).as("the child ended early").isNotNull();
                said = line.matches("\\d+") ? Integer.parseInt(line) : said;
            }
            assertThat(child.toHandle().destroyForcibly()).isTrue(); // the pipe stays open: what was said is heard
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said = line.matches("\\d+") ? Integer.parseInt(line) : said;
            }
        }

        child.waitFor();
        try (LabelStore store = LabelStore.open(file)) {
            LabelSession session = LabelSession.open(rows(), store, SPEC, Clock.systemUTC());
            assertThat(session.progress().complete()).isBetween(said, said + 1);
            assertThat(session.position()).isEqualTo(session.progress().complete());
        }
    }
}
