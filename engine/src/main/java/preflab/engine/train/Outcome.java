package preflab.engine.train;

/** How a run ended. INTERRUPTED is never written: it is derived from a free lock without an end. */
public enum Outcome {
    /** All steps done. */
    FINISHED,
    /** Stopped on request, with a checkpoint. */
    STOPPED,
    /** A value stopped being a number. */
    DIVERGED,
    /** It could not go on; the message says why. */
    FAILED,
    /** Its process ended without a word. */
    INTERRUPTED
}
