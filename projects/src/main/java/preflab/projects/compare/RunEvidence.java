package preflab.projects.compare;

import java.util.List;
import java.util.Optional;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.StoredSamples;

/**
 * What a comparison reads of one run, once.
 *
 * @param shown
 *            first and last answers to the fixed prompts
 * @param first
 *            graded answers before training, if any
 * @param last
 *            graded answers at the last evaluation, if any
 * @param judged
 *            first and last answers to held-out problems
 * @param late
 *            answers asked for after training
 */
record RunEvidence(RunSummary summary, String specJson, List<StoredSamples> shown, Optional<Graded> first,
        Optional<Graded> last, List<StoredSamples> judged, List<LateEvaluation> late) {

    static RunEvidence of(RunStore runs, int run) {
        List<StoredSamples> judged = runs.firstAndLastSamples(run, "eval");
        return new RunEvidence(runs.summary(run), runs.specJson(run), runs.firstAndLastSamples(run, "samples"),
                judged.stream().findFirst().filter(samples -> samples.step() == 0).flatMap(Graded::of),
                judged.reversed().stream().findFirst().flatMap(Graded::of), judged,
                runs.afterTraining().evaluations(run));
    }
}
