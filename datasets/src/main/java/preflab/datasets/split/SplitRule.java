package preflab.datasets.split;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import preflab.datasets.example.TokenCounter;

/**
 * Cuts an answer into steps. The steps joined are the answer, byte for byte: white space between two steps belongs to
 * the first. No step is white space alone, unless the whole answer is.
 */
public sealed interface SplitRule {

    /** The steps of this answer; at least one, unless the answer is empty. */
    List<String> split(String answer);

    /** Its name on the command line and in provenance. */
    String id();

    /** The rules that need nothing but the text, in the order people try them. */
    static List<SplitRule> plain() {
        return List.of(Marked.values());
    }

    /** The rule with this {@link #id()}: line, blank_line, step_number or sentence. */
    static Optional<SplitRule> of(String id) {
        return plain().stream().filter(rule -> rule.id().equalsIgnoreCase(id)).findFirst();
    }

    /** The ids of {@link #plain()}, for messages. */
    static String known() {
        return plain().stream().map(SplitRule::id).collect(Collectors.joining(", "));
    }

    /** Rules that look at the text alone. */
    enum Marked implements SplitRule {
        /** One step a line, as in GSM8K. */
        LINE("(?<=\n)"),
        /** Paragraphs. */
        BLANK_LINE("(?<=\n)(?=[^\n])(?<=\n[ \\t\\r]{0,80}\n)"),
        /** Before each {@code Step 3:}, also in the middle of a line; what comes before the first is a step as well. */
        STEP_NUMBER("(?i)(?<![^\\s])(?=(?:#{1,6} ?|\\*\\*)?Step\\s{1,3}\\d{1,3}\\s?[:.])"),
        /** Sentences of any script; formulas between dollar signs stay whole. */
        SENTENCE("");

        private final Pattern before;

        Marked(String before) {
            this.before = Pattern.compile(before);
        }

        @Override
        public List<String> split(String answer) {
            return Pieces.whole(this == SENTENCE ? sentences(answer) : cuts(answer), answer);
        }

        @Override
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<Integer> cuts(String answer) {
            List<Integer> cuts = new ArrayList<>();
            Matcher matcher = before.matcher(answer);
            while (matcher.find()) {
                cuts.add(matcher.start());
            }
            return cuts;
        }

        private static List<Integer> sentences(String answer) {
            BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
            sentences.setText(answer);
            List<Integer> cuts = new ArrayList<>();
            long dollars = 0;
            int from = 0;
            for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
                dollars += answer.substring(from, end).chars().filter(c -> c == '$').count();
                from = end;
                if (dollars % 2 == 0) {
                    cuts.add(end);
                }
            }
            return cuts;
        }
    }

    /**
     * Steps of at most so many tokens, cut before white space; a longer word is a step of its own.
     *
     * @param most
     *            ≥ 1
     */
    record Tokens(int most, TokenCounter counter) implements SplitRule {

        private static final Pattern WORD = Pattern.compile("\\s*\\S+");

        public Tokens {
            Objects.requireNonNull(counter, "counter");
            if (most < 1) {
                throw new IllegalArgumentException("a step has at least 1 token, not " + most);
            }
        }

        @Override
        public List<String> split(String answer) {
            int[] ends = WORD.matcher(answer).results().mapToInt(MatchResult::end).toArray();
            List<Integer> cuts = new ArrayList<>();
            int start = 0;
            for (int word = 0; word < ends.length;) {
                int last = lastFitting(answer, start, ends, word);
                start = ends[last];
                cuts.add(start);
                word = last + 1;
            }
            return Pieces.joined(cuts, answer);
        }

        @Override
        public String id() {
            return "tokens:" + most;
        }

        /** The last word with which the step still fits; tokens only grow with the text, so halving finds it. */
        private int lastFitting(String answer, int start, int[] ends, int first) {
            int low = first;
            int high = Math.min(ends.length - 1, first + most); // a word has at least one token
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (counter.count(answer.substring(start, ends[middle])) <= most) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }

    /** Texts between cuts. */
    final class Pieces {

        private Pieces() {
        }

        /** White space at a cut goes to the step before. */
        static List<String> whole(List<Integer> cuts, String answer) {
            List<Integer> moved = cuts.stream().map(cut -> afterSpace(answer, cut)).toList();
            return joined(moved, answer);
        }

        /** The pieces; those of white space alone join the one before (the first: the one after). */
        static List<String> joined(List<Integer> cuts, String answer) {
            List<String> pieces = new ArrayList<>();
            int from = 0;
            for (int cut : cuts) {
                if (cut > from && !answer.substring(from, cut).isBlank() && !answer.substring(cut).isBlank()) {
                    pieces.add(answer.substring(from, cut));
                    from = cut;
                }
            }
            if (from < answer.length()) {
                pieces.add(answer.substring(from));
            }
            return List.copyOf(pieces);
        }

        private static int afterSpace(String answer, int cut) {
            int end = cut;
            while (end < answer.length() && (answer.charAt(end) == '\n' || answer.charAt(end) == '\r')) {
                end++;
            }
            return end;
        }
    }
}
