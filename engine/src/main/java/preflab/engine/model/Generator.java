package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * Draws continuations in batches with a key-value cache. Each draw is a function of (seed, index of the prompt,
 * position), so results do not depend on which prompts share a batch.
 */
public final class Generator {

    /** Sequences computed at once unless told otherwise. */
    public static final int BATCH_SIZE = 256;

    /** Bounds the memory of one batch, in numbers: 1 GiB in float32. */
    private static final long NUMBERS_AT_ONCE = 1L << 28;
    /** Rows are dropped from the batch once this share of it has ended: dropping copies the cache. */
    private static final double ENDED_SHARE = 0.25;

    /** Hears how far the work is and may end it. */
    public interface Listener {
        Listener NONE = (done, total) -> true;

        /** Called between tokens; {@code done} prompts are finished. Returning false ends the work where it stands. */
        boolean goOn(int done, int total);
    }

    private final Policy policy;
    private final List<int[]> prompts;
    private final SamplerSettings settings;
    private final Stops stops;
    private final Listener listener;
    private final List<Answer> answers = new ArrayList<>();
    private int done;

    private Generator(Policy policy, List<int[]> prompts, SamplerSettings settings, Stops stops,
            Listener listener) {
        this.policy = policy;
        this.prompts = prompts;
        this.settings = settings;
        this.stops = stops;
        this.listener = listener;
        for (int i = 0; i < prompts.size(); i++) {
            answers.add(new Answer(i, limit(i)));
        }
    }

    /** How many tokens may follow: what was asked for, as far as the model has positions. */
    private int limit(int prompt) {
        int length = prompts.get(prompt).length;
        int room = policy.config().maxPositions() - length;
        if (length == 0 || room <= 0) {
            throw new ModelException("prompt " + (prompt + 1) + " has " + length + " tokens; a prompt may have 1 to "
                    + (policy.config().maxPositions() - 1) + ", since the model has " + policy.config().maxPositions()
                    + " positions");
        }
        return Math.min(settings.maxNewTokens(), room);
    }

    /** The new tokens of each prompt, in the prompts' order, without the end of sequence (−1: there is none). */
    public static List<int[]> generate(Policy policy, List<int[]> prompts, SamplerSettings settings, int eosId) {
        return generate(policy, prompts, settings, Set.of(eosId), BATCH_SIZE, Listener.NONE);
    }

    /** As the other, for stop tokens alone. */
    public static List<int[]> generate(Policy policy, List<int[]> prompts, SamplerSettings settings,
            Set<Integer> stopIds, int batchSize, Listener listener) {
        return generate(policy, prompts, settings, Stops.at(stopIds), batchSize, listener);
    }

    /**
     * The new tokens of each prompt, in the prompts' order, without the token that ended them, but with those of a stop
     * string. If the listener ends the work, answers may be cut short or empty.
     *
     * @param batchSize
     *            sequences computed at once; fewer where they would need more than about a GiB
     */
    public static List<int[]> generate(Policy policy, List<int[]> prompts, SamplerSettings settings, Stops stops,
            int batchSize, Listener listener) {
        return drawn(policy, prompts, settings, stops, batchSize, listener).stream().map(Answer::tokens).toList();
    }

    /** The same with the token that ended each, where it came to one: completions to learn from. */
    public static List<int[]> withEnds(Policy policy, List<int[]> prompts, SamplerSettings settings, Stops stops,
            int batchSize, Listener listener) {
        return drawn(policy, prompts, settings, stops, batchSize, listener).stream().map(Answer::withEnd).toList();
    }

    private static List<Answer> drawn(Policy policy, List<int[]> prompts, SamplerSettings settings, Stops stops,
            int batchSize, Listener listener) {
        Generator generator = new Generator(policy, prompts, settings, stops, listener);
        return Autograd.without(() -> generator.run(batchSize));
    }

    private List<Answer> run(int batchSize) {
        List<Answer> byLength = new ArrayList<>(answers); // alike in length, prompts need little padding
        byLength.sort(Comparator.comparingInt(answer -> prompts.get(answer.prompt).length));
        int size = batchSize(batchSize, byLength);
        for (int from = 0; from < byLength.size(); from += size) {
            if (!listener.goOn(done, prompts.size())) {
                break;
            }
            runBatch(byLength.subList(from, Math.min(byLength.size(), from + size)));
        }
        return answers;
    }

    private int batchSize(int wanted, List<Answer> byLength) {
        long longest = byLength.stream().mapToLong(a -> prompts.get(a.prompt).length).max().orElse(1);
        long slots = byLength.stream().mapToLong(a -> (long) prompts.get(a.prompt).length + a.limit).max().orElse(1);
        long numbers = numbers(policy.config(), longest, slots);
        return Math.clamp(NUMBERS_AT_ONCE / numbers, 1, Math.max(1, wanted));
    }

    /** Of one sequence: keys and values, its prompt's pass one layer at a time, and sampling, which sorts in float64. */
    private static long numbers(ModelConfig config, long longest, long slots) {
        long cache = slots * config.layers() * config.keyValueHeads() * config.headDim() * 2;
        long prompt = longest * (3L * config.intermediateSize() + 8L * config.hiddenSize());
        return cache + prompt + 10L * config.vocabSize();
    }

    /** Numbers held at most while so many prompts of this length are answered by so many tokens. */
    public static long numbers(ModelConfig config, int prompts, int longest, int newTokens) {
        return Math.min(NUMBERS_AT_ONCE, prompts * numbers(config, longest, (long) longest + newTokens));
    }

    private void runBatch(List<Answer> batch) {
        try (Decoder decoder = policy.decoder()) {
            List<Answer> rows = batch; // those in the decoder, ended ones included until they are dropped
            int[] tokens = Scopes.within(() -> first(decoder, batch));
            while (append(rows, tokens) && listener.goOn(done, prompts.size())) {
                List<Answer> kept = rows.stream().filter(answer -> !answer.ended).toList();
                if (rows.size() - kept.size() >= ENDED_SHARE * rows.size()) {
                    drop(decoder, rows);
                    tokens = tokensOf(rows, tokens);
                    rows = kept;
                }
                List<Answer> now = rows;
                int[] last = tokens;
                tokens = Scopes.within(() -> draw(decoder.next(last), now));
            }
        }
    }

    private int[] first(Decoder decoder, List<Answer> batch) {
        List<int[]> batchPrompts = batch.stream().map(answer -> prompts.get(answer.prompt)).toList();
        int longest = batch.stream().mapToInt(answer -> answer.limit).max().orElse(1);
        return draw(decoder.start(batchPrompts, longest), batch);
    }

    /** Appends what was drawn; false once all have ended. */
    private boolean append(List<Answer> rows, int[] tokens) {
        boolean more = false;
        for (int row = 0; row < tokens.length; row++) {
            Answer answer = rows.get(row);
            if (!answer.ended) {
                answer.append(tokens[row], stops);
                done += answer.ended ? 1 : 0;
                more |= !answer.ended;
            }
        }
        return more;
    }

    private static void drop(Decoder decoder, List<Answer> rows) {
        int[] kept = IntStream.range(0, rows.size()).filter(row -> !rows.get(row).ended).toArray();
        Scopes.within(() -> {
            decoder.keep(kept);
            return kept;
        });
    }

    private static int[] tokensOf(List<Answer> rows, int[] tokens) {
        return IntStream.range(0, tokens.length).filter(row -> !rows.get(row).ended).map(row -> tokens[row]).toArray();
    }

    /** One token per row from logits [N,V]: by inverse distribution function, or the likeliest. */
    private int[] draw(NDArray fresh, List<Answer> rows) {
        NDArray logits = settings.repetitionPenalty() == 1
                ? fresh
                : Kernels.penalised(fresh, history(fresh, rows), settings.repetitionPenalty());
        NDArray tokens;
        if (settings.temperature() == 0) {
            tokens = logits.argMax(-1);
        } else {
            double[] uniforms = new double[rows.size()];
            Arrays.setAll(uniforms, row -> CounterRandom.uniform(settings.seed(), rows.get(row).prompt,
                    rows.get(row).length));
            tokens = Kernels.sample(logits, logits.getManager().create(uniforms), settings.temperature(),
                    settings.topK(), settings.topP());
        }
        return Arrays.stream(tokens.toLongArray()).mapToInt(Math::toIntExact).toArray();
    }

    /** The tokens of prompt and answer so far, [N,L] int64; shorter ones repeat their first. */
    private NDArray history(NDArray logits, List<Answer> rows) {
        int longest = rows.stream().mapToInt(row -> prompts.get(row.prompt).length + row.length).max().orElse(1);
        long[] ids = new long[rows.size() * longest];
        for (int i = 0; i < rows.size(); i++) {
            int[] prompt = prompts.get(rows.get(i).prompt);
            int[] answer = rows.get(i).tokens;
            for (int t = 0; t < longest; t++) {
                int drawn = t - prompt.length;
                ids[i * longest + t] = drawn < 0 ? prompt[t] : drawn < rows.get(i).length ? answer[drawn] : prompt[0];
            }
        }
        return logits.getManager().create(ids, new Shape(rows.size(), longest));
    }

    /** What has been drawn for one prompt. */
    private static final class Answer {
        private final int prompt;
        private final int limit;
        private int[] tokens = new int[16];
        private int length;
        private boolean ended;
        private int end = -1;

        Answer(int prompt, int limit) {
            this.prompt = prompt;
            this.limit = limit;
        }

        void append(int token, Stops stops) {
            if (stops.contains(token)) {
                end = token;
                ended = true;
                return;
            }
            tokens = length == tokens.length ? Arrays.copyOf(tokens, 2 * length) : tokens;
            tokens[length++] = token;
            ended = length == limit || stops.completed(tokens, length);
        }

        int[] withEnd() {
            int[] all = Arrays.copyOf(tokens, length + (end < 0 ? 0 : 1));
            if (end >= 0) {
                all[length] = end;
            }
            return all;
        }

        int[] tokens() {
            return Arrays.copyOf(tokens, length);
        }
    }
}
