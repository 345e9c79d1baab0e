package preflab.datasets.convert;

import java.util.Comparator;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ArrayList;
import java.util.stream.Stream;

import preflab.datasets.check.Fingerprint;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Unlearning;
import preflab.datasets.importer.Progress;

/**
 * Marks a share of the rows as to forget and the rest as to retain. Rows are drawn prompt by prompt in the order of a
 * hash of seed and prompt, so that equal prompts are never on both sides and a larger share with the same seed forgets
 * what a smaller one does and more. At least one row is forgotten.
 *
 * @param percent
 *            of the rows, in (0, 100); commonly 1, 5, 10 or 50
 */
public record ForgetShare(double percent, long seed) implements Conversion {

    public ForgetShare {
        if (!(percent > 0 && percent < 100)) {
            throw new IllegalArgumentException("the share to forget lies between 0 and 100 %, not " + percent);
        }
    }

    @Override
    public String id() {
        return "forget_share";
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%s %% of the rows to forget, the rest to retain, seed %d", percent, seed);
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.SFT || kind == Kind.FORGET_RETAIN;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.FORGET_RETAIN;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("percent", Double.toString(percent), "seed", Long.toString(seed));
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        BitSet forgotten = forgotten(source, progress);
        return Rows.of(source, Progress.NONE).map(row -> new Unlearning(row.id(), row.prompt(), answer(row),
                forgotten.get(row.id().index()), row.source()));
    }

    private BitSet forgotten(ExampleView source, Progress progress) {
        Map<Fingerprint, List<Integer>> prompts = new LinkedHashMap<>();
        Rows.of(source, progress).forEach(row -> prompts
                .computeIfAbsent(Fingerprint.ofPrompt(row), _ -> new ArrayList<>(1)).add(row.id().index()));
        BitSet forgotten = new BitSet(source.size());
        double target = Math.max(1, source.size() * percent / 100);
        List<Map.Entry<Fingerprint, List<Integer>>> order = new ArrayList<>(prompts.entrySet());
        order.sort(Comparator.comparingLong(entry -> mixed(entry.getKey())));
        int count = 0;
        for (int i = 0; i < order.size() && count + 0.5 <= target; i++) {
            order.get(i).getValue().forEach(forgotten::set);
            count += order.get(i).getValue().size();
        }
        return forgotten;
    }

    /** SplitMix64's finaliser over seed and prompt. */
    private long mixed(Fingerprint prompt) {
        long z = prompt.high() + seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static Content answer(PreferenceExample row) {
        return row instanceof Unlearning e ? e.completion() : ((Demonstration) row).completion();
    }
}
