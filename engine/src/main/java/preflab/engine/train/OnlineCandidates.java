package preflab.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.engine.batch.Item;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.FinalAnswer;
import preflab.engine.model.SamplerSettings;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;

/**
 * OnMC-PO's candidates: the run is cut into segments; at the start of each, the current policy answers the prompts of
 * the segment several times, the first right answer is preferred, and its different wrong answers are the candidates.
 * Prompts answered only rightly or only wrongly keep the candidates of the data. The reference stays what it was.
 */
final class OnlineCandidates {

    /** Share of the segment's rows with candidates of the policy's own. */
    static final String OWN_SHARE = "online/own_share";

    private static final double[] TEMPERATURES = {0.6, 0.8, 1.0};

    private final McPo objective; // or null
    private final Map<Integer, String> expected = new HashMap<>(); // final answer by row
    private final RunModels models;
    private final StopSignal stop;
    private final StepRows rows;
    private final int limit;
    private final int maxNewTokens;
    private final long seed;
    private final int steps;
    private final Map<Integer, Item> own = new HashMap<>(); // by row
    private int segment = -1;
    private double share;

    /**
     * For one run.
     *
     * @param limit
     *            tokens of prompt and completion together
     */
    OnlineCandidates(RunPlan<?> plan, TrainInputs inputs, RunModels models, StepRows rows, int limit,
            StopSignal stop) {
        this.objective = plan.objective().core() instanceof McPo mcpo && mcpo.onlineSegments() > 0 ? mcpo : null;
        this.models = models;
        this.rows = rows;
        this.limit = limit;
        this.stop = stop;
        this.maxNewTokens = plan.settings().get(TrainSettings.MAX_NEW_TOKENS);
        this.seed = plan.settings().get(TrainSettings.SEED);
        this.steps = plan.settings().get(TrainSettings.STEPS);
        for (int i = 0; objective != null && i < inputs.train().size(); i++) {
            PreferenceExample row = inputs.train().get(i);
            expected(row).ifPresent(answer -> expected.put(row.id().index(), answer));
        }
    }

    /** The final answer of the best completion of a ranked row. */
    static Optional<String> expected(PreferenceExample row) {
        return row instanceof Ranked ranked
                ? ranked.candidates().stream().max(Comparator.comparingDouble(Ranked.Candidate::score))
                        .flatMap(best -> FinalAnswer.of(best.completion().text()))
                : Optional.empty();
    }

    /** The rows of a step, 0 for the first, with the policy's own candidates; draws at the start of a segment. */
    List<Item> at(int step) {
        List<Item> items = rows.at(step);
        if (objective == null) {
            return items;
        }
        int length = Math.max(1, Math.ceilDiv(steps, objective.onlineSegments()));
        if (step / length != segment) {
            segment = step / length;
            draw(step, Math.min(steps, (segment + 1) * length));
        }
        return items.stream().map(item -> own.getOrDefault(item.row(), item)).toList();
    }

    /** What to log beside the loss; empty where nothing is drawn. */
    Map<String, Double> metrics() {
        return objective == null ? Map.of() : Map.of(OWN_SHARE, share);
    }

    private void draw(int from, int to) {
        Map<Integer, Item> wanted = new LinkedHashMap<>();
        for (int step = from; step < to; step++) {
            rows.at(step).forEach(item -> wanted.putIfAbsent(item.row(), item));
        }
        List<Item> items = wanted.values().stream().filter(item -> expected.containsKey(item.row())).toList();
        List<int[]> prompts = items.stream().map(item -> item.sequences().getFirst().prompt()).toList();
        List<List<int[]>> answers = items.stream().map(item -> (List<int[]>) new ArrayList<int[]>()).toList();
        for (int i = 0; i < objective.onlineCompletions(); i++) {
            List<int[]> round = ReferenceSampling.drawn(models.policy(), models.tokenizer(), prompts,
                    SamplerSettings.sampled(TEMPERATURES[i % TEMPERATURES.length], maxNewTokens, seed(i)), stop);
            for (int k = 0; k < round.size(); k++) {
                answers.get(k).add(round.get(k));
            }
        }
        own.clear();
        for (int k = 0; k < items.size(); k++) {
            judged(items.get(k), answers.get(k)).ifPresent(item -> own.put(item.row(), item));
        }
        share = (double) own.size() / wanted.size();
    }

    private long seed(int round) {
        return new SplittableRandom(seed ^ (0x5DEECE66DL * (segment + 1L) + round)).nextLong();
    }

    private Optional<Item> judged(Item item, List<int[]> answers) {
        Sequence first = item.sequences().getFirst();
        TreeSet<int[]> wrong = new TreeSet<>(Arrays::compare);
        int[] right = null;
        for (int[] answer : answers) {
            String text = models.tokenizer().decodeContinuation(first.prompt(), answer);
            if (!FinalAnswer.isRight(text, expected.get(item.row()))) {
                wrong.add(answer);
            } else if (right == null) {
                right = answer;
            }
        }
        List<Sequence> all = new ArrayList<>();
        for (int[] answer : wrong) {
            Sequence candidate = first.drawn(answer, limit, Group.CANDIDATES);
            if (candidate.activeTokens() > 0) {
                all.add(candidate);
            }
        }
        if (right == null || all.isEmpty()) {
            return Optional.empty();
        }
        all.addFirst(first.drawn(right, limit, Group.CHOSEN).heading(ListHead.of(all.size())));
        return Optional.of(new Item(item.row(), all));
    }
}
