package preflab.datasets.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.TokenCounter;

/**
 * How long the texts are, part by part (prompt, chosen, rejected, …).
 *
 * @param parts
 *            part → summary, in the order of the row
 */
public record Lengths(Map<String, Summary> parts) {

    /**
     * Lengths of one part in tokens. Quantiles are nearest-rank: lengths that occur.
     *
     * @param count
     *            how many texts
     * @param total
     *            sum of their lengths
     */
    public record Summary(int count, int min, int median, int p95, int max, long total) {

        /** Tokens per text. */
        public double mean() {
            return (double) total / count;
        }

        private static Summary of(int[] lengths) {
            Arrays.sort(lengths);
            int n = lengths.length;
            return new Summary(n, lengths[0], lengths[rank(n, 0.5)], lengths[rank(n, 0.95)], lengths[n - 1],
                    Arrays.stream(lengths).asLongStream().sum());
        }

        private static int rank(int n, double quantile) {
            return (int) Math.ceil(quantile * n) - 1;
        }
    }

    public Lengths {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Counts every text of every row; of a conversation, the contents of its turns. */
    public static Lengths of(ExampleView view, TokenCounter counter) {
        Map<String, IntStream.Builder> lengths = new LinkedHashMap<>();
        for (int i = 0; i < view.size(); i++) {
            for (Parts.Part part : Parts.of(view.get(i))) {
                lengths.computeIfAbsent(part.name(), _ -> IntStream.builder()).add(tokens(part.content(), counter));
            }
        }
        Map<String, Summary> parts = new LinkedHashMap<>();
        lengths.forEach((name, values) -> parts.put(name, Summary.of(values.build().toArray())));
        return new Lengths(parts);
    }

    private static int tokens(Content content, TokenCounter counter) {
        return switch (content) {
            case Content.Plain plain -> counter.count(plain.text());
            case Content.Chat chat ->
                chat.messages().stream().mapToInt(message -> counter.count(message.content())).sum();
        };
    }
}
