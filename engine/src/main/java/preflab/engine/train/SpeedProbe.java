package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import preflab.engine.batch.Batch;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.Item;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.CachedReference;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.model.LoraAdapter;
import preflab.engine.model.LoraSettings;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.Precision;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.objective.Dpo;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Scores;
import preflab.engine.objective.Sft;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

/**
 * Whole optimizer steps on a random model and random tokens: what training costs apart from reading data. SFT and DPO
 * see the same number of sequences, DPO as pairs with a reference model beside the policy.
 */
public final class SpeedProbe implements AutoCloseable {

    private final NDManager manager;
    private final BatchScorer scorer;
    private final GradientStep<?> gradients;
    private final CandidateSelection selection;
    private final Optimizer optimizer;
    private final List<Item> items;

    private SpeedProbe(NDManager manager, TransformerPolicy policy, ObjectiveType<?> type,
            Optional<TransformerPolicy> reference, List<Item> items) {
        this(manager, policy, type, new BatchScorer(policy, reference, Optional.empty(), type.defaultNeeds()), items);
    }

    private SpeedProbe(NDManager manager, TransformerPolicy policy, ObjectiveType<?> type, BatchScorer scorer,
            List<Item> items) {
        this.manager = manager;
        policy.setTrainable(true);
        this.scorer = scorer;
        this.gradients = step(type, scorer, items.size());
        this.selection = new CandidateSelection(type.factory().apply(ParamValues.defaults(type.params())), scorer,
                items.size(), 1);
        this.optimizer = new Optimizer(policy.trainable(), manager, ParamValues.parse(TrainSettings.ALL, Map.of()));
        this.items = items;
    }

    private static <S extends Scores> GradientStep<S> step(ObjectiveType<S> type, BatchScorer scorer, int size) {
        return new GradientStep<>(type.scores(),
                type.factory().apply(ParamValues.defaults(type.params())).afterSelection(),
                scorer, false, size);
    }

    /** SFT on {@code sequences} sequences of {@code length} tokens. */
    public static SpeedProbe sft(ModelConfig config, Precision precision, int sequences, int length) {
        NDManager models = Torch.newManager();
        return new SpeedProbe(models, TransformerPolicy.random(config, 1, models, precision), Sft.TYPE,
                Optional.empty(),
                items(config, sequences, length, false));
    }

    /** DPO on {@code sequences / 2} pairs of sequences of {@code length} tokens. */
    public static SpeedProbe dpo(ModelConfig config, Precision precision, int sequences, int length) {
        NDManager models = Torch.newManager();
        return new SpeedProbe(models, TransformerPolicy.random(config, 1, models, precision), Dpo.TYPE,
                Optional.of(TransformerPolicy.random(config, 1, models, precision)),
                items(config, sequences, length, true));
    }

    /** As {@link #dpo}, the reference's log-probabilities in a cache that the first step fills. */
    public static SpeedProbe cachedDpo(ModelConfig config, Precision precision, int sequences, int length) {
        NDManager models = Torch.newManager();
        TransformerPolicy policy = TransformerPolicy.random(config, 1, models, precision);
        CachedReference reference = new CachedReference(new InMemory(), "random", precision.id(),
                () -> TransformerPolicy.random(config, 1, models, precision));
        return new SpeedProbe(models, policy, Dpo.TYPE,
                BatchScorer.cached(policy, reference, Optional.empty(), Dpo.TYPE.defaultNeeds()),
                items(config, sequences, length, true));
    }

    /** As {@link #dpo}, training adapters of a rank; the reference is the adapter off. */
    public static SpeedProbe loraDpo(ModelConfig config, Precision precision, int rank, int sequences, int length) {
        NDManager models = Torch.newManager();
        TransformerPolicy base = TransformerPolicy.random(config, 1, models, precision);
        LoraSettings lora = new LoraSettings(rank, LoraSettings.PRESET_ALPHA, 0, LoraSettings.ALL);
        TransformerPolicy policy = base.adapted(LoraAdapter.random(config, lora, 1, models, precision));
        return new SpeedProbe(models, policy, Dpo.TYPE, Optional.of(base), items(config, sequences, length, true));
    }

    /** As {@link #dpo}, computing activations anew on the way back instead of keeping them. */
    public static SpeedProbe sparingDpo(ModelConfig config, Precision precision, int sequences, int length) {
        NDManager models = Torch.newManager();
        TransformerPolicy policy = TransformerPolicy.random(config, 1, models, precision);
        BatchScorer scorer = new BatchScorer(policy,
                Optional.of(TransformerPolicy.random(config, 1, models, precision)), Optional.empty(),
                Dpo.TYPE.defaultNeeds()).recomputing();
        return new SpeedProbe(models, policy, Dpo.TYPE, scorer, items(config, sequences, length, true));
    }

    private static final class InMemory implements ReferenceCache {
        private final Map<Key, Entry> entries = new HashMap<>();

        @Override
        public Optional<Entry> find(Key key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void keep(Key key, Entry entry) {
            entries.put(key, entry);
        }
    }

    /**
     * MC-PO with one negative on {@code prompts} prompts, each with a preferred completion and {@code candidates}
     * candidates of {@code length} tokens.
     */
    public static SpeedProbe mcpo(ModelConfig config, Precision precision, int prompts, int candidates, int length) {
        SplittableRandom random = new SplittableRandom(1);
        List<Item> items = new ArrayList<>();
        for (int row = 0; row < prompts; row++) {
            List<Sequence> list = new ArrayList<>();
            list.add(sequence(random, row, Group.CHOSEN, config, length).heading(ListHead.of(candidates)));
            for (int i = 0; i < candidates; i++) {
                list.add(sequence(random, row, Group.CANDIDATES, config, length));
            }
            items.add(new Item(row, list));
        }
        NDManager models = Torch.newManager();
        return new SpeedProbe(models, TransformerPolicy.random(config, 1, models, precision), McPo.TYPE,
                Optional.of(TransformerPolicy.random(config, 1, models, precision)), items);
    }

    private static List<Item> items(ModelConfig config, int sequences, int length, boolean pairs) {
        SplittableRandom random = new SplittableRandom(1);
        List<Item> items = new ArrayList<>();
        for (int row = 0; row < (pairs ? sequences / 2 : sequences); row++) {
            items.add(new Item(row, pairs
                    ? List.of(sequence(random, row, Group.CHOSEN, config, length),
                            sequence(random, row, Group.REJECTED, config, length))
                    : List.of(sequence(random, row, Group.ACCEPTED, config, length))));
        }
        return items;
    }

    private static Sequence sequence(SplittableRandom random, int row, Group group, ModelConfig config, int length) {
        int[] ids = random.ints(length + 1L, 0, config.vocabSize()).toArray(); // the last one is only predicted
        return Sequence.of(row, group, new Encoded(ids, 1, new int[length], false), true);
    }

    /** Milliseconds of each of so many steps, after warming up. */
    public double[] milliseconds(int warmUp, int steps) {
        double[] times = new double[steps];
        for (int i = -warmUp; i < steps; i++) {
            long start = System.nanoTime();
            gradients.accumulate(selection.select(i + warmUp, items));
            optimizer.step(1e-4);
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return times;
    }

    /** Milliseconds of one forward pass of policy and reference over all sequences, without a graph. */
    public double forwardMilliseconds() {
        long start = System.nanoTime();
        return Scopes.within(() -> {
            scorer.scoreWithoutGraph(List.of(Batch.of(items))).ofPolicy().forEach(NDArray::toFloatArray);
            return (System.nanoTime() - start) / 1e6;
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}
