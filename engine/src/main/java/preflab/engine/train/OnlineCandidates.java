package preflab.engine.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    private final Map<Integer, List<int[]>> drawn = new TreeMap<>(); // what own was made of: the right one first
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
        int length = segmentLength();
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
        drawn.clear();
        for (int k = 0; k < items.size(); k++) {
            judge(items.get(k), answers.get(k));
        }
        share = (double) own.size() / wanted.size();
    }

    private long seed(int round) {
        return new SplittableRandom(seed ^ (0x5DEECE66DL * (segment + 1L) + round)).nextLong();
    }

    private void judge(Item item, List<int[]> answers) {
        int[] prompt = item.sequences().getFirst().prompt();
        TreeSet<int[]> wrong = new TreeSet<>(Arrays::compare);
        int[] right = null;
        for (int[] answer : answers) {
            String text = models.tokenizer().decodeContinuation(prompt, answer);
            if (!FinalAnswer.isRight(text, expected.get(item.row()))) {
                wrong.add(answer);
            } else if (right == null) {
                right = answer;
            }
        }
        if (right != null) {
            List<int[]> all = new ArrayList<>(wrong);
            all.addFirst(right);
            candidates(item, all).ifPresent(made -> {
                own.put(item.row(), made);
                drawn.put(item.row(), all);
            });
        }
    }

    /** A row with candidates of the policy's own; empty where no wrong one has a token the loss sees. */
    private Optional<Item> candidates(Item item, List<int[]> answers) {
        Sequence first = item.sequences().getFirst();
        List<Sequence> all = new ArrayList<>();
        for (int[] answer : answers.subList(1, answers.size())) {
            Sequence candidate = first.drawn(answer, limit, Group.CANDIDATES);
            if (candidate.activeTokens() > 0) {
                all.add(candidate);
            }
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        all.addFirst(first.drawn(answers.getFirst(), limit, Group.CHOSEN).heading(ListHead.of(all.size())));
        return Optional.of(new Item(item.row(), all));
    }

    /** What was drawn for the current segment, for a checkpoint; a missing node where nothing is. */
    JsonNode progress() {
        if (segment < 0) {
            return MissingNode.getInstance();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("segment", segment).put("share", share);
        ObjectNode answers = node.putObject("rows");
        drawn.forEach((row, list) -> {
            ArrayNode of = answers.putArray(Integer.toString(row));
            list.forEach(answer -> Arrays.stream(answer).forEach(of.addArray()::add));
        });
        return node;
    }

    /** Takes what was drawn before the checkpoint that a run goes on from. */
    void restore(JsonNode node) {
        if (objective == null || node.isMissingNode()) {
            return;
        }
        segment = node.path("segment").asInt();
        share = node.path("share").asDouble();
        node.path("rows").properties().forEach(entry -> {
            List<int[]> answers = new ArrayList<>();
            entry.getValue().forEach(ids -> answers.add(ids(ids)));
            drawn.put(Integer.parseInt(entry.getKey()), answers);
        });
        int length = segmentLength();
        for (int step = segment * length; step < Math.min(steps, (segment + 1) * length); step++) {
            rows.at(step).stream().filter(item -> drawn.containsKey(item.row()) && !own.containsKey(item.row()))
                    .forEach(item -> candidates(item, drawn.get(item.row()))
                            .ifPresent(made -> own.put(item.row(), made)));
        }
    }

    private static int[] ids(JsonNode array) {
        int[] ids = new int[array.size()];
        Arrays.setAll(ids, i -> array.get(i).asInt());
        return ids;
    }

    private int segmentLength() {
        return Math.max(1, Math.ceilDiv(steps, objective.onlineSegments()));
    }
}
