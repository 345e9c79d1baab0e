package preflab.engine.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import preflab.engine.batch.Item;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Generator;
import preflab.engine.model.HfFolder;
import preflab.engine.model.Policy;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;
import preflab.engine.objective.D2o;
import preflab.engine.objective.Group;
import preflab.engine.objective.Scores;

/**
 * Completions that the reference draws, one for every prompt (for D2O several), before training: for TYPO, PMPO with kl = sampled, and
 * D2O. A function of the seed and the prompts' order; rows that share a prompt share its completion. Other objectives'
 * rows stay as they are.
 */
final class ReferenceSampling {

    private final boolean wanted;
    private final boolean listed;
    private final int perPrompt;
    private final RunModels models;
    private final SamplerSettings settings;
    private final int limit;
    private final StopSignal stop;
    private final SampleCache cache;
    private final Supplier<String> weights; // hash of those of the reference
    private final String compute;

    /**
     * For one run.
     *
     * @param limit
     *            tokens of prompt and completion together
     * @param reference
     *            folder of the model that draws
     * @param cache
     *            asked before anything is drawn
     */
    ReferenceSampling(RunPlan<?> plan, RunModels models, int limit, StopSignal stop, Path reference,
            SampleCache cache) {
        this.wanted = plan.needs().referenceSamples();
        this.listed = plan.type().scores() == Scores.RejectedWithSamples.class;
        this.perPrompt = plan.objective().core() instanceof D2o d2o ? d2o.samples() : 1;
        this.models = models;
        this.settings = SamplerSettings.ofReference(plan.settings().get(TrainSettings.MAX_NEW_TOKENS),
                plan.settings().get(TrainSettings.SEED));
        this.limit = limit;
        this.stop = stop;
        this.cache = cache;
        this.weights = () -> HfFolder.sha256(reference);
        this.compute = plan.settings().get(TrainSettings.PRECISION) + " " + plan.settings().get(TrainSettings.DEVICE);
    }

    /** How they are drawn, and that this is not quite the reference; empty where none are. */
    Optional<String> report() {
        return wanted
                ? Optional.of(String.format(Locale.ROOT,
                        "the reference's completions, %d per prompt, are drawn once at temperature %.1f, top-k %d, top-p %.1f,"
                                + " repetition penalty %.1f, at most %d tokens: a sharpened reference, not the reference itself",
                        perPrompt, settings.temperature(), settings.topK(), settings.topP(),
                        settings.repetitionPenalty(),
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
        List<List<int[]>> rounds = IntStream.range(0, perPrompt).mapToObj(round -> drawn(prompts, round)).toList();
        return items.stream().map(item -> {
            int place = places.get(key(item.sequences().getFirst().prompt()));
            return with(item, rounds.stream().map(round -> round.get(place)).toList());
        }).toList();
    }

    private static List<Integer> key(int[] tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    private List<int[]> drawn(List<int[]> prompts, int round) {
        SamplerSettings sampler = SamplerSettings.ofReference(settings.maxNewTokens(),
                round == 0 ? settings.seed() : new SplittableRandom(settings.seed() + round).nextLong());
        String key = SampleKey.of(weights.get(), compute, sampler, models.tokenizer(), prompts);
        return cache.find(key).filter(kept -> kept.size() == prompts.size()).orElseGet(() -> {
            List<int[]> drawn = drawn(models.reference().orElseThrow(), models.tokenizer(), prompts, sampler, stop);
            if (!stop.isRequested()) { // else some are missing their ends
                cache.keep(key, drawn);
            }
            return drawn;
        });
    }

    /** A completion per prompt, with its end where it came to one. */
    static List<int[]> drawn(Policy model, TextTokenizer tokenizer, List<int[]> prompts, SamplerSettings settings,
            StopSignal stop) {
        return Generator.withEnds(model, prompts, settings, Stops.of(tokenizer, List.of()), Generator.BATCH_SIZE,
                (done, total) -> !stop.isRequested());
    }

    private Item with(Item item, List<int[]> completions) {
        List<Sequence> all = new ArrayList<>(item.sequences());
        Sequence first = all.getFirst();
        if (listed) {
            all.set(0, first.heading(ListHead.of(completions.size())));
        }
        completions.forEach(completion -> all.add(first.drawn(completion, limit, Group.REFERENCE_SAMPLES)));
        return new Item(item.row(), all);
    }
}
