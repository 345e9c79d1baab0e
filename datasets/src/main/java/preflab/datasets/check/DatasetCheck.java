package preflab.datasets.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.TokenCounter;

/**
 * Every check over every row, in one pass: about 110 bytes a row are in memory, so that a million rows fit in a small
 * heap.
 *
 * @param findings
 *            what to look at, worst first
 * @param balance
 *            how often each label occurs
 * @param rows
 *            rows looked at
 * @param prompts
 *            how many different prompts they have
 * @param compositions
 *            what the rows are made of: repeats, rows a prompt, splits, held-out prompts, lengths of pairs
 * @param lengths
 *            in tokens, where there was a counter
 */
public record DatasetCheck(List<Finding> findings, LabelBalance balance, int rows, int prompts,
        List<Composition> compositions, Optional<TokenLengths> lengths) {

    /** A label rarer than this share is worth a word. */
    private static final double RARE = 0.1;
    private static final int REPORT = 256;

    public DatasetCheck {
        findings = List.copyOf(findings);
        compositions = List.copyOf(compositions);
    }

    /** What to look for and against what. Change one setting at a time: {@code Settings.USUAL.against(…)}. */
    public record Settings(List<ExampleView> heldOut, TokenCounter counter, int maxLength, double nearSimilarity,
            long seed) {

        /** Near from 0.8 on; no held-out data, no tokens. */
        public static final Settings USUAL = new Settings(List.of(), null, 0, 0.8, 1);

        public Settings {
            heldOut = List.copyOf(heldOut);
            if (!(nearSimilarity > 0 && nearSimilarity <= 1)) {
                throw new IllegalArgumentException("rows are near from a similarity in (0, 1], not " + nearSimilarity);
            }
        }

        /** Looks for prompts of these views. */
        public Settings against(List<ExampleView> views) {
            return new Settings(views, counter, maxLength, nearSimilarity, seed);
        }

        /** Counts tokens and holds them against a limit (≥ 2). */
        public Settings tokens(TokenCounter tokenCounter, int limit) {
            return new Settings(heldOut, tokenCounter, limit, nearSimilarity, seed);
        }

        /** Another similarity from which on rows are near, in (0, 1]. */
        public Settings near(double similarity) {
            return new Settings(heldOut, counter, maxLength, similarity, seed);
        }
    }

    /**
     * Looks at every row.
     *
     * @param progress
     *            hears rows looked at of rows there are
     * @param cancelled
     *            asked every few rows
     * @throws CancellationException
     *             when cancelled
     */
    public static DatasetCheck of(ExampleView view, Settings settings, BiConsumer<Long, Long> progress,
            BooleanSupplier cancelled) {
        ExactDuplicates exact = new ExactDuplicates();
        List<RowCheck> checks = new ArrayList<>(List.of(Answers.empty(), Answers.equal(), new Contradictions(), exact,
                new NearDuplicates(settings.nearSimilarity(), settings.seed(), exact), new SeveralParts()));
        settings.heldOut().forEach(heldOut -> checks.add(new Leakage(heldOut)));
        Keys prompts = new Keys();
        PairLengths pairs = new PairLengths();
        LabelBalance.Count balance = new LabelBalance.Count(view.kind());
        TokenLengths lengths = settings.counter() == null ? null : new TokenLengths(settings.counter());
        for (int i = 0; i < view.size(); i++) {
            if (i % REPORT == 0) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the check was cancelled");
                }
                progress.accept((long) i, (long) view.size());
            }
            PreferenceExample row = view.get(i);
            checks.forEach(check -> check.add(row));
            prompts.add(Fingerprint.ofPrompt(row).high());
            balance.add(row);
            pairs.add(row);
            if (lengths != null) {
                lengths.add(row);
            }
        }
        List<Finding> findings = new ArrayList<>();
        if (lengths != null) {
            tooLong(lengths, settings.maxLength(), findings);
        }
        checks.forEach(check -> check.finding(view).ifPresent(findings::add));
        unbalanced(balance.balance(), view.size()).ifPresent(findings::add);
        List<Composition> compositions = new ArrayList<>(List.of(rowsAPrompt(prompts)));
        checks.forEach(check -> check.composition().ifPresent(compositions::add));
        pairs.composition().ifPresent(compositions::add);
        return new DatasetCheck(findings, balance.balance(), view.size(), prompts.distinct(), compositions,
                Optional.ofNullable(lengths));
    }

    private static Composition rowsAPrompt(Keys prompts) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("alone with its prompt", prompts.rowsWithCopies(1, 1));
        counts.put("2 rows a prompt", prompts.rowsWithCopies(2, 2));
        counts.put("3 to 7 rows a prompt", prompts.rowsWithCopies(3, 7));
        counts.put("8 rows or more", prompts.rowsWithCopies(8, Integer.MAX_VALUE));
        return new Composition("prompts", "Rows by their prompts", counts);
    }

    private static void tooLong(TokenLengths lengths, int limit, List<Finding> findings) {
        List<Integer> full = rows(lengths, row -> lengths.promptOf(row) >= limit);
        List<Integer> longer = rows(lengths, row -> lengths.of(row) > limit);
        if (!full.isEmpty()) {
            findings.add(new Finding("prompt_too_long", String.format(Locale.ROOT,
                    "a prompt that fills %d tokens in %s: nothing is left to learn from", limit,
                    Finding.rows(full.size())),
                    full.size(), full, "raise max_length, cut prompts at their start (cut_left), or leave them out"));
        }
        if (!longer.isEmpty()) {
            findings.add(new Finding("too_long", String.format(Locale.ROOT,
                    "longer than %d tokens: %s; %.1f %% of all tokens lie past it", limit,
                    Finding.rows(longer.size()), 100 * lengths.shareCut(limit)), longer.size(), longer,
                    String.format(Locale.ROOT,
                            "raise max_length (the longest row has %d tokens) or choose what is cut", lengths.max())));
        }
    }

    private static List<Integer> rows(TokenLengths lengths, IntPredicate wanted) {
        return IntStream.range(0, lengths.rows()).filter(wanted).boxed().toList();
    }

    private static Optional<Finding> unbalanced(LabelBalance balance, int rows) {
        Map<String, Long> counts = balance.counts();
        if (!counts.containsKey("accepted")) {
            return Optional.empty();
        }
        long accepted = counts.get("accepted");
        long fewer = Math.min(accepted, rows - accepted);
        return fewer >= RARE * rows
                ? Optional.empty()
                : Optional.of(new Finding("unbalanced", String.format(Locale.ROOT,
                        "%,d accepted against %,d rejected rows", accepted, rows - accepted), (int) fewer, List.of(),
                        "weigh the rarer label higher (desirable_weight, undesirable_weight) or add such rows"));
    }
}
