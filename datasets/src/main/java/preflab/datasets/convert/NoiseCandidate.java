package preflab.datasets.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.importer.Progress;

/**
 * Adds a candidate nobody should prefer: the preferred answer with two different tokens of it swapped, scored 1 below
 * the worst. Tokens are words between white space; where there are no two of them, as in Chinese, characters. A pair
 * becomes three candidates with the scores 1, 0 and −1. Rows whose preferred answer has no two different characters stay
 * without.
 *
 * @param seed
 *            which words: a function of seed and row
 */
public record NoiseCandidate(long seed) implements Conversion {

    private static final Pattern WORD = Pattern.compile("\\S+");
    /** A letter or sign with its marks: what stands for a word in scripts without spaces. */
    private static final Pattern CHARACTER = Pattern.compile("[^\\s\\p{M}]\\p{M}*");

    @Override
    public String id() {
        return "add_noise";
    }

    @Override
    public String summary() {
        return "a candidate added that swaps two tokens of the preferred answer, seed " + seed;
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.PAIRED || kind == Kind.RANKED;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.RANKED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("seed", Long.toString(seed));
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(row -> noisy(row, candidates(row)));
    }

    private static List<Candidate> candidates(PreferenceExample row) {
        return row instanceof Paired pair
                ? List.of(new Candidate(pair.chosen(), 1), new Candidate(pair.rejected(), 0))
                : ((Ranked) row).candidates();
    }

    private Ranked noisy(PreferenceExample row, List<Candidate> candidates) {
        Comparator<Candidate> byScore = Comparator.comparingDouble(Candidate::score);
        Candidate best = candidates.stream().max(byScore).orElseThrow();
        double lowest = candidates.stream().min(byScore).orElseThrow().score();
        List<Candidate> all = new ArrayList<>(candidates);
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + row.id().index());
        swapped(best.completion(), random).ifPresent(noise -> all.add(new Candidate(noise, lowest - 1)));
        return new Ranked(row.id(), row.prompt(), all, row.source());
    }

    /** Of a conversation, its last turn. */
    private static Optional<Content> swapped(Content answer, SplittableRandom random) {
        return switch (answer) {
            case Content.Plain plain -> swapped(plain.text(), random).map(Content::of);
            case Content.Chat chat -> swapped(chat.messages().getLast().content(), random).map(text -> {
                List<Message> turns = new ArrayList<>(chat.messages());
                turns.set(turns.size() - 1, new Message(turns.getLast().role(), text));
                return Content.of(turns);
            });
        };
    }

    private static Optional<String> swapped(String text, SplittableRandom random) {
        return Stream.of(WORD, CHARACTER).map(token -> token.matcher(text).results().toList())
                .filter(tokens -> tokens.stream().map(MatchResult::group).distinct().limit(2).count() == 2).findFirst()
                .map(tokens -> swapped(text, tokens, random));
    }

    /** With two different tokens of the text changing places. */
    private static String swapped(String text, List<MatchResult> words, SplittableRandom random) {
        MatchResult first = words.get(random.nextInt(words.size()));
        List<MatchResult> others = words.stream().filter(word -> !word.group().equals(first.group())).toList();
        MatchResult second = others.get(random.nextInt(others.size()));
        boolean inOrder = first.start() < second.start();
        MatchResult left = inOrder ? first : second;
        MatchResult right = inOrder ? second : first;
        return text.substring(0, left.start()) + right.group() + text.substring(left.end(), right.start())
                + left.group() + text.substring(right.end());
    }
}
