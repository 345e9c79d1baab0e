package preflab.engine.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepThreshold;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;

/**
 * One row as a model sees it in training: every completion as rendered text and as token ids, special tokens included,
 * with the seam between prompt and completion, the mask and the cut. By the tokenizer, the collator and the truncation
 * that training uses.
 *
 * @param sides
 *            one per sequence of the row, in the collator's order; none where the row says nothing to the objective
 */
public record TokenXray(RowFate fate, List<Side> sides) {

    /**
     * A prompt with one completion.
     *
     * @param group
     *            the part it plays in the loss
     * @param promptText
     *            as rendered, chat template included, without what the tokenizer begins every text with
     * @param completionText
     *            as it follows on
     * @param tokens
     *            all of them, those cut included
     * @param promptLength
     *            how many of them are the prompt's: the seam stands behind them
     * @param seamMerged
     *            whether the first token behind the seam has characters of the prompt as well
     */
    public record Side(Group group, String promptText, String completionText, List<Token> tokens, int promptLength,
            boolean seamMerged) {
        public Side {
            tokens = List.copyOf(tokens);
        }

        /** Tokens the loss sees. */
        public int activeTokens() {
            return (int) tokens.stream().filter(token -> token.part() == Part.ACTIVE).count();
        }

        /** Tokens cut away from the prompt. */
        public int promptTokensCut() {
            return cut(0, promptLength);
        }

        /** Tokens cut away from the completion. */
        public int completionTokensCut() {
            return cut(promptLength, tokens.size());
        }

        private int cut(int from, int to) {
            return (int) tokens.subList(from, to).stream().filter(token -> token.part() == Part.CUT).count();
        }
    }

    /**
     * A token.
     *
     * @param piece
     *            as the vocabulary writes it
     */
    public record Token(int id, String piece, Part part) {
    }

    /** What part a token plays. */
    public enum Part {
        /** Of the prompt: read, not scored. */
        PROMPT,
        /** Of the completion, and the loss sees it. */
        ACTIVE,
        /** Of the completion, but masked: of an unmarked step, or a first token that nothing predicts. */
        MASKED,
        /** Cut away. */
        CUT
    }

    public TokenXray {
        sides = List.copyOf(sides);
    }

    /**
     * Looks at one row.
     *
     * @throws IllegalArgumentException
     *             where an objective cannot read the row by itself (another kind, or step pairs made of two rows)
     */
    public static TokenXray of(PreferenceExample row, Class<? extends Scores> scores, Needs needs,
            StepThreshold threshold, TextTokenizer tokenizer, Truncation truncation) {
        List<Captured> captured = new ArrayList<>();
        Collator collator = new Collator(scores, (prompt, completion) -> {
            Encoded encoded = tokenizer.encode(prompt, completion);
            captured.add(new Captured(prompt, completion, encoded));
            return encoded;
        }, threshold, needs);
        Prepared prepared = Prepared.of(collator.collate(row), truncation);
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < prepared.whole().size(); i++) {
            sides.add(side(captured.get(i), prepared.whole().get(i), prepared.cuts().get(i), prepared.used().get(i),
                    tokenizer));
        }
        return new TokenXray(prepared.fate(), sides);
    }

    private static Side side(Captured captured, Sequence whole, Truncation.Cut cut, Sequence used,
            TextTokenizer tokenizer) {
        Encoded encoded = captured.encoded();
        int[] kept = IntStream.range(0, whole.length()).filter(position -> !cut.takes(position)).toArray();
        Part[] parts = new Part[whole.length()];
        Arrays.fill(parts, Part.CUT);
        for (int position : kept) {
            parts[position] = position < encoded.promptLength() ? Part.PROMPT : Part.MASKED;
        }
        for (int i = 0; i < used.activeTokens(); i++) {
            parts[kept[used.activePosition(i)]] = Part.ACTIVE;
        }
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            tokens.add(new Token(whole.id(i), tokenizer.token(whole.id(i)), parts[i]));
        }
        ChatFormat.Text text = tokenizer.text(captured.prompt(), captured.completion());
        return new Side(whole.group(), text.prompt(), text.completion(), tokens, encoded.promptLength(),
                encoded.seamMerged());
    }

    private record Captured(Content prompt, Content completion, Encoded encoded) {
    }
}
