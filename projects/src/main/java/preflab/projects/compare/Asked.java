package preflab.projects.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import preflab.projects.store.LateEvaluation;
import preflab.projects.workspace.Workspace;

/**
 * A question that runs were asked: the problems watched while training, or problems kept back and asked for later.
 *
 * @param late
 *            the problems and how answers were drawn; empty for those watched while training
 */
record Asked(Optional<Late> late) {

    /** Equal rows are equal problems whatever their name; answers of another program are to any of them. */
    record Late(String sha256, String name, String decoding, boolean fromElsewhere, Seen seen) {

        static Late of(List<LateEvaluation> alike, Seen seen) {
            LateEvaluation first = alike.stream().filter(one -> !one.isFromElsewhere()).findFirst()
                    .orElse(alike.getFirst());
            return new Late(first.dataset().sha256(), first.dataset().display(), first.decoding(),
                    alike.stream().anyMatch(LateEvaluation::isFromElsewhere), seen);
        }

        boolean isAskedBy(LateEvaluation evaluation) {
            return evaluation.dataset().sha256().equals(sha256)
                    && (evaluation.decoding().equals(decoding) || evaluation.isFromElsewhere());
        }
    }

    /** The problems watched while training: whoever chooses by them chooses rightly, but cannot claim by them. */
    static final Asked WHILE_TRAINING = new Asked(Optional.empty());

    /** Everything asked of some of the runs, the watched problems first. */
    static List<Asked> of(Workspace workspace, List<RunEvidence> evidence) {
        Collection<List<LateEvaluation>> questions = questions(
                evidence.stream().flatMap(run -> run.late().stream()).toList());
        List<Asked> asked = new ArrayList<>(List.of(WHILE_TRAINING));
        if (!questions.isEmpty()) { // else nobody need look through the rows
            SeenProblems seen = new SeenProblems(workspace, evidence);
            questions.forEach(alike -> asked.add(new Asked(Optional.of(Late.of(alike, seen.of(alike))))));
        }
        return asked;
    }

    /** Alike in problems and in how answers were drawn. */
    private static Collection<List<LateEvaluation>> questions(List<LateEvaluation> all) {
        Map<String, List<LateEvaluation>> ours = new LinkedHashMap<>();
        Map<String, List<LateEvaluation>> others = new LinkedHashMap<>();
        for (LateEvaluation one : all) {
            String problems = one.dataset().sha256();
            (one.isFromElsewhere() ? others : ours).computeIfAbsent(
                    one.isFromElsewhere() ? problems : problems + one.decoding(), key -> new ArrayList<>()).add(one);
        }
        others.forEach((problems, theirs) -> {
            List<List<LateEvaluation>> same = ours.values().stream()
                    .filter(alike -> alike.getFirst().dataset().sha256().equals(problems)).toList();
            same.forEach(alike -> alike.addAll(theirs));
            if (same.isEmpty()) {
                ours.put(problems, theirs);
            }
        });
        return ours.values();
    }

    /**
     * The run's answers, on a test the fresh ones; of several checkpoints those of the one that validation chose, else of
     * the last that was asked.
     */
    Optional<Graded> of(RunEvidence run) {
        return late.isEmpty()
                ? run.last().or(() -> elsewhere(run))
                : asked(run).flatMap(evaluation -> Graded.of(evaluation.step(), evaluation.answers().stream()
                        .filter(answer -> !isTest() || late.get().seen().isFresh(answer.prompt())).toList()));
    }

    /** What another program's model answered, to be set against what ours answered while they were watched. */
    private static Optional<Graded> elsewhere(RunEvidence run) {
        return run.late().stream().filter(LateEvaluation::isFromElsewhere).findFirst()
                .flatMap(one -> Graded.of(one.step(), one.answers()));
    }

    private Optional<LateEvaluation> asked(RunEvidence run) {
        return run.late().stream().filter(late.orElseThrow()::isAskedBy)
                .max(Comparator.comparing((LateEvaluation one) -> run.judgedStep().equals(OptionalInt.of(one.step())))
                        .thenComparingInt(LateEvaluation::step));
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
        if (late.get().fromElsewhere()) {
            words.add("some answered by another program");
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
