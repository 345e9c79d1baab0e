package preflab.projects.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.projects.store.LateEvaluation;

/**
 * A question that runs were asked: the problems watched while training, or problems kept back and asked for later.
 *
 * @param late
 *            the problems and how answers were drawn; empty for those watched while training
 */
record Asked(Optional<Late> late) {

    /** Equal rows are equal problems whatever their name. */
    record Late(String sha256, String name, String decoding) {
    }

    /** The problems watched while training: whoever chooses by them chooses rightly, but cannot claim by them. */
    static final Asked WHILE_TRAINING = new Asked(Optional.empty());

    /** Everything asked of some of the runs, the watched problems first. */
    static List<Asked> of(List<RunEvidence> evidence) {
        Map<String, Asked> all = new LinkedHashMap<>();
        for (RunEvidence run : evidence) {
            for (LateEvaluation one : run.late()) {
                all.putIfAbsent(one.dataset().sha256() + one.decoding(), new Asked(Optional.of(new Late(
                        one.dataset().sha256(), one.dataset().display(), one.decoding()))));
            }
        }
        List<Asked> asked = new ArrayList<>(List.of(WHILE_TRAINING));
        asked.addAll(all.values());
        return asked;
    }

    /** The run's answers; of several checkpoints those of the last one that was asked. */
    Optional<Graded> of(RunEvidence run) {
        return late.isEmpty()
                ? run.last()
                : asked(run).flatMap(evaluation -> Graded.of(evaluation.step(), evaluation.answers()));
    }

    private Optional<LateEvaluation> asked(RunEvidence run) {
        Late wanted = late.orElseThrow();
        return run.late().stream().filter(evaluation -> evaluation.dataset().sha256().equals(wanted.sha256())
                && evaluation.decoding().equals(wanted.decoding()))
                .max(Comparator.comparingInt(LateEvaluation::step));
    }

    /** Whether nobody could choose by them or learn them: neither watched while training nor trained on. */
    boolean isTest(List<RunEvidence> runs) {
        return late.isPresent() && !trainedOn(runs) && runs.stream().noneMatch(run -> Differences
                .evaluationHash(run.specJson()).filter(hash -> hash.equals(late.get().sha256())).isPresent());
    }

    /** Whether some run was trained on these very rows. */
    boolean trainedOn(List<RunEvidence> runs) {
        return late.isPresent()
                && runs.stream().anyMatch(run -> run.summary().dataset().sha256().equals(late.get().sha256()));
    }
}
