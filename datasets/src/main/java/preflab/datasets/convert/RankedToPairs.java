package preflab.datasets.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.example.Source;
import preflab.datasets.importer.Progress;

/**
 * Pairs of candidates of which one has the higher score. Their scores become the columns {@code score_chosen} and
 * {@code score_rejected}. Ties and equal texts make no pair.
 *
 * @param leastGap
 *            pairs whose scores are nearer than this are left out; ≥ 0
 */
public record RankedToPairs(Choice choice, double leastGap) implements Conversion {

    /** Which candidates stand against each other. */
    public enum Choice {
        /** The best against the worst: one pair a row. */
        BEST_WORST,
        /** The best against every other. */
        BEST_OTHERS,
        /** Each against the next by rank. */
        NEIGHBOURS,
        /** Everyone against everyone. */
        ALL
    }

    public RankedToPairs {
        if (!(leastGap >= 0)) {
            throw new IllegalArgumentException("the least gap of two scores is at least 0, not " + leastGap);
        }
    }

    @Override
    public String id() {
        return "ranked_to_pairs";
    }

    @Override
    public String summary() {
        return switch (choice) {
            case BEST_WORST -> "the best candidate against the worst";
            case BEST_OTHERS -> "the best candidate against every other";
            case NEIGHBOURS -> "each candidate against the next by rank";
            case ALL -> "every two candidates";
        } + (leastGap > 0 ? String.format(Locale.ROOT, ", scores at least %s apart", leastGap) : "");
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.RANKED;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.PAIRED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("pairs", choice.name().toLowerCase(Locale.ROOT), "gap", Double.toString(leastGap));
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(Ranked.class::cast).flatMap(this::pairs);
    }

    private Stream<PreferenceExample> pairs(Ranked row) {
        List<Candidate> byRank = byRank(row);
        List<PreferenceExample> pairs = new ArrayList<>();
        for (int better = 0; better < byRank.size(); better++) {
            for (int worse = better + 1; worse < byRank.size(); worse++) {
                if (wanted(better, worse, byRank.size()) && apart(byRank.get(better), byRank.get(worse))) {
                    pairs.add(pair(row, byRank.get(better), byRank.get(worse)));
                }
            }
        }
        return pairs.stream();
    }

    private boolean wanted(int better, int worse, int size) {
        return switch (choice) {
            case BEST_WORST -> better == 0 && worse == size - 1;
            case BEST_OTHERS -> better == 0;
            case NEIGHBOURS -> worse == better + 1;
            case ALL -> true;
        };
    }

    private boolean apart(Candidate better, Candidate worse) {
        double gap = better.score() - worse.score();
        return gap > 0 && gap >= leastGap && !better.completion().equals(worse.completion());
    }

    /** Best first; equal scores keep the order of the row. */
    static List<Candidate> byRank(Ranked row) {
        return row.candidates().stream().sorted(Comparator.comparingDouble(Candidate::score).reversed()).toList();
    }

    private static Paired pair(Ranked row, Candidate better, Candidate worse) {
        Map<String, String> side = new HashMap<>(row.source().side());
        side.put("score_chosen", Double.toString(better.score()));
        side.put("score_rejected", Double.toString(worse.score()));
        return new Paired(row.id(), row.prompt(), better.completion(), worse.completion(),
                new Source(row.source().file(), row.source().row(), side));
    }
}
