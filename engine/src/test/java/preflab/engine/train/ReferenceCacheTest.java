package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.ExampleView;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.metric.Metrics;
import preflab.engine.model.HfFolder;

/** The reference's log-probabilities are computed once for all runs on the same rows. */
class ReferenceCacheTest {

    private static final ExampleView ROWS = Tiny.pairs(12);
    private static final Map<String, String> EVALUATED = Map.of("evaluation.rows", "5", "max_new_tokens", "2");

    @TempDir
    Path folder;

    /** In memory. */
    private static final class Kept implements ReferenceCache {
        private final Map<Key, Entry> entries = new HashMap<>();
        private int misses;

        @Override
        public Optional<Entry> find(Key key) {
            misses += entries.containsKey(key) ? 0 : 1;
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void keep(Key key, Entry entry) {
            entries.put(key, entry);
        }
    }

    private Tiny.Recorder run(String objective, ReferenceCache cache, Map<String, String> settings) {
        Tiny.Recorder recorder = new Tiny.Recorder();
        new Trainer(Tiny.spec(objective, ROWS, settings),
                new TrainInputs(ROWS, Optional.of(ROWS), Tiny.model(folder, 7), Optional.of(Tiny.model(folder, 8)),
                        folder.resolve("checkpoints")).with(cache),
                recorder, new StopSignal()).run();
        assertThat(recorder.ended().message()).isEmpty();
        return recorder;
    }

    @Test
    void aSecondRunWithAnotherObjectiveOnTheSameDataMakesNoReferencePassAndSaysWhatThatSpares() {
        Kept cache = new Kept();
        Tiny.Recorder first = run("dpo", cache, EVALUATED);
        assertThat(cache.misses).isEqualTo(24);
        double spent = cache.entries.values().stream().mapToLong(ReferenceCache.Entry::nanos).sum() / 1e9;
        assertThat(first.ended().metrics()).containsEntry(Metrics.REFERENCE_PASSES, 24.0)
                .containsEntry(Metrics.REFERENCE_SECONDS, spent).containsEntry(Metrics.REFERENCE_BYTES_SAVED, 0.0);

        Tiny.Recorder second = run("ipo", cache, EVALUATED);
        assertThat(cache.misses).as("nothing was left for the reference to score").isEqualTo(24);
        Map<String, Double> metrics = second.ended().metrics();
        assertThat(metrics).containsEntry(Metrics.REFERENCE_PASSES, 0.0).containsEntry(Metrics.REFERENCE_SECONDS, 0.0);
        assertThat(metrics.get(Metrics.REFERENCE_FOUND)).isEqualTo(
                first.ended().metrics().get(Metrics.REFERENCE_FOUND) + 24);
        assertThat(metrics.get(Metrics.REFERENCE_SECONDS_SAVED)).as("each sequence costs what it was measured to cost")
                .isCloseTo(first.ended().metrics().get(Metrics.REFERENCE_SECONDS_SAVED) + spent, within(1e-9));
        assertThat(metrics.get(Metrics.REFERENCE_BYTES_SAVED)).isEqualTo(weights());
        assertThat(told(second)).startsWith("no reference pass: all ").contains(" s saved, and ")
                .endsWith(" of memory while training: it was loaded at evaluations only, to measure how far the policy"
                        + " has gone");
        assertThat(second.series(Metrics.REFERENCE_FOUND)).as("told while the run goes on").isNotEmpty();
    }

    /** Four bytes a number. */
    private double weights() {
        return 4.0 * HfFolder.open(Tiny.model(folder, 8)).config().parameterCount();
    }

    private static String told(Tiny.Recorder run) {
        return run.all(RunEvent.Warned.class).stream().filter(w -> w.code().equals("reference_cache"))
                .map(RunEvent.Warned::message).collect(Collectors.joining("|"));
    }

    @Test
    void whereNothingIsMeasuredAgainstItTheReferenceIsNeverLoaded() {
        Kept cache = new Kept();
        run("dpo", cache, Map.of("kl_prompts", "0"));
        Tiny.Recorder second = run("ipo", cache, Map.of("kl_prompts", "0"));

        assertThat(told(second)).endsWith(": it was never loaded");
        assertThat(second.ended().metrics().get(Metrics.REFERENCE_BYTES_SAVED)).isEqualTo(weights());
    }

    @Test
    void aRunLogsTheSameBitsWhetherTheCacheIsFullOrEmptyAndNearlyTheSameWithoutIt() {
        Kept cache = new Kept();
        Tiny.Recorder empty = run("dpo", cache, EVALUATED);
        Tiny.Recorder full = run("dpo", cache, EVALUATED);
        Tiny.Recorder without = run("dpo", cache,
                Map.of("evaluation.rows", "5", "max_new_tokens", "2", "reference.cache", "false"));
        for (String key : new String[]{"loss", "rewards/margins", "eval/loss"}) {
            assertThat(full.series(key)).isNotEmpty().isEqualTo(empty.series(key));
            for (int i = 0; i < full.series(key).size(); i++) {
                assertThat(full.series(key).get(i)).isCloseTo(without.series(key).get(i), within(1e-5));
            }
        }
        assertThat(without.ended().metrics()).doesNotContainKey(Metrics.REFERENCE_PASSES);
    }

    @Test
    void otherWeightsOrAnotherPrecisionFindNothing() {
        Kept cache = new Kept();
        run("dpo", cache, Map.of());
        assertThat(run("dpo", cache, Map.of("precision", "bfloat16")).ended().metrics())
                .containsEntry(Metrics.REFERENCE_PASSES, 24.0);
        Tiny.Recorder other = new Tiny.Recorder();
        new Trainer(Tiny.spec("dpo", ROWS, Map.of()), new TrainInputs(ROWS, Optional.empty(), Tiny.model(folder, 7),
                Optional.empty(), folder.resolve("checkpoints")).with(cache), other, new StopSignal()).run();
        assertThat(other.ended().metrics()).containsEntry(Metrics.REFERENCE_PASSES, 24.0);
    }

    @Test
    void anObjectiveWithTheKlOverTheVocabularyUsesNoCache() {
        Kept cache = new Kept();
        assertThat(run("pmpo", cache, Map.of("kl", "exact")).ended().metrics())
                .doesNotContainKey(Metrics.REFERENCE_PASSES);
        assertThat(cache.entries).isEmpty();
    }
}
