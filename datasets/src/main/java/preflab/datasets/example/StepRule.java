package preflab.datasets.example;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer is cut into steps. A rule only cuts: the pieces joined are the text, character for character, and no
 * piece is white space alone (it stays with the piece before it, or with the first one). White space between two steps
 * ends the earlier one.
 */
public sealed interface StepRule {

    /** Every line is a step. */
    StepRule LINE = new At("line", Pattern.compile("\\R"), false);
    /** Every paragraph is a step: cuts after one or more blank lines. */
    StepRule BLANK_LINE = new At("blank-line", Pattern.compile("\\R(?:[ \\t]*\\R)+"), false);
    /** "Step 1:", "Step 2." … begin a step, wherever white space or the beginning stands before. */
    StepRule NUMBERED = new At("step-n", Pattern.compile("(?i)(?<!\\S)step\\s+\\d+\\s*[:.]"), true);
    /** Every sentence is a step; a point inside a number ends none. */
    StepRule SENTENCE = new Sentences();

    /** The rule's name on the command line and in files. */
    String id();

    /** The text in pieces, in order; an empty list for an empty text. */
    List<String> split(String text);

    /** The rules without settings, for menus. */
    static List<StepRule> all() {
        return List.of(LINE, BLANK_LINE, NUMBERED, SENTENCE);
    }

    /** Steps of at most {@code tokens} tokens, cut between words; a longer word is a step of its own. */
    static StepRule tokens(int tokens, TokenCounter counter) {
        return new Tokens(tokens, counter);
    }

    /** Cuts before or after every match. */
    record At(String id, Pattern pattern, boolean before) implements StepRule {
        @Override
        public List<String> split(String text) {
            List<Integer> cuts = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                cuts.add(before ? matcher.start() : matcher.end());
            }
            return StepCuts.pieces(text, cuts);
        }
    }

    /** Cuts after sentences, as Unicode's rules find them. */
    record Sentences() implements StepRule {
        @Override
        public String id() {
            return "sentence";
        }

        @Override
        public List<String> split(String text) {
            BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
            sentences.setText(text);
            List<Integer> cuts = new ArrayList<>();
            for (int at = sentences.next(); at != BreakIterator.DONE; at = sentences.next()) {
                cuts.add(at);
            }
            return StepCuts.pieces(text, cuts);
        }
    }

    /** Cuts between words, as late as the count of tokens allows. */
    record Tokens(int tokens, TokenCounter counter) implements StepRule {

        private static final Pattern WORD = Pattern.compile("\\s*\\S+");

        public Tokens {
            if (tokens < 1) {
                throw new IllegalArgumentException("a step needs at least one token, not " + tokens);
            }
        }

        @Override
        public String id() {
            return "tokens";
        }

        @Override
        public List<String> split(String text) {
            List<Integer> cuts = new ArrayList<>();
            Matcher word = WORD.matcher(text);
            int start = 0;
            int end = 0;
            while (word.find()) {
                if (end > start && counter.count(text.substring(start, word.end())) > tokens) {
                    cuts.add(end);
                    start = end;
                }
                end = word.end();
            }
            return StepCuts.pieces(text, cuts);
        }
    }
}
