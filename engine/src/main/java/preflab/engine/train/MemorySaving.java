package preflab.engine.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.model.LoraSettings;
import preflab.engine.objective.Needs;
import preflab.engine.param.ParamValues;

/**
 * A change of settings with which a run needs less memory.
 *
 * @param change
 *            settings by dotted names, as text
 * @param words
 *            the change for people, and what it costs
 * @param peak
 *            bytes the run would then need
 */
public record MemorySaving(Map<String, String> change, String words, long peak) {

    public MemorySaving {
        change = Map.copyOf(change);
    }

    /** What makes a difference, what fits first, then by the memory needed; a change without effect is not named. */
    static List<MemorySaving> of(MemoryEstimate.Subject subject, ParamValues settings, long free) {
        List<MemorySaving> savings = new ArrayList<>();
        long now = MemoryEstimate.of(subject, settings).peak();
        smallerBatch(subject, settings, free, savings);
        if (subject.needs().vocabularyKl() == Needs.KlDirection.NONE && !settings.get(TrainSettings.RECOMPUTE)) {
            add(subject, settings, Map.of(TrainSettings.RECOMPUTE.id(), "true"),
                    "compute.recompute = true: the same result, a third more time", savings);
        }
        shorter(subject, settings, free, savings);
        if (settings.get(TrainSettings.LORA_RANK) == 0) {
            add(subject, settings, Map.of(TrainSettings.LORA_RANK.id(), String.valueOf(LoraSettings.PRESET_RANK)),
                    "lora.rank = " + LoraSettings.PRESET_RANK + ": adapters are trained, the weights stay", savings);
        }
        savings.removeIf(saving -> saving.peak() > now - now / 50);
        savings.sort(Comparator.comparingLong(MemorySaving::peak));
        return List.copyOf(savings);
    }

    /** The largest half, quarter, … that fits, else one at a time. */
    private static void smallerBatch(MemoryEstimate.Subject subject, ParamValues settings, long free,
            List<MemorySaving> savings) {
        int size = settings.get(TrainSettings.BATCH_SIZE);
        long accumulation = settings.get(TrainSettings.ACCUMULATION);
        MemorySaving found = null;
        while (size > 1 && size % 2 == 0 && (found == null || found.peak() > free)) {
            size /= 2;
            accumulation *= 2;
            found = with(subject, settings,
                    Map.of(TrainSettings.BATCH_SIZE.id(), String.valueOf(size), TrainSettings.ACCUMULATION.id(),
                            String.valueOf(accumulation)),
                    "training.batch_size = " + size + " and training.gradient_accumulation_steps = " + accumulation
                            + ": the same result");
        }
        if (found != null) {
            savings.add(found);
        }
    }

    private static void shorter(MemoryEstimate.Subject subject, ParamValues settings, long free,
            List<MemorySaving> savings) {
        int length = subject.rows().longest(1, settings.get(TrainSettings.MAX_LENGTH)).width() + 1;
        MemorySaving found = null;
        for (length = Integer.highestOneBit(Math.max(2, length - 1)); length >= 64
                && (found == null || found.peak() > free); length /= 2) {
            found = with(subject, settings, Map.of(TrainSettings.MAX_LENGTH.id(), String.valueOf(length)),
                    "data.max_length = " + length + ": longer rows are cut");
        }
        if (found != null) {
            savings.add(found);
        }
    }

    private static void add(MemoryEstimate.Subject subject, ParamValues settings, Map<String, String> change,
            String words, List<MemorySaving> savings) {
        savings.add(with(subject, settings, change, words));
    }

    private static MemorySaving with(MemoryEstimate.Subject subject, ParamValues settings, Map<String, String> change,
            String words) {
        Map<String, String> all = new LinkedHashMap<>(settings.asText());
        all.putAll(change);
        return new MemorySaving(change, words,
                MemoryEstimate.of(subject, ParamValues.parse(TrainSettings.ALL, all)).peak());
    }
}
