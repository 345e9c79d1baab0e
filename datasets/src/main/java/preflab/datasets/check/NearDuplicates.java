package preflab.datasets.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.Map;
import java.util.stream.IntStream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;

/**
 * Rows whose texts share most of their words in order: Jaccard similarity of their sets of three words in a row, found
 * by MinHash in bands (Broder 1997; 8 bands of 4 minima: two rows of similarity s meet in one with 1 − (1 − s⁴)⁸, at
 * 0.8 with 0.985) and then computed exactly. 64 bytes a row are in memory. Rows below six words are left to the exact
 * comparison; within a band, each row is compared with the first that has its minima.
 */
final class NearDuplicates implements RowCheck {

    private static final int BANDS = 8;
    private static final int MINIMA = 4;
    private static final int SHINGLE = 3;
    private static final int FEWEST_WORDS = 6;

    private final double least;
    private final long[] factors = new long[BANDS * MINIMA];
    private final List<Keys> bands = new ArrayList<>();
    private final BitSet tooShort = new BitSet();
    private final ExactDuplicates exact;
    private long near;

    /**
     * For a similarity.
     *
     * @param least
     *            from which rows count as near, in (0, 1]
     * @param seed
     *            of the hash functions
     * @param exact
     *            knows rows that are equal to an earlier one, and is asked before this one
     */
    NearDuplicates(double least, long seed, ExactDuplicates exact) {
        this.exact = exact;
        this.least = least;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextLong() | 1; // odd: multiplication is a bijection
        }
        for (int i = 0; i < BANDS; i++) {
            bands.add(new Keys());
        }
    }

    @Override
    public void add(PreferenceExample row) {
        long[] shingles = shingles(row);
        int position = bands.getFirst().size();
        if (shingles.length == 0) {
            tooShort.set(position);
        }
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int i = 0; i < MINIMA; i++) {
                key = Keys.mixed(key, least(shingles, factors[band * MINIMA + i]));
            }
            bands.get(band).add(shingles.length == 0 ? Keys.mixed(-1 - position, band) : key);
        }
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        Map<Integer, Integer> like = new TreeMap<>(); // later row → an earlier one
        for (Keys band : bands) {
            for (List<Integer> group : band.groups()) {
                compare(view, group, like);
            }
        }
        near = like.keySet().stream().filter(row -> !exact.repeats(row)).count();
        if (like.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Integer, Integer> first = like.entrySet().iterator().next();
        return Optional.of(new Finding("near_duplicates", String.format(Locale.ROOT,
                "nearly an earlier row (similarity of words ≥ %.2f): %s, as row %d and row %d", least,
                Finding.rows(like.size()), first.getKey(), first.getValue()), like.size(), List.copyOf(like.keySet()),
                "look at them; leave them out by their row numbers if they teach nothing new"));
    }

    @Override
    public Optional<Composition> composition() {
        int rows = bands.getFirst().size();
        long repeats = IntStream.range(0, rows).filter(exact::repeats).count();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("unlike any earlier row", rows - repeats - near);
        counts.put("nearly an earlier row", near);
        counts.put("equal to an earlier row", repeats);
        return Optional.of(new Composition("repeats", "Rows by their texts", counts));
    }

    private void compare(ExampleView view, List<Integer> group, Map<Integer, Integer> like) {
        int first = group.getFirst();
        PreferenceExample original = null;
        Set<Long> words = Set.of();
        for (int row : group.subList(1, group.size())) {
            if (like.containsKey(row) || tooShort.get(row)) {
                continue;
            }
            if (original == null) {
                original = view.get(first);
                words = set(shingles(original));
            }
            PreferenceExample other = view.get(row);
            if (similarity(words, set(shingles(other))) >= least
                    && !Fingerprint.ofTexts(original).equals(Fingerprint.ofTexts(other))) {
                like.put(row, first);
            }
        }
    }

    private static double similarity(Set<Long> a, Set<Long> b) {
        long shared = a.stream().filter(b::contains).count();
        return (double) shared / (a.size() + b.size() - shared);
    }

    private static Set<Long> set(long[] values) {
        Set<Long> set = new HashSet<>();
        for (long value : values) {
            set.add(value);
        }
        return set;
    }

    private static long least(long[] shingles, long factor) {
        long least = Long.MAX_VALUE;
        for (long shingle : shingles) {
            long hash = shingle * factor;
            least = Math.min(least, hash ^ (hash >>> 32));
        }
        return least;
    }

    /** Three words in a row each; none where there are too few words. */
    private static long[] shingles(PreferenceExample row) {
        Keys words = new Keys();
        for (Parts.Part part : Parts.of(row)) {
            addWords(part.content().text(), words);
        }
        if (words.size() < FEWEST_WORDS) {
            return new long[0];
        }
        long[] shingles = new long[words.size() - SHINGLE + 1];
        for (int i = 0; i < shingles.length; i++) {
            shingles[i] = Keys.mixed(Keys.mixed(words.get(i), words.get(i + 1)), words.get(i + 2));
        }
        return shingles;
    }

    /** Runs of letters and digits, whatever their capitals; signs between them do not count. */
    private static void addWords(String text, Keys words) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                hash = 31 * hash + Character.toLowerCase(c) + 1;
            } else if (hash != 0) {
                words.add(hash);
                hash = 0;
            }
        }
        if (hash != 0) {
            words.add(hash);
        }
    }
}
