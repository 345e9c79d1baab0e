package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How one text differs from another, word by word: the longest common subsequence of words, numbers, signs and runs of
 * white space. Texts whose differing middles would need a larger table than {@link #MOST_CELLS} count as replaced there.
 */
public final class WordDiff {

    /** Where a word belongs. */
    public enum Kind {
        SAME, ADDED, REMOVED
    }

    /** Neighbouring words of one kind, as written. */
    public record Piece(Kind kind, String text) {
    }

    static final int MOST_CELLS = 4_000_000; // 16 MB while comparing

    /** Between a letter or digit and anything else, and around every sign; Chinese and Japanese go letter by letter. */
    private static final Pattern WORDS = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]"
            + "|[\\p{L}\\p{M}\\p{Nd}_&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+|\\s+|.", Pattern.DOTALL);

    private WordDiff() {
    }

    /** The pieces of both texts in order: those removed and those added make up the first and the second. */
    public static List<Piece> of(String before, String after) {
        List<String> a = words(before);
        List<String> b = words(after);
        int start = 0;
        while (start < Math.min(a.size(), b.size()) && a.get(start).equals(b.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(a.size(), b.size()) - start
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        Pieces pieces = new Pieces();
        a.subList(0, start).forEach(word -> pieces.add(Kind.SAME, word));
        middle(a.subList(start, a.size() - end), b.subList(start, b.size() - end), pieces);
        a.subList(a.size() - end, a.size()).forEach(word -> pieces.add(Kind.SAME, word));
        return pieces.all();
    }

    static List<String> words(String text) {
        return WORDS.matcher(text).results().map(match -> match.group()).toList();
    }

    private static void middle(List<String> a, List<String> b, Pieces pieces) {
        if ((long) (a.size() + 1) * (b.size() + 1) > MOST_CELLS) {
            a.forEach(word -> pieces.add(Kind.REMOVED, word));
            b.forEach(word -> pieces.add(Kind.ADDED, word));
            return;
        }
        int[][] common = common(a, b);
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                pieces.add(Kind.SAME, a.get(i));
                i++;
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                pieces.add(Kind.REMOVED, a.get(i++));
            } else {
                pieces.add(Kind.ADDED, b.get(j++));
            }
        }
    }

    /** [i][j]: length of the longest common subsequence of a from i and b from j. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Joins neighbours of one kind. */
    private static final class Pieces {
        private final List<Piece> done = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Kind kind = Kind.SAME;

        void add(Kind next, String word) {
            if (next != kind) {
                flush();
                kind = next;
            }
            text.append(word);
        }

        private void flush() {
            if (!text.isEmpty()) {
                done.add(new Piece(kind, text.toString()));
                text.setLength(0);
            }
        }

        List<Piece> all() {
            flush();
            return List.copyOf(done);
        }
    }
}
