package preflab.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import preflab.engine.batch.Batch;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.Item;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.ScoresAssembly;
import preflab.engine.eval.TokenOutputs;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;
import preflab.engine.objective.Objective;
import preflab.engine.objective.Scores;
import preflab.engine.tensor.Scopes;

/**
 * MC-PO's choice of negatives before a step: all candidates are scored under the current policy without a graph, and
 * only the preferred completion and the selected ones go on to be differentiated. Random negatives are drawn without any
 * scoring. What is drawn is a function of (seed, step, row). Other objectives' rows stay as they are.
 */
final class CandidateSelection {

    /** Stands for the step in evaluations, which always draw the same. */
    static final int EVALUATION = -1;

    private final McPo objective; // or null
    private final BatchScorer scorer;
    private final int microBatchSize;
    private final long seed;

    CandidateSelection(Objective<?> objective, BatchScorer scorer, int microBatchSize, long seed) {
        this.objective = objective.core() instanceof McPo mcpo ? mcpo : null;
        this.scorer = scorer;
        this.microBatchSize = microBatchSize;
        this.seed = seed;
    }

    /** The rows of a step with the selected candidates only. */
    List<Item> select(int step, List<Item> items) {
        return objective == null ? items : Scopes.within(() -> selected(withUniforms(items, seed, step)));
    }

    private List<Item> selected(List<Item> items) {
        List<int[]> chosen = objective.selectsByScore() ? byScore(items) : objective.select(lists(items));
        return IntStream.range(0, items.size()).mapToObj(i -> only(items.get(i), chosen.get(i))).toList();
    }

    /** What random negatives are drawn from: no model is asked. */
    private static CandidateLists lists(List<Item> items) {
        List<ListHead> heads = items.stream().map(item -> item.sequences().getFirst().head().orElseThrow()).toList();
        return new CandidateLists(heads.stream().map(ListHead::candidates).toList(), List.of(), List.of(),
                heads.stream().map(head -> head.uniforms().stream().mapToDouble(Double::doubleValue).toArray())
                        .toList(),
                heads.size());
    }

    private List<int[]> byScore(List<Item> items) {
        List<Batch> batches = batches(items);
        TokenOutputs outputs = scorer.scoreWithoutGraph(batches);
        List<Sequence> sequences = batches.stream().flatMap(batch -> batch.sequences().stream()).toList();
        return objective
                .select(new ScoresAssembly(sequences, GroupSizes.of(items), outputs).as(Scores.Candidates.class));
    }

    /**
     * No more sequences at a time than a step on pairs has: a list brings several times as many, and activations of so
     * many at once leave the processor's caches (measured: a quarter more time for six times 32 sequences).
     */
    private List<Batch> batches(List<Item> items) {
        List<Batch> batches = new ArrayList<>();
        List<Item> together = new ArrayList<>();
        int sequences = 0;
        for (Item item : items) {
            if (!together.isEmpty() && sequences + item.sequences().size() > 2 * microBatchSize) {
                batches.add(Batch.of(together));
                together = new ArrayList<>();
                sequences = 0;
            }
            together.add(item);
            sequences += item.sequences().size();
        }
        if (!together.isEmpty()) {
            batches.add(Batch.of(together));
        }
        return batches;
    }

    private static Item only(Item item, int[] selected) {
        List<Sequence> candidates = item.sequences().stream().filter(s -> s.group() == Group.CANDIDATES).toList();
        List<Sequence> kept = new ArrayList<>(Arrays.stream(selected).filter(k -> k != McPo.PREFERRED)
                .mapToObj(candidates::get).toList());
        ListHead head = new ListHead(kept.size(), true, kept.size() < selected.length, List.of());
        kept.addFirst(item.sequences().getFirst().heading(head));
        return new Item(item.row(), kept);
    }

    /** Lists of candidates with numbers in (0, 1) to draw by; a function of (seed, step, row). */
    static List<Item> withUniforms(List<Item> items, long seed, int step) {
        return items.stream().map(item -> new Item(item.row(), item.sequences().stream()
                .map(sequence -> sequence.head().map(head -> drawn(sequence, head, seed, step)).orElse(sequence))
                .toList())).toList();
    }

    private static Sequence drawn(Sequence sequence, ListHead head, long seed, int step) {
        long ofStep = new SplittableRandom(seed).nextLong() + step;
        SplittableRandom random = new SplittableRandom(new SplittableRandom(ofStep).nextLong() + sequence.row());
        List<Double> uniforms = random.doubles(head.candidates() + 1L, Double.MIN_NORMAL, 1).boxed().toList();
        return sequence.heading(new ListHead(head.candidates(), false, false, uniforms));
    }
}
