package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.engine.batch.Batch;
import preflab.engine.batch.Collator;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Policy;
import preflab.engine.model.Precision;
import preflab.engine.model.ValueHead;
import preflab.engine.objective.Group;
import preflab.engine.objective.Scores;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * What a trained model thinks of steps, answers and pairs, as probabilities:
 * <ul>
 * <li>by its <b>value head</b> g_t = p(c_t = 1 | x, y_&lt;t): a step has the g of its last token (a line break, the end
 * of sequence), before which all its words were read;</li>
 * <li>by PIPA's <b>posterior</b> of the whole step, Bayes' rule over its tokens from the head's g before its first one:
 * log p = log g_1 + Σ_t r_t with r_t = log π_θ(y_t) − log π_prior(y_t), at most 0, where the prior is that of all answers
 * (PIPA-M); logit p = logit g_1 + Σ_t r_t where it is that of wrong ones (PIPA-N);</li>
 * <li>by its <b>margin</b>, the implicit reward β Σ_t r_t: σ of it over the tokens of a step or of an answer. No run is
 * trained to be calibrated on single steps, so these rank better than they decide.</li>
 * </ul>
 * With a head, an answer has the probability of its last step. Of two answers the first is better with σ(s₁ − s₂), s being
 * logit g, the posterior's right-hand side, or the reward of each. Not thread-safe.
 */
public final class RowJudge implements AutoCloseable {

    /** Bounds the logits held at once: 8 M numbers are 32 MB in float32. */
    private static final long LOGITS_AT_ONCE = 8_000_000;

    /**
     * One opinion.
     *
     * @param row
     *            as in the row's id
     * @param step
     *            from 0; −1 for the answer as a whole, or for the first answer of a pair being the better one
     * @param probability
     *            that it is right (or better), in [0, 1]
     */
    public record Verdict(int row, int step, double probability) {
    }

    /** A row with its tokens. */
    private record Asked(PreferenceExample row, Item item) {
    }

    private final StepReading reading;
    private final NDManager manager;
    private final TextTokenizer tokenizer;
    private final TransformerPolicy policy;
    private final TransformerPolicy reference; // or null where only the head is asked
    private final ValueHead head; // or null where only the margin is
    private final double beta;
    private final Collator collator;

    private RowJudge(StepReading reading, Path model, Optional<Path> reference, double beta) {
        this.reading = reading;
        this.manager = Torch.newManager();
        this.beta = beta;
        try {
            this.tokenizer = TextTokenizer.load(model);
            this.policy = TransformerPolicy.load(model, manager, Precision.FLOAT32);
            this.reference = reference.map(folder -> TransformerPolicy.load(folder, manager, Precision.FLOAT32))
                    .orElse(null);
            this.head = reading == StepReading.MARGIN ? null : ValueHead.load(model, manager, Precision.FLOAT32);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
        this.collator = new Collator(Scores.Steps.class, tokenizer::encode, new StepThreshold(0));
    }

    /** Whether a checkpoint has a value head. */
    public static boolean hasValueHead(Path model) {
        return ValueHead.isIn(model);
    }

    /**
     * By the value head beside this checkpoint.
     *
     * @throws preflab.engine.batch.ModelException
     *             if it has none, or is no model
     */
    public static RowJudge byValueHead(Path model) {
        return new RowJudge(StepReading.VALUE, model, Optional.empty(), 1);
    }

    /**
     * By the value head beside this checkpoint together with its ratio to the prior it was trained with.
     *
     * @param ofWrong
     *            whether that is the prior of wrong answers (PIPA-N) and not of all (PIPA-M)
     */
    public static RowJudge byPosterior(Path model, Path prior, boolean ofWrong) {
        return new RowJudge(ofWrong ? StepReading.POSTERIOR_OF_WRONG : StepReading.POSTERIOR_OF_ALL, model,
                Optional.of(prior), 1);
    }

    /** By how much this model prefers an answer's tokens more than the reference does, times β &gt; 0. */
    public static RowJudge byMargin(Path model, Path reference, double beta) {
        return new RowJudge(StepReading.MARGIN, model, Optional.of(reference), beta);
    }

    /**
     * Opinions on all that can be judged of these rows, in their order. Rows of other kinds, and rows longer than the
     * model can read, get none.
     */
    public List<Verdict> judge(List<? extends PreferenceExample> rows) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Asked> batch = new ArrayList<>();
        long logits = 0;
        for (PreferenceExample row : rows) {
            Item item = new Item(row.id().index(), sequences(row));
            if (item.sequences().isEmpty() || item.longest() - 1 > policy.config().maxPositions()) {
                continue;
            }
            long more = (long) item.longest() * item.sequences().size() * policy.config().vocabSize();
            if (!batch.isEmpty() && logits + more > LOGITS_AT_ONCE) {
                judge(batch, verdicts);
                batch.clear();
                logits = 0;
            }
            batch.add(new Asked(row, item));
            logits += more;
        }
        if (!batch.isEmpty()) {
            judge(batch, verdicts);
        }
        return verdicts;
    }

    /** All steps count here, judged or not; two answers come as two sequences. */
    private List<Sequence> sequences(PreferenceExample row) {
        return switch (row) {
            case Stepwise e -> collator.collate(new Stepwise(e.id(), e.prompt(),
                    e.steps().stream().map(step -> Step.labelled(step.text(), StepLabel.GOOD)).toList(),
                    Optional.of(true), e.source()));
            case Unpaired e -> whole(e, e.completion());
            case Demonstration e -> whole(e, e.completion());
            case Paired e -> whole(e, e.chosen(), e.rejected());
            case Unlabelled e -> e.completions().size() < 2
                    ? List.of()
                    : whole(e, e.completions().get(0), e.completions().get(1));
            case Ranked e -> List.of();
            case Unlearning e -> List.of();
            case PromptOnly e -> List.of();
        };
    }

    private List<Sequence> whole(PreferenceExample row, Content... completions) {
        return Stream.of(completions).map(completion -> Sequence.of(row.id().index(), Group.SEQUENCES,
                tokenizer.encode(row.prompt(), completion), true)).toList();
    }

    private void judge(List<Asked> rows, List<Verdict> verdicts) {
        Batch batch = Batch.of(rows.stream().map(Asked::item).toList()); // sequences keep their order: one group
        Tokens tokens = Autograd.without(() -> Scopes.within(() -> tokens(batch)));
        int start = 0;
        for (Asked asked : rows) {
            List<double[]> scores = new ArrayList<>();
            for (Sequence sequence : asked.item().sequences()) {
                scores.add(scores(sequence, tokens, start));
                start += sequence.activeTokens();
            }
            add(asked.row(), scores, verdicts);
        }
    }

    /** What the models say about the K active tokens of a batch. */
    private static final class Tokens {
        final double[] values; // logit g_t; zeros without a head
        final double[] ratios; // β r_t; zeros without a reference

        Tokens(double[] values, double[] ratios) {
            this.values = values;
            this.ratios = ratios;
        }
    }

    private Tokens tokens(Batch batch) {
        NDArray ids = batch.ids(manager);
        NDArray positions = batch.positions(manager);
        NDArray hidden = BatchScorer.hidden(policy, ids, positions); // [K,D]
        double[] none = new double[batch.activeTokens()];
        return new Tokens(head == null ? none : doubles(head.logits(hidden)), reference == null
                ? none
                : doubles(Kernels.times(logProbs(policy, hidden, batch)
                        .sub(logProbs(reference, BatchScorer.hidden(reference, ids, positions), batch)), beta)));
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private NDArray logProbs(Policy model, NDArray hidden, Batch batch) {
        return Kernels.tokenLogProbs(model.logits(hidden), batch.targets(manager));
    }

    private double[] scores(Sequence sequence, Tokens tokens, int start) {
        int end = start + sequence.activeTokens();
        return reading.scores(sequence::step, Arrays.copyOfRange(tokens.values, start, end),
                Arrays.copyOfRange(tokens.ratios, start, end));
    }

    private void add(PreferenceExample row, List<double[]> scores, List<Verdict> verdicts) {
        double[] first = scores.getFirst();
        double whole = first[first.length - 1];
        int index = row.id().index();
        if (scores.size() == 2) {
            double[] second = scores.getLast();
            verdicts.add(new Verdict(index, -1, StepReading.sigmoid(whole - second[second.length - 1])));
            return;
        }
        verdicts.add(new Verdict(index, -1, reading.probability(whole)));
        for (int step = 0; row instanceof Stepwise && step < first.length - 1; step++) {
            if (!Double.isNaN(first[step])) {
                verdicts.add(new Verdict(index, step, reading.probability(first[step])));
            }
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
