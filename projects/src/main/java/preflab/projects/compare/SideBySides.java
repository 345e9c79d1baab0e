package preflab.projects.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.train.Sample;
import preflab.projects.store.StoredSamples;

/** Puts the answers of several runs to the same prompts beside each other. */
final class SideBySides {

    private static final int AT_MOST = 12;

    private SideBySides() {
    }

    /**
     * @param sameStart
     *            whether all runs started from the same model
     */
    static List<SideBySide> of(List<RunEvidence> runs, boolean sameStart) {
        boolean shown = runs.stream().anyMatch(run -> !run.shown().isEmpty());
        List<List<StoredSamples>> all = runs.stream().map(run -> answers(run, shown)).toList();
        Map<Graded.Key, Sample> prompts = new LinkedHashMap<>();
        all.forEach(samples -> last(samples).values()
                .forEach(sample -> prompts.putIfAbsent(key(sample), sample)));
        List<SideBySide> rows = new ArrayList<>();
        prompts.entrySet().stream().limit(AT_MOST).forEach(prompt -> {
            List<Optional<Sample>> answers = all.stream()
                    .map(samples -> Optional.ofNullable(last(samples).get(prompt.getKey()))).toList();
            rows.add(new SideBySide(prompt.getKey().row(), prompt.getKey().prompt(), prompt.getValue().expected(),
                    sameStart ? before(all, prompt.getKey()) : Optional.empty(), answers));
        });
        return rows;
    }

    /** Of a run that was not watched what it was asked later. */
    private static List<StoredSamples> answers(RunEvidence run, boolean shown) {
        return run.shown().isEmpty() && run.judged().isEmpty()
                ? run.late().stream().map(late -> new StoredSamples(late.step(), "eval", late.answers())).toList()
                : shown ? run.shown() : run.judged();
    }

    private static Graded.Key key(Sample sample) {
        return new Graded.Key(sample.row(), sample.prompt());
    }

    private static Map<Graded.Key, Sample> last(List<StoredSamples> samples) {
        return samples.isEmpty() ? Map.of() : byKey(samples.getLast());
    }

    private static Map<Graded.Key, Sample> byKey(StoredSamples stored) {
        Map<Graded.Key, Sample> samples = new LinkedHashMap<>();
        stored.samples().forEach(sample -> samples.put(key(sample), sample));
        return samples;
    }

    private static Optional<Sample> before(List<List<StoredSamples>> all, Graded.Key prompt) {
        return all.stream().flatMap(samples -> samples.stream().limit(1)).filter(stored -> stored.step() == 0)
                .map(stored -> byKey(stored).get(prompt)).filter(sample -> sample != null).findFirst();
    }
}
