package preflab.datasets.check;

import java.util.Arrays;

import preflab.datasets.example.Content;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.TokenCounter;

/**
 * How many tokens each row has (its prompt and its longest answer), 4 bytes a row: what a limit would cut is answered at
 * once while somebody moves it. Counts are of the texts alone; what a chat template and the sequence marks add, only the
 * engine's own look at the rows knows.
 */
public final class TokenLengths {

    private final TokenCounter counter;
    private int[] totals = new int[1024];
    private int[] prompts = new int[1024];
    private int size;

    /** Empty yet. */
    TokenLengths(TokenCounter counter) {
        this.counter = counter;
    }

    void add(PreferenceExample row) {
        if (size == totals.length) {
            totals = Arrays.copyOf(totals, 2 * size);
            prompts = Arrays.copyOf(prompts, 2 * size);
        }
        prompts[size] = tokens(row.prompt());
        totals[size] = prompts[size] + Parts.of(row).stream().skip(1).mapToInt(part -> tokens(part.content())).max()
                .orElse(0);
        size++;
    }

    /** Tokens of the row's prompt and longest answer together. */
    public int of(int row) {
        return totals[row];
    }

    /** Rows counted. */
    public int rows() {
        return size;
    }

    /** The longest row. */
    public int max() {
        return Arrays.stream(totals, 0, size).max().orElse(0);
    }

    /** How many rows are longer than this. */
    public int longerThan(int maxLength) {
        return (int) Arrays.stream(totals, 0, size).filter(total -> total > maxLength).count();
    }

    /** How many rows have a prompt that leaves no token of room for an answer. */
    public int promptsFilling(int maxLength) {
        return (int) Arrays.stream(prompts, 0, size).filter(prompt -> prompt >= maxLength).count();
    }

    /** Which part of all tokens lies past the limit, in [0, 1]. */
    public double shareCut(int maxLength) {
        long all = Arrays.stream(totals, 0, size).asLongStream().sum();
        long cut = Arrays.stream(totals, 0, size).mapToLong(total -> Math.max(0, total - maxLength)).sum();
        return all == 0 ? 0 : (double) cut / all;
    }

    /**
     * Rows per bin of lengths, from 0 to the longest row.
     *
     * @param bins
     *            ≥ 1, equally wide
     */
    public int[] histogram(int bins) {
        int[] counts = new int[bins];
        int width = Math.max(1, (int) Math.ceil((max() + 1.0) / bins));
        for (int i = 0; i < size; i++) {
            counts[totals[i] / width]++;
        }
        return counts;
    }

    int promptOf(int row) {
        return prompts[row];
    }

    private int tokens(Content content) {
        return switch (content) {
            case Content.Plain plain -> counter.count(plain.text());
            case Content.Chat chat ->
                chat.messages().stream().mapToInt(message -> counter.count(message.content())).sum();
        };
    }
}
