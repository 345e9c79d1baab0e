package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.Function;

/** The scored data of one micro-batch, by the shape of data an objective is defined on. */
public sealed interface Scores {

    /** Completions to imitate. */
    record Demonstrations(SequenceScores accepted) implements Scores {
    }

    /**
     * Pairs: row i of chosen belongs to row i of rejected.
     *
     * @param numbers
     *            [n] each, for objectives that take a number with every pair
     */
    record Pairs(SequenceScores chosen, SequenceScores rejected,
            Map<PairNumber, NDArray> numbers) implements Scores {

        public Pairs(SequenceScores chosen, SequenceScores rejected) {
            this(chosen, rejected, Map.of());
        }

        /**
         * One number per pair, [n].
         *
         * @throws IllegalStateException
         *             if they were not provided
         */
        NDArray number(PairNumber number) {
            NDArray array = numbers.get(number);
            if (array == null) {
                throw new IllegalStateException("no " + number.id() + " was provided with the pairs");
            }
            return array;
        }
    }

    /** Pairs whose rejected completion has a label on every token. */
    record StepPairs(SequenceScores chosen, SequenceScores rejected) implements Scores {
    }

    /** Pairs, and completions drawn from the reference that belong to no pair. */
    record PairsWithSamples(SequenceScores chosen, SequenceScores rejected,
            SequenceScores referenceSamples) implements Scores {
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

    /**
     * Prompts with a list of candidates each.
     *
     * @param chosen
     *            one preferred completion per prompt; empty where the candidates carry rewards instead
     */
    record Candidates(SequenceScores chosen, SequenceScores candidates, CandidateLists lists) implements Scores {
    }

    /** Prompts with one rejected completion and a list of completions drawn from the reference. */
    record RejectedWithSamples(SequenceScores rejected, SequenceScores referenceSamples,
            CandidateLists lists) implements Scores {
    }

    /** What to forget and what to keep. */
    record Unlearning(SequenceScores forget, SequenceScores retain) implements Scores {
    }

    /** Gathers the groups an objective works on; absent groups must be passed as empty ones. */
    static <S extends Scores> S assemble(Class<S> type, Map<Group, SequenceScores> groups, SequenceScores empty) {
        return assemble(type, groups, empty, SideInputs.NONE);
    }

    /** As {@link #assemble(Class, Map, SequenceScores)}, with what belongs to the batch besides. */
    static <S extends Scores> S assemble(Class<S> type, Map<Group, SequenceScores> groups, SequenceScores empty,
            SideInputs side) {
        return type.cast(assembled(type, group -> groups.getOrDefault(group, empty), side));
    }

    private static Scores assembled(Class<?> type, Function<Group, SequenceScores> of, SideInputs side) {
        if (type == Demonstrations.class) {
            return new Demonstrations(of.apply(Group.ACCEPTED));
        } else if (type == Pairs.class) {
            return new Pairs(of.apply(Group.CHOSEN), of.apply(Group.REJECTED), side.pairNumbers());
        } else if (type == StepPairs.class) {
            return new StepPairs(of.apply(Group.CHOSEN), of.apply(Group.REJECTED));
        } else if (type == PairsWithSamples.class) {
            return new PairsWithSamples(of.apply(Group.CHOSEN), of.apply(Group.REJECTED),
                    of.apply(Group.REFERENCE_SAMPLES));
        } else if (type == Unpaired.class) {
            return new Unpaired(of.apply(Group.ACCEPTED), of.apply(Group.REJECTED), of.apply(Group.MISMATCHED),
                    of.apply(Group.REFERENCE_SAMPLES), of.apply(Group.KL));
        } else if (type == Steps.class) {
            return new Steps(of.apply(Group.SEQUENCES), of.apply(Group.MISMATCHED));
        } else if (type == Candidates.class) {
            return new Candidates(of.apply(Group.CHOSEN), of.apply(Group.CANDIDATES), side.candidates());
        } else if (type == RejectedWithSamples.class) {
            return new RejectedWithSamples(of.apply(Group.REJECTED), of.apply(Group.REFERENCE_SAMPLES),
                    side.candidates());
        } else if (type == Unlearning.class) {
            return new Unlearning(of.apply(Group.FORGET), of.apply(Group.RETAIN));
        }
        throw new IllegalArgumentException("no scores of type " + type);
    }
}
