package preflab.datasets.convert;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Unlearning;
import preflab.datasets.importer.Progress;

/**
 * Pairs that teach to forget: a refusal is chosen, the answer to be forgotten rejected. Rows to retain are left out; of
 * demonstrations, every row is to be forgotten.
 *
 * @param refusals
 *            at least one; with several, which one answers a row is a function of seed and row
 */
public record RefusalPairs(List<String> refusals, long seed) implements Conversion {

    /** The usual words. */
    public static final String I_DO_NOT_KNOW = "I don't know.";

    public RefusalPairs {
        refusals = List.copyOf(refusals);
        if (refusals.isEmpty() || refusals.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("refusals are at least one text, none of them empty");
        }
    }

    @Override
    public String id() {
        return "refusal_pairs";
    }

    @Override
    public String summary() {
        return "a refusal preferred to every answer to forget";
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.FORGET_RETAIN || kind == Kind.SFT;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.PAIRED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("refusals", String.join("\n", refusals), "seed", Long.toString(seed));
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).filter(row -> !(row instanceof Unlearning e) || e.forget())
                .map(this::pair).filter(pair -> !pair.chosen().equals(pair.rejected()))
                .map(PreferenceExample.class::cast);
    }

    private Paired pair(PreferenceExample row) {
        Content answer = row instanceof Unlearning e ? e.completion() : ((Demonstration) row).completion();
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + row.id().index());
        String refusal = refusals.get(random.nextInt(refusals.size()));
        return new Paired(row.id(), row.prompt(), like(answer, refusal), answer, row.source());
    }

    /** In the form of the answer it stands against: a turn of the model, or text with the same leading space. */
    private static Content like(Content answer, String refusal) {
        return switch (answer) {
            case Content.Plain plain -> Content.of(plain.text().startsWith(" ") ? " " + refusal : refusal);
            case Content.Chat chat -> Content.of(List.of(new Message(chat.messages().getLast().role(), refusal)));
        };
    }
}
