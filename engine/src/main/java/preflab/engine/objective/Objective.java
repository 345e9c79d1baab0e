package preflab.engine.objective;

/**
 * A loss as a pure function of log-probabilities. It knows no model, no batch and no optimizer: the trainer, the golden
 * tests and the laboratories run the same code.
 *
 * @param <S>
 *            the shape of data it is defined on
 */
public interface Objective<S extends Scores> {

    /** The loss of one micro-batch; parts of an accumulated batch add up to the loss of the whole. */
    LossTerms loss(S scores, State state);

    /**
     * What remains to be computed once somebody has chosen which candidates take part: the same loss, reading that
     * choice instead of making its own. The objective itself where there is nothing to choose.
     */
    default Objective<S> afterSelection() {
        return this;
    }

    /** The objective that decides what is scored: another one's where this only adds a term to it, else this. */
    default Objective<S> core() {
        return this;
    }
}
