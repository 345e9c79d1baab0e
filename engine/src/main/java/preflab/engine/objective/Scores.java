package preflab.engine.objective;

import java.util.Map;

/** The scored data of one micro-batch, by the shape of data an objective is defined on. */
public sealed interface Scores {

    /** Completions to imitate. */
    record Demonstrations(SequenceScores accepted) implements Scores {
    }

    /** Pairs: row i of chosen belongs to row i of rejected. */
    record Pairs(SequenceScores chosen, SequenceScores rejected) implements Scores {
    }

    /**
     * Completions judged one by one. Groups that an objective did not ask for are empty.
     *
     * @param mismatched
     *            completions put to other prompts, for KTO's z₀
     * @param referenceSamples
     *            completions drawn from π_ref
     * @param kl
     *            sequences with {@link SequenceScores#vocabularyKl()}
     */
    record Unpaired(SequenceScores accepted, SequenceScores rejected, SequenceScores mismatched,
            SequenceScores referenceSamples, SequenceScores kl) implements Scores {
    }

    /** Answers with a label on every token. */
    record Steps(SequenceScores sequences, SequenceScores mismatched) implements Scores {
    }

    /** Gathers the groups an objective works on; absent groups must be passed as empty ones. */
    static <S extends Scores> S assemble(Class<S> type, Map<Group, SequenceScores> groups, SequenceScores empty) {
        Scores scores;
        if (type == Demonstrations.class) {
            scores = new Demonstrations(groups.getOrDefault(Group.ACCEPTED, empty));
        } else if (type == Pairs.class) {
            scores = new Pairs(groups.getOrDefault(Group.CHOSEN, empty), groups.getOrDefault(Group.REJECTED, empty));
        } else if (type == Unpaired.class) {
            scores = new Unpaired(groups.getOrDefault(Group.ACCEPTED, empty),
                    groups.getOrDefault(Group.REJECTED, empty), groups.getOrDefault(Group.MISMATCHED, empty),
                    groups.getOrDefault(Group.REFERENCE_SAMPLES, empty), groups.getOrDefault(Group.KL, empty));
        } else if (type == Steps.class) {
            scores = new Steps(groups.getOrDefault(Group.SEQUENCES, empty),
                    groups.getOrDefault(Group.MISMATCHED, empty));
        } else {
            throw new IllegalArgumentException("no scores of type " + type);
        }
        return type.cast(scores);
    }
}
