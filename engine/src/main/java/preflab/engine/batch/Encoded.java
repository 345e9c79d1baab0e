package preflab.engine.batch;

import java.util.Arrays;

/**
 * One prompt with its completion as tokens. The first {@link #promptLength()} ids are the prompt's (the sequence start
 * included), the rest is the completion's (the end of sequence included where there is one).
 */
public final class Encoded {

    private final int[] ids;
    private final int[] completionOffsets;
    private final int promptLength;
    private final boolean seamMerged;

    /**
     * Prompt and completion, side by side.
     *
     * @param completionOffsets
     *            as {@link #completionOffset}, one per completion token
     */
    public Encoded(int[] ids, int promptLength, int[] completionOffsets, boolean seamMerged) {
        if (promptLength < 0 || promptLength > ids.length || completionOffsets.length != ids.length - promptLength) {
            throw new IllegalArgumentException("a prompt of " + promptLength + " and " + completionOffsets.length
                    + " completion tokens do not make " + ids.length);
        }
        this.ids = ids.clone();
        this.completionOffsets = completionOffsets.clone();
        this.promptLength = promptLength;
        this.seamMerged = seamMerged;
    }

    /** All ids: prompt, then completion. */
    public int[] ids() {
        return ids.clone();
    }

    public int id(int position) {
        return ids[position];
    }

    /** Tokens in all. */
    public int length() {
        return ids.length;
    }

    /** How many of the ids belong to the prompt; at least 1 as far as the tokenizer has any token to begin with. */
    public int promptLength() {
        return promptLength;
    }

    public int completionLength() {
        return ids.length - promptLength;
    }

    public int[] promptIds() {
        return Arrays.copyOf(ids, promptLength);
    }

    public int[] completionIds() {
        return Arrays.copyOfRange(ids, promptLength, ids.length);
    }

    /**
     * Where a completion token's last character stands in the completion's text, in UTF-16 units; the text's length for
     * the end of sequence. It decides which step of a worked answer owns the token.
     *
     * @param token
     *            0 … completionLength() − 1
     */
    public int completionOffset(int token) {
        return completionOffsets[token];
    }

    /** Whether one token covers characters of both prompt and completion; it counts as the completion's. */
    public boolean seamMerged() {
        return seamMerged;
    }

    @Override
    public String toString() {
        return Arrays.toString(promptIds()) + " | " + Arrays.toString(completionIds());
    }
}
