package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.ExampleView;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.metric.Metrics;

/** The reference's log-probabilities are computed once for all runs on the same rows. */
class ReferenceCacheTest {

    private static final ExampleView ROWS = Tiny.pairs(12);

    @TempDir
    Path folder;

    /** In memory. */
    private static final class Kept implements ReferenceCache {
        private final Map<Key, Entry> entries = new HashMap<>();

        @Override
        public Optional<Entry> find(Key key) {
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
    void aSecondRunWithAnotherObjectiveOnTheSameDataMakesNoReferencePass() {
        Kept cache = new Kept();
        Tiny.Recorder first = run("dpo", cache, Map.of());
        Tiny.Recorder second = run("ipo", cache, Map.of());
        assertThat(first.ended().metrics()).containsEntry(Metrics.REFERENCE_PASSES, 24.0);
        assertThat(second.ended().metrics()).containsEntry(Metrics.REFERENCE_PASSES, 0.0)
                .hasEntrySatisfying(Metrics.REFERENCE_SECONDS_SAVED, s -> assertThat(s).isPositive());
        assertThat(second.all(RunEvent.Warned.class)).filteredOn(w -> w.code().equals("reference_cache"))
                .singleElement().satisfies(w -> assertThat(w.message())
                        .startsWith("no reference pass over the rows: all "));
    }

    @Test
    void aRunLogsTheSameBitsWhetherTheCacheIsFullOrEmptyAndNearlyTheSameWithoutIt() {
        Kept cache = new Kept();
        Tiny.Recorder empty = run("dpo", cache, Map.of("evaluation.rows", "5", "max_new_tokens", "2"));
        Tiny.Recorder full = run("dpo", cache, Map.of("evaluation.rows", "5", "max_new_tokens", "2"));
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
