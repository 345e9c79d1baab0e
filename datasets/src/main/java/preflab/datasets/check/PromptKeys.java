package preflab.datasets.check;

import java.nio.ByteBuffer;
import java.util.Arrays;

import preflab.datasets.example.ExampleView;

/**
 * The prompts of a view as 64-bit fingerprints, 8 bytes each, to look up whether a prompt is among them. Prompts count
 * as equal when their words are, whatever their capitals and white space; two different ones of a million are taken for
 * equal with a probability of 5 in 10¹⁴ (10⁶ / 2⁶⁴) for each that is looked up.
 */
public final class PromptKeys {

    private final long[] sorted;

    private PromptKeys(long[] sorted) {
        this.sorted = sorted;
    }

    /** Reads every row of the view. */
    public static PromptKeys of(ExampleView view) {
        Keys keys = new Keys();
        for (int row = 0; row < view.size(); row++) {
            keys.add(Fingerprint.ofPrompt(view.get(row)).high());
        }
        return new PromptKeys(keys.sorted());
    }

    /** What {@link #bytes} wrote. */
    public static PromptKeys of(ByteBuffer bytes) {
        long[] sorted = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(sorted);
        Arrays.sort(sorted); // a file that was tampered with still finds what it holds
        return new PromptKeys(sorted);
    }

    /** Whether some row has this prompt; a blank one is never found. */
    public boolean holds(String prompt) {
        return !prompt.isBlank() && Keys.contains(sorted, Fingerprint.ofPrompt(prompt).high());
    }

    /** As many as there are rows. */
    public int size() {
        return sorted.length;
    }

    /** Eight bytes a row. */
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * sorted.length);
        bytes.asLongBuffer().put(sorted);
        return bytes;
    }
}
