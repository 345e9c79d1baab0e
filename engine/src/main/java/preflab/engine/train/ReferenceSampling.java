package preflab.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import preflab.engine.batch.Item;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Generator;
import preflab.engine.model.Policy;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;
import preflab.engine.objective.Group;
import preflab.engine.objective.Scores;

/**
 * Completions that the reference draws, one for every prompt, before training: for TYPO, PMPO with kl = sampled, and
 * D2O. A function of the seed and the prompts' order; rows that share a prompt share its completion. Other objectives'
 * rows stay as they are.
 */
final class ReferenceSampling {

    private final boolean wanted;
    private final boolean listed;
    private final RunModels models;
    private final SamplerSettings settings;
    private final int limit;
    private final StopSignal stop;

    /**
     * For one run.
     *
     * @param limit
     *            tokens of prompt and completion together
     */
    ReferenceSampling(RunPlan<?> plan, RunModels models, int limit, StopSignal stop) {
        this.wanted = plan.needs().referenceSamples();
        this.listed = plan.type().scores() == Scores.RejectedWithSamples.class;
        this.models = models;
        this.settings = SamplerSettings.ofReference(plan.settings().get(TrainSettings.MAX_NEW_TOKENS),
                plan.settings().get(TrainSettings.SEED));
        this.limit = limit;
        this.stop = stop;
    }

    /** How they are drawn, and that this is not quite the reference; empty where none are. */
    Optional<String> report() {
        return wanted
                ? Optional.of(String.format(Locale.ROOT,
                        "the reference's completions are drawn once per prompt at temperature %.1f, top-k %d, top-p %.1f,"
                                + " repetition penalty %.1f, at most %d tokens: a sharpened reference, not the reference itself",
                        settings.temperature(), settings.topK(), settings.topP(), settings.repetitionPenalty(),
                        settings.maxNewTokens()))
                : Optional.empty();
    }

    /** The rows, each with a completion that the reference drew for its prompt. */
    List<Item> added(List<Item> items) {
        if (!wanted || items.isEmpty()) {
            return items;
        }
        Map<List<Integer>, Integer> places = new LinkedHashMap<>();
        List<int[]> prompts = new ArrayList<>();
        for (Item item : items) {
            int[] prompt = item.sequences().getFirst().prompt();
            if (places.putIfAbsent(key(prompt), prompts.size()) == null) {
                prompts.add(prompt);
            }
        }
        List<int[]> drawn = drawn(prompts);
        return items.stream()
                .map(item -> with(item, drawn.get(places.get(key(item.sequences().getFirst().prompt()))))).toList();
    }

    private static List<Integer> key(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    private List<int[]> drawn(List<int[]> prompts) {
        return drawn(models.reference().orElseThrow(), models.tokenizer(), prompts, settings, stop);
    }

    /** A completion per prompt, with its end where it came to one. */
    static List<int[]> drawn(Policy model, TextTokenizer tokenizer, List<int[]> prompts, SamplerSettings settings,
            StopSignal stop) {
        return Generator.withEnds(model, prompts, settings, Stops.of(tokenizer, List.of()), Generator.BATCH_SIZE,
                (done, total) -> !stop.isRequested());
    }

    private Item with(Item item, int[] completion) {
        List<Sequence> all = new ArrayList<>(item.sequences());
        Sequence first = all.getFirst();
        if (listed) {
            all.set(0, first.heading(ListHead.of(1)));
        }
        all.add(first.drawn(completion, limit, Group.REFERENCE_SAMPLES));
        return new Item(item.row(), all);
    }
}
