package preflab.engine.objective;

import java.util.Optional;
import java.util.Set;
import preflab.datasets.example.Kind;

/**
 * What an objective needs from data and models before it can be computed.
 *
 * @param kinds
 *            kinds of dataset it can be trained on
 * @param reference
 *            whether a frozen reference (or prior) is scored
 * @param valueHead
 *            whether the policy carries a value head
 * @param vocabularyKl
 *            direction of the exact KL over the vocabulary
 * @param mismatched
 *            whether completions are also scored against other prompts
 * @param referenceSamples
 *            whether completions drawn from the reference are needed
 * @param retain
 *            whether, besides completions to forget, completions to keep are needed
 * @param pairNumber
 *            the number that comes with every pair, where one is needed
 * @param previous
 *            whether the policy that training starts from is scored too, frozen, as the previous round's
 * @param bestApart
 *            whether the best of a list of candidates stands against the others
 * @param prior
 *            whether the frozen reference stands for a prior and may have been trained apart, as PIPA's
 * @param coupling
 *            how the loss couples the examples of a batch
 * @param obstacle
 *            what the trainer does not provide yet, as the end of a sentence; empty if it can be trained
 */
public record Needs(Set<Kind> kinds, boolean reference, boolean valueHead, KlDirection vocabularyKl,
        boolean mismatched, boolean referenceSamples, boolean retain, Optional<PairNumber> pairNumber,
        boolean previous, boolean bestApart, boolean prior,
        Coupling coupling,
        Optional<String> obstacle) {

    public Needs {
        kinds = Set.copyOf(kinds);
    }

    /** Direction of a KL between the reference and the policy; FORWARD is KL(π_ref‖π_θ). */
    public enum KlDirection {
        NONE, FORWARD, REVERSE
    }

    /** How a loss couples a batch. */
    public enum Coupling {
        /** Denominators are known from the data: micro-batches are independent. */
        PER_EXAMPLE,
        /** The whole accumulated batch must be scored before any of it can be differentiated. */
        BATCH
    }

    /** Needs nothing but the policy's log-probabilities. */
    public static Needs policyOnly(Kind... kinds) {
        return new Needs(Set.of(kinds), false, false, KlDirection.NONE, false, false, false, Optional.empty(), false,
                false, false,
                Coupling.PER_EXAMPLE,
                Optional.empty());
    }

    /** Needs the log-probabilities of policy and reference. */
    public static Needs withReference(Kind... kinds) {
        return new Needs(Set.of(kinds), true, false, KlDirection.NONE, false, false, false, Optional.empty(), false,
                false, false,
                Coupling.PER_EXAMPLE,
                Optional.empty());
    }

    public Needs andValueHead() {
        return new Needs(kinds, reference, true, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                previous,
                bestApart, prior,
                coupling,
                obstacle);
    }

    public Needs andVocabularyKl(KlDirection direction) {
        return new Needs(kinds, reference, valueHead, direction, mismatched, referenceSamples, retain, pairNumber,
                previous,
                bestApart, prior,
                coupling,
                obstacle);
    }

    public Needs andMismatched() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, true, referenceSamples, retain, pairNumber,
                previous,
                bestApart, prior,
                coupling, obstacle);
    }

    public Needs andReferenceSamples() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, true, retain, pairNumber, previous,
                bestApart, prior,
                coupling,
                obstacle);
    }

    public Needs andRetain() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, true, pairNumber,
                previous,
                bestApart, prior,
                coupling,
                obstacle);
    }

    public Needs andNumber(PairNumber number) {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain,
                Optional.of(number), previous, bestApart, prior, coupling, obstacle);
    }

    public Needs andPrevious() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                true, bestApart, prior, coupling, obstacle);
    }

    public Needs asPrior() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                previous, bestApart, true, coupling, obstacle);
    }

    /** Whether a frozen model is scored or drawn from. */
    public boolean frozenModel() {
        return scoresReference() || referenceSamples;
    }

    /** Whether a frozen model's log-probabilities are asked for. */
    public boolean scoresReference() {
        return reference || vocabularyKl != KlDirection.NONE;
    }

    public Needs andBestApart() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                previous, true, prior, coupling, obstacle);
    }

    public Needs wholeBatch() {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                previous,
                bestApart, prior,
                Coupling.BATCH,
                obstacle);
    }

    /** Marks what training cannot provide yet, as the end of a sentence: {@code it needs …, which …}. */
    public Needs notYet(String what) {
        return new Needs(kinds, reference, valueHead, vocabularyKl, mismatched, referenceSamples, retain, pairNumber,
                previous,
                bestApart, prior,
                coupling,
                Optional.of(what));
    }
}
