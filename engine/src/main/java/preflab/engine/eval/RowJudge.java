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
import preflab.engine.model.LlamaPolicy;
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
 * of sequence), before which all its words were read; an answer has that of its last step; of two answers the first is
 * better with σ(logit g₁ − logit g₂);</li>
 * <li>by its <b>margin</b>, the implicit reward r = β Σ_t (log π_θ(y_t) − log π_ref(y_t)): σ(r) over the tokens of a step
 * or of an answer, and σ(r₁ − r₂) for a pair. No run is trained to be calibrated on single steps, so these rank better
 * than they decide.</li>
 * </ul>
 * Not thread-safe.
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

    private final NDManager manager;
    private final TextTokenizer tokenizer;
    private final LlamaPolicy policy;
    private final LlamaPolicy reference; // or null
    private final ValueHead head; // or null
    private final double beta;
    private final Collator collator;

    private RowJudge(Path model, Optional<Path> reference, double beta) {
        this.manager = Torch.newManager();
        this.beta = beta;
        try {
            this.tokenizer = TextTokenizer.load(model);
            this.policy = LlamaPolicy.load(model, manager, Precision.FLOAT32);
            this.reference = reference.map(folder -> LlamaPolicy.load(folder, manager, Precision.FLOAT32))
                    .orElse(null);
            this.head = reference.isPresent() ? null : ValueHead.load(model, manager, Precision.FLOAT32);
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
        return new RowJudge(model, Optional.empty(), 1);
    }

    /** By how much this model prefers an answer's tokens more than the reference does, times β &gt; 0. */
    public static RowJudge byMargin(Path model, Path reference, double beta) {
        return new RowJudge(model, Optional.of(reference), beta);
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
        double[] tokens = perToken(Batch.of(rows.stream().map(Asked::item).toList())); // [K]: all are of one group
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

    /** The logits of g, or β times the log-ratio, at the active tokens; [K]. */
    private double[] perToken(Batch batch) {
        return Autograd.without(() -> Scopes.within(() -> {
            NDArray ids = batch.ids(manager);
            NDArray positions = batch.positions(manager);
            NDArray hidden = BatchScorer.hidden(policy, ids, positions); // [K,D]
            NDArray values = head == null
                    ? Kernels.times(logProbs(policy, hidden, batch)
                            .sub(logProbs(reference, BatchScorer.hidden(reference, ids, positions), batch)), beta)
                    : head.logits(hidden);
            return values.toType(DataType.FLOAT64, true).toDoubleArray();
        }));
    }

    private NDArray logProbs(Policy model, NDArray hidden, Batch batch) {
        return Kernels.tokenLogProbs(model.logits(hidden), batch.targets(manager));
    }

    /** [steps + 1]: the score of each step, NaN where no token is its own, and last that of the whole. */
    private double[] scores(Sequence sequence, double[] tokens, int start) {
        int count = sequence.activeTokens();
        int steps = count == 0 ? 0 : sequence.step(count - 1) + 1;
        double[] scores = new double[steps + 1];
        Arrays.fill(scores, 0, steps, Double.NaN);
        for (int token = 0; token < count; token++) {
            double value = tokens[start + token];
            int step = sequence.step(token);
            boolean first = Double.isNaN(scores[step]);
            scores[step] = head == null && !first ? scores[step] + value : value;
            scores[steps] = head == null ? scores[steps] + value : value;
        }
        return scores;
    }

    private static void add(PreferenceExample row, List<double[]> scores, List<Verdict> verdicts) {
        double[] first = scores.getFirst();
        double whole = first[first.length - 1];
        int index = row.id().index();
        if (scores.size() == 2) {
            double[] second = scores.getLast();
            verdicts.add(new Verdict(index, -1, sigmoid(whole - second[second.length - 1])));
            return;
        }
        verdicts.add(new Verdict(index, -1, sigmoid(whole)));
        for (int step = 0; row instanceof Stepwise && step < first.length - 1; step++) {
            if (!Double.isNaN(first[step])) {
                verdicts.add(new Verdict(index, step, sigmoid(first[step])));
            }
        }
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    @Override
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
