package preflab.projects.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;
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
 * @param judgedStep
 *            of the checkpoint whose answers speak; empty where none is left, or none was asked
 */
record RunEvidence(RunSummary summary, String specJson, List<StoredSamples> shown, Optional<Graded> first,
        Optional<Graded> last, List<StoredSamples> judged, List<LateEvaluation> late,
        OptionalInt judgedStep) {

    static RunEvidence of(Workspace workspace, int run) {
        RunStore runs = workspace.runs();
        List<LateEvaluation> late = runs.afterTraining().evaluations(run);
        List<StoredSamples> judged = runs.firstAndLastSamples(run, "eval");
        return new RunEvidence(runs.summary(run), runs.specJson(run), runs.firstAndLastSamples(run, "samples"),
                judged.stream().findFirst().filter(samples -> samples.step() == 0).flatMap(Graded::of),
                judged.reversed().stream().findFirst().flatMap(Graded::of), judged,
                late, late.isEmpty() // else nobody asks which
                        ? OptionalInt.empty()
                        : ModelRefs.judged(workspace, run).stream().mapToInt(StoredCheckpoint::step).findFirst());
    }
}
