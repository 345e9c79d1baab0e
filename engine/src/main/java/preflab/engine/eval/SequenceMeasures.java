package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepThreshold;
import preflab.engine.batch.Batch;
import preflab.engine.batch.Collator;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Policy;
import preflab.engine.objective.Scores;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * What policies make of given completions, token by token: perplexity, entropy, and how far two of them are apart. One
 * sequence at a time, so that logits [T,V] of one are held at once; no graph is recorded.
 */
public final class SequenceMeasures {

    private SequenceMeasures() {
    }

    /**
     * Perplexity and entropy.
     *
     * @param perplexity
     *            exp(−Σ log π(y_t | y_&lt;t) / T) over the active tokens of all sequences
     * @param entropy
     *            mean over the same tokens of −Σ_v π(v) log π(v), in nats
     */
    public record Reading(double perplexity, double entropy) {
    }

    /**
     * What a model should say: the completions of the first rows that are right or preferred, as many as are wanted and
     * fit the limit.
     *
     * @param limit
     *            tokens of prompt and completion together
     */
    public static List<Sequence> preferred(List<PreferenceExample> rows, TextTokenizer tokenizer, int limit,
            int wanted) {
        Collator collator = new Collator(Scores.Demonstrations.class, tokenizer::encode, new StepThreshold(0.5));
        Set<Kind> readable = Collator.kinds(Scores.Demonstrations.class);
        return rows.stream().filter(row -> readable.contains(row.kind()))
                .flatMap(row -> collator.collate(row).stream())
                .filter(sequence -> sequence.length() <= limit && sequence.activeTokens() > 0).limit(wanted).toList();
    }

    /** NaN for both if no sequence has an active token. */
    public static Reading of(Policy policy, List<Sequence> sequences) {
        double logProbs = 0;
        double entropies = 0;
        long tokens = 0;
        for (Sequence sequence : scored(sequences)) {
            double[] sums = Autograd.without(() -> Scopes.within(() -> {
                Batch batch = batch(sequence);
                NDManager manager = manager(policy);
                NDArray logits = logits(policy, batch);
                return new double[]{sum(Kernels.tokenLogProbs(logits, batch.targets(manager))),
                        sum(Kernels.entropy(logits))};
            }));
            logProbs += sums[0];
            entropies += sums[1];
            tokens += sequence.activeTokens();
        }
        return new Reading(Math.exp(-logProbs / tokens), entropies / tokens);
    }

    /**
     * KL(from‖to) of whole completions, in nats: the mean over sequences, which must be drawn from {@code from}, of
     * Σ_t KL(from(·|y_&lt;t)‖to(·|y_&lt;t)), each term exact over the vocabulary (an estimate of the same mean as
     * log-ratios, with less variance). Empty if there is no sequence.
     */
    public static OptionalDouble divergence(Policy from, Policy to, List<Sequence> sequences) {
        return scored(sequences).stream().mapToDouble(sequence -> Autograd.without(() -> Scopes.within(() -> {
            Batch batch = batch(sequence);
            return sum(Kernels.vocabularyKl(logits(from, batch), logits(to, batch)));
        }))).average();
    }

    private static List<Sequence> scored(List<Sequence> sequences) {
        return sequences.stream().filter(sequence -> sequence.activeTokens() > 0).toList();
    }

    private static Batch batch(Sequence sequence) {
        return Batch.of(List.of(new Item(sequence.row(), List.of(sequence))));
    }

    private static NDManager manager(Policy policy) {
        return policy.parameters().values().iterator().next().getManager();
    }

    /** At the active tokens, [K,V]. */
    private static NDArray logits(Policy policy, Batch batch) {
        NDManager manager = manager(policy);
        NDArray hidden = policy.hidden(batch.ids(manager));
        return policy.logits(Kernels.indexSelect(hidden.reshape(-1, hidden.getShape().get(2)),
                batch.positions(manager)));
    }

    private static double sum(NDArray values) {
        return Arrays.stream(values.toType(DataType.FLOAT64, false).toDoubleArray()).sum();
    }
}
