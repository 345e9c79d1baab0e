package preflab.engine.batch;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.engine.objective.Group;

/**
 * What becomes of rows that are too long, prompt and completions each on their own. Completions come first: one longer
 * than its room is cut to it by the completions' mode. A prompt that then still leaves them too little is cut by its own
 * mode, by the same amount for all sequences of a row, so that both sides of a pair still answer one prompt.
 *
 * @param maxLength
 *            tokens of prompt and completion together, ≥ 2
 * @param maxCompletion
 *            tokens that completions of a row that is too long keep at most, if its prompt takes up the rest; 0: no such
 *            limit, so that prompts that may be cut lose all but their first token before a completion loses any
 * @param prompts
 *            what becomes of prompts
 * @param completions
 *            what becomes of completions; not {@link Mode#KEEP}
 * @param bosId
 *            the sequence start, which cutting a prompt's start spares; −1 if there is none
 */
public record Truncation(int maxLength, int maxCompletion, Mode prompts, Mode completions, int bosId) {

    /** How; see {@code data.prompt_truncation} and {@code data.completion_truncation}. */
    public enum Mode {
        /** It stays whole, and the completions have what it leaves. */
        KEEP,
        /** A row that needs cutting here is left out. */
        DROP,
        /** It loses its start, but for the token that begins every sequence. */
        CUT_LEFT,
        /** It loses its end. */
        CUT_RIGHT;

        boolean cuts() {
            return this == CUT_LEFT || this == CUT_RIGHT;
        }
    }

    /**
     * The tokens that a sequence loses: {@code prompt} of them from position {@code promptFrom}, {@code completion} of
     * them from {@code completionFrom}, both counted before cutting.
     */
    record Cut(int promptFrom, int prompt, int completionFrom, int completion) {
        static final Cut NONE = new Cut(0, 0, 0, 0);

        int tokens() {
            return prompt + completion;
        }

        boolean takes(int position) {
            return (position >= promptFrom && position < promptFrom + prompt)
                    || (position >= completionFrom && position < completionFrom + completion);
        }
    }

    public Truncation {
        if (completions == Mode.KEEP) {
            throw new IllegalArgumentException("completions cannot always be kept whole");
        }
    }

    /**
     * Which tokens answers to one prompt lose, true where one is lost; empty where the row is left out.
     *
     * @param answers
     *            each with its prompt
     */
    public Optional<List<boolean[]>> lost(List<Encoded> answers) {
        return cuts(answers.stream().map(each -> Sequence.of(0, Group.SEQUENCES, each, true)).toList())
                .map(cuts -> IntStream.range(0, answers.size())
                        .mapToObj(i -> lost(cuts.get(i), answers.get(i).length())).toList());
    }

    private static boolean[] lost(Cut cut, int length) {
        boolean[] lost = new boolean[length];
        for (int position = 0; position < length; position++) {
            lost[position] = cut.takes(position);
        }
        return lost;
    }

    /** What each sequence of a row loses; empty where the row is to be left out. */
    Optional<List<Cut>> cuts(List<Sequence> row) {
        if (row.stream().allMatch(sequence -> sequence.length() <= maxLength)) {
            return Optional.of(row.stream().map(sequence -> Cut.NONE).toList());
        }
        boolean dropped = completions == Mode.DROP
                && row.stream().anyMatch(sequence -> completion(sequence) > room(sequence));
        int over = row.stream().mapToInt(s -> s.promptLength() + kept(s) - maxLength).max().orElseThrow();
        if (dropped || (over > 0 && prompts == Mode.DROP)) {
            return Optional.empty();
        }
        int least = row.stream().mapToInt(sequence -> sequence.promptLength() - floor(sequence)).min().orElseThrow();
        int fromPrompt = prompts.cuts() ? Math.clamp(over, 0, Math.max(0, least)) : 0;
        return Optional.of(row.stream().map(sequence -> cut(sequence, fromPrompt)).toList());
    }

    private Cut cut(Sequence sequence, int fromPrompt) {
        int prompt = sequence.promptLength();
        int lost = completion(sequence) - Math.max(0, Math.min(kept(sequence), maxLength - prompt + fromPrompt));
        return new Cut(prompts == Mode.CUT_LEFT ? begins(sequence) : prompt - fromPrompt, fromPrompt,
                completions == Mode.CUT_LEFT ? prompt : sequence.length() - lost, lost);
    }

    private int kept(Sequence sequence) {
        return Math.min(completion(sequence), Math.max(0, room(sequence)));
    }

    /** Tokens that a completion may have. */
    private int room(Sequence sequence) {
        int beside = maxLength - sequence.promptLength();
        int most = maxLength - floor(sequence);
        return switch (prompts) {
            case KEEP -> beside;
            case DROP -> Math.max(beside, Math.max(1, maxCompletion));
            case CUT_LEFT, CUT_RIGHT -> maxCompletion == 0 ? most : Math.min(most, Math.max(beside, maxCompletion));
        };
    }

    /** Tokens that a prompt keeps: one at least, as the completion's first token must be predicted from something. */
    private int floor(Sequence sequence) {
        return Math.min(sequence.promptLength(), 1);
    }

    private int begins(Sequence sequence) {
        return sequence.length() > 0 && sequence.id(0) == bosId ? 1 : 0;
    }

    private static int completion(Sequence sequence) {
        return sequence.length() - sequence.promptLength();
    }
}
