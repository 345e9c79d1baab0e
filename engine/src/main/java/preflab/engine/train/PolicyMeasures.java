package preflab.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.Sequence;
import preflab.engine.batch.Truncation;
import preflab.engine.eval.SequenceMeasures;
import preflab.engine.metric.Metrics;
import preflab.engine.model.Policy;
import preflab.engine.model.SamplerSettings;
import preflab.engine.objective.Group;
import preflab.engine.param.ParamValues;

/**
 * What is measured of the policy itself on held-out rows, whatever the objective: perplexity and entropy on preferred
 * completions, and, where the run has a frozen reference, how far the two are apart on samples of each.
 */
final class PolicyMeasures {

    /** Enough for a trend; sampling more would cost as much as training. */
    private static final int MOST_SEQUENCES = 64;

    private final RunModels models;
    private final List<Sequence> preferred;
    private final List<Sequence> prompts; // one per prompt
    private final SamplerSettings sampler;
    private final int limit;
    private Optional<List<Sequence>> referenceSamples = Optional.empty();

    private PolicyMeasures(RunModels models, List<Sequence> preferred, int prompts, SamplerSettings sampler,
            int limit) {
        this.models = models;
        this.preferred = preferred;
        this.prompts = preferred.subList(0, Math.min(prompts, preferred.size()));
        this.sampler = sampler;
        this.limit = limit;
    }

    static PolicyMeasures of(RunModels models, List<PreferenceExample> rows, Truncation truncation,
            ParamValues settings) {
        SamplerSettings sampler = SamplerSettings.sampled(1, settings.get(TrainSettings.MAX_NEW_TOKENS),
                settings.get(TrainSettings.SEED));
        return new PolicyMeasures(models,
                SequenceMeasures.preferred(rows, models.tokenizer(), truncation.maxLength(), MOST_SEQUENCES),
                models.hasReference() ? settings.get(TrainSettings.KL_PROMPTS) : 0, sampler, truncation.maxLength());
    }

    boolean isEmpty() {
        return preferred.isEmpty();
    }

    /** The metrics for the policy as it is; none if a stop was asked for on the way. */
    Map<String, Double> now(StopSignal stop) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (preferred.isEmpty() || stop.isRequested()) {
            return metrics;
        }
        SequenceMeasures.Reading reading = SequenceMeasures.of(models.policy(), preferred);
        metrics.put(Metrics.EVAL_PERPLEXITY, reading.perplexity());
        metrics.put(Metrics.EVAL_ENTROPY, reading.entropy());
        if (prompts.isEmpty()) {
            return metrics;
        }
        models.reference().ifPresent(reference -> {
            List<Sequence> own = drawn(models.policy(), stop);
            List<Sequence> others = referenceSamples.orElseGet(() -> drawn(reference, stop));
            if (!stop.isRequested()) {
                referenceSamples = Optional.of(others);
                SequenceMeasures.divergence(models.policy(), reference, own)
                        .ifPresent(kl -> metrics.put(Metrics.EVAL_KL_POLICY_REF, kl));
                SequenceMeasures.divergence(reference, models.policy(), others)
                        .ifPresent(kl -> metrics.put(Metrics.EVAL_KL_REF_POLICY, kl));
            }
        });
        return metrics;
    }

    /** A completion of each prompt at temperature 1, the distribution itself. */
    private List<Sequence> drawn(Policy from, StopSignal stop) {
        List<int[]> completions = ReferenceSampling.drawn(from, models.tokenizer(),
                prompts.stream().map(Sequence::prompt).toList(), sampler, stop);
        List<Sequence> drawn = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            drawn.add(prompts.get(i).drawn(completions.get(i), limit, Group.REFERENCE_SAMPLES));
        }
        return drawn;
    }
}
