package preflab.projects.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import preflab.projects.diagnose.FaultLab.Rows;

/**
 * Every diagnostic on runs that were really trained: with each objective it is looked for in ten runs spoilt in the way
 * it tells of, where it must be found in nine or more, and in ten sound ones, where it may be found once. Thresholds,
 * rows and settings were chosen on seeds 1 to 8; what is asserted are seeds 101 to 110. Two were changed after a first
 * look at these: saturated runs of KTO have a beta of 20 (it was 5), confirmed on seeds 201 to 210; and SimPO stands
 * for PMPO among those that collapse, which PMPO's KL prevents in about half of its runs. The table is written to
 * {@code target/faulty-runs.txt}.
 */
@Tag("slow")
class FaultyRunsTest {

    private static final int FIRST_SEED = 101;
    private static final int SEEDS = 10;
    private static final Path TABLE = Path.of("target", "faulty-runs.txt");
    private static final String UNJUDGED = "evaluation.rows=0";

    /** Also of sound runs, which have no name. */
    private static final List<String> ROWS_ARE_READ = List.of("label-noise", "");

    /** A way to spoil runs of one objective. */
    record Fault(String diagnostic, String objective, Rows rows, List<String> settings) {
        @Override
        public String toString() {
            return diagnostic + ", " + objective + ", " + rows + " " + String.join(" ", settings);
        }
    }

    private static List<Fault> faults(String diagnostic, List<String> objectives, Rows rows, String... settings) {
        return objectives.stream().map(objective -> new Fault(diagnostic, objective, rows, List.of(settings))).toList();
    }

    private static String[] unjudged(String... settings) {
        return Stream.concat(Stream.of(UNJUDGED), Stream.of(settings)).toArray(String[]::new);
    }

    static final List<Fault> FAULTS = Stream.of(
            faults("diverged", List.of("dpo", "simpo", "kto", "npo"), Rows.SOUND,
                    unjudged("optimizer.learning_rate=1e30")),
            faults("likelihood-displacement", List.of("dpo", "simpo", "apo", "kto"), Rows.SOUND,
                    "optimizer.learning_rate=1e-4"),
            faults("over-optimisation", List.of("dpo", "simpo", "apo", "hinge"), Rows.SOUND,
                    "optimizer.learning_rate=1.5e-4"),
            faults("kl-runaway", List.of("dpo", "ipo", "kto", "npo"), Rows.SOUND, "optimizer.learning_rate=2e-3",
                    "beta=0.01", "kl_prompts=6"),
            faults("collapse", List.of("dpo", "ipo", "simpo", "kto"), Rows.SOUND,
                    "optimizer.learning_rate=3e-2"),
            faults("length-drift", List.of("orpo", "cpo"), Rows.SHORT_CHOSEN, "optimizer.learning_rate=5e-4",
                    "training.steps=36"),
            faults("length-drift", List.of("dpo", "simpo"), Rows.SHORT_CHOSEN, "optimizer.learning_rate=5e-4",
                    "training.steps=36", "sft_coefficient=10"),
            faults("clipped", List.of("dpo", "ipo", "kto", "pmpo"), Rows.SOUND,
                    unjudged("optimizer.max_grad_norm=0.05")),
            faults("saturated", List.of("dpo", "npo", "hinge"), Rows.SOUND,
                    unjudged("optimizer.learning_rate=2e-4", "beta=5")),
            faults("saturated", List.of("kto"), Rows.SOUND, unjudged("optimizer.learning_rate=2e-4", "beta=20")),
            faults("saturated", List.of("simpo"), Rows.SOUND, unjudged("optimizer.learning_rate=2e-4", "beta=50")),
            faults("no-signal", List.of("dpo", "ipo", "simpo", "apo"), Rows.EQUAL_SIDES, UNJUDGED),
            faults("no-signal", List.of("npo", "hinge"), Rows.SOUND,
                    unjudged("optimizer.learning_rate=2e-4", "beta=5")),
            faults("one-term", List.of("dpo", "simpo", "apo", "kto"), Rows.SOUND, unjudged("sft_coefficient=1000")),
            faults("label-noise", List.of("dpo", "ipo", "simpo", "kto"), Rows.FLIPPED,
                    unjudged("training.steps=48")),
            faults("one-term", List.of("npo_rt"), Rows.SOUND, unjudged("retain_norm=sum", "lambda=1000")))
            .flatMap(List::stream).toList();

    /** Objectives as in {@link #FAULTS}, with the settings that a sound run of theirs has. */
    static final List<Fault> SOUND = Stream.concat(
            Stream.of("dpo", "ipo", "simpo", "apo", "hinge", "orpo", "kto", "pmpo", "pipa_m", "npo")
                    .map(objective -> new Fault("", objective, Rows.SOUND, List.of("kl_prompts=6"))),
            Stream.of(new Fault("", "npo_rt", Rows.SOUND, List.of("kl_prompts=6", "retain_norm=sum"))))
            .toList();

    @TempDir
    static Path folder;

    private static FaultLab lab;

    @BeforeAll
    static void learnToAdd() throws IOException {
        lab = new FaultLab(folder);
        Files.createDirectories(TABLE.toAbsolutePath().getParent());
        Files.writeString(TABLE, "", StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    /** In how many of the seeds each diagnostic was found. */
    private static Map<String, Integer> found(Fault fault) {
        Map<String, Integer> found = new TreeMap<>();
        for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            int run = lab.train(fault.objective(), seed, fault.rows(), fault.settings().toArray(String[]::new));
            lab.findings(run, ROWS_ARE_READ.contains(fault.diagnostic())).forEach(finding -> found.merge(
                    finding.id(), 1, Integer::sum));
        }
        return found;
    }

    private static void note(String line, Object... values) throws IOException {
        Files.writeString(TABLE, String.format(Locale.ROOT, line + "%n", values), StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void isFoundInNineOfTenSpoiltRuns(Fault fault) throws IOException {
        Map<String, Integer> found = found(fault);
        note("%-24s %-8s spoilt %2d/10   (%s %s; all: %s)", fault.diagnostic(), fault.objective(),
                found.getOrDefault(fault.diagnostic(), 0), fault.rows(), String.join(" ", fault.settings()), found);
        assertThat(found.getOrDefault(fault.diagnostic(), 0)).as(fault + ": " + found).isGreaterThanOrEqualTo(9);
    }

    @ParameterizedTest
    @FieldSource("SOUND")
    void nothingIsFoundMoreThanOnceInTenSoundRuns(Fault sound) throws IOException {
        Map<String, Integer> found = found(sound);
        note("%-24s %-8s sound   0/10 but for %s   (%s)", "all", sound.objective(), found,
                String.join(" ", sound.settings()));
        assertThat(found.values()).as(sound + ": " + found).allMatch(times -> times <= 1);
    }
}
