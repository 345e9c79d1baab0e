package preflab.projects.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.projects.store.LateEvaluation;
import preflab.projects.workspace.Workspace;

/**
 * A question that runs were asked: the problems watched while training, or problems kept back and asked for later.
 *
 * @param late
 *            the problems and how answers were drawn; empty for those watched while training
 */
record Asked(Optional<Late> late) {

    /** Equal rows are equal problems whatever their name. */
    record Late(String sha256, String name, String decoding, Seen seen) {

        Late(LateEvaluation one, Seen seen) {
            this(one.dataset().sha256(), one.dataset().display(), one.decoding(), seen);
        }

        boolean isAskedBy(LateEvaluation evaluation) {
            return evaluation.dataset().sha256().equals(sha256) && evaluation.decoding().equals(decoding);
        }
    }

    /** The problems watched while training: whoever chooses by them chooses rightly, but cannot claim by them. */
    static final Asked WHILE_TRAINING = new Asked(Optional.empty());

    /** Everything asked of some of the runs, the watched problems first. */
    static List<Asked> of(Workspace workspace, List<RunEvidence> evidence) {
        Map<String, List<LateEvaluation>> all = new LinkedHashMap<>();
        evidence.stream().flatMap(run -> run.late().stream())
                .forEach(one -> all.computeIfAbsent(one.dataset().sha256() + one.decoding(), key -> new ArrayList<>())
                        .add(one));
        List<Asked> asked = new ArrayList<>(List.of(WHILE_TRAINING));
        if (!all.isEmpty()) { // else nobody need look through the rows
            SeenProblems seen = new SeenProblems(workspace, evidence);
            all.values().forEach(alike -> asked
                    .add(new Asked(Optional.of(new Late(alike.getFirst(), seen.of(alike))))));
        }
        return asked;
    }

    /** The run's answers, on a test the fresh ones; of several checkpoints those of the last one that was asked. */
    Optional<Graded> of(RunEvidence run) {
        return late.isEmpty()
                ? run.last()
                : asked(run).flatMap(evaluation -> Graded.of(evaluation.step(), evaluation.answers().stream()
                        .filter(answer -> !isTest() || late.get().seen().isFresh(answer.prompt())).toList()));
    }

    private Optional<LateEvaluation> asked(RunEvidence run) {
        return run.late().stream().filter(late.orElseThrow()::isAskedBy)
                .max(Comparator.comparingInt(LateEvaluation::step));
    }

    /** Whether nobody could choose by them or learn them: neither watched while training nor trained on. */
    boolean isTest() {
        return late.filter(one -> one.seen().isTest()).isPresent();
    }

    /** What is to be said of problems seen before; empty where there were none for certain. */
    String caution() {
        if (late.isEmpty()) {
            return "";
        }
        Seen seen = late.get().seen();
        List<String> words = new ArrayList<>();
        if (isTest() && seen.seen() > 0) {
            words.add(seen.seen() + " more, trained on or watched, left out");
        }
        if (isTest() && !seen.proved()) {
            words.add("unproved: not all rows trained on or watched are here");
        }
        return words.isEmpty() ? "" : " (" + String.join("; ", words) + ")";
    }

    /** How runs knew the problems that are no test. */
    String known() {
        Optional<Seen> seen = late.map(Late::seen);
        Optional<Seen> learned = seen.filter(one -> !one.learned().isEmpty());
        return learned.map(one -> share(one, one.learned().size()) + " trained on").orElseGet(
                () -> seen.map(one -> share(one, one.watched().size())).orElse("") + " watched while training");
    }

    private static String share(Seen seen, int some) {
        return some == seen.problems().size() ? "" : ", " + some + " of them";
    }
}
