package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import preflab.datasets.importer.Hints;
import preflab.datasets.importer.Importers;
import preflab.datasets.importer.Progress;

/** How fast JSON Lines become a dataset version, read by one thread and stored by another; figures for people, no limits to break. */
@Tag("slow")
class ImportSpeedTest {

    private static final Logger LOG = LoggerFactory.getLogger(ImportSpeedTest.class);
    private static final List<String> WORDS = List.of("the", "model", "answer", "step", "reward", "policy");
    private static final int ROWS = Integer.getInteger("preflab.speed.rows", 1_000_000);

    @TempDir
    Path temp;

    @Test
    void aMillionPairsAreImportedAndReadBack() throws IOException {
        Path file = temp.resolve("pairs.jsonl");
        writePairs(file);
        double megabytes = Files.size(file) / 1e6;
        for (int round = 0; round < 3; round++) {
            long parsing = cpu();
            Importers.plan(file, Hints.NONE).read(_ -> {
            }, Progress.NONE);
            double parse = megabytes * 1e9 / (cpu() - parsing);
            try (DatasetStore store = DatasetStore.open(temp.resolve("store" + round))) {
                long started = System.nanoTime();
                long startedCpu = cpu();
                Imported imported = store.importFile(file, ImportRequest.named("pairs"), Progress.NONE);
                double whole = megabytes * 1e9 / (System.nanoTime() - started);
                double wholeCpu = megabytes * 1e9 / (cpu() - startedCpu);
                assertThat(imported.report().accepted()).isEqualTo(ROWS);
                LOG.info(String.format(Locale.ROOT,
                        "round %d: %.0f MB; parse %.0f MB/s of CPU time; import %.0f MB/s of the reading thread's CPU time, %.0f MB/s by the"
                                + " clock; heap limit %d MB",
                        round, megabytes, parse, wholeCpu, whole, Runtime.getRuntime().maxMemory() >> 20));
                readBack(store.view(imported.version()));
            }
        }
    }

    /** Processor time of this thread in ns: other work on the machine does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void readBack(StoredView view) {
        long started = System.nanoTime();
        long characters = 0;
        for (int i = 0; i < view.size(); i++) {
            characters += view.get(i).prompt().text().length();
        }
        double scan = (System.nanoTime() - started) / 1e9;
        Random random = new Random(1);
        started = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            characters += view.get(random.nextInt(view.size())).prompt().text().length();
        }
        double each = (System.nanoTime() - started) / 1e9 / 10_000;
        started = System.nanoTime();
        int found = view.search("a phrase that no row has", 0, 10).size();
        double search = (System.nanoTime() - started) / 1e9;
        assertThat(found).isZero();
        LOG.info(String.format(Locale.ROOT,
                "read every row in %.1f s, a random row in %.1f µs, searched in vain in %.2f s (%d characters)", scan,
                each * 1e6, search, characters));
    }

    private static void writePairs(Path file) throws IOException {
        Random random = new Random(7);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"prompt\": \"Question " + i + ": " + words(random, 30) + "?\", \"chosen\": \" "
                        + words(random, 60) + ".\\n\\n" + words(random, 20) + "\", \"rejected\": \" "
                        + words(random, 50) + " \\\"é\\\"\", \"score\": " + random.nextInt(10) + "}\n");
            }
        }
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }
}
