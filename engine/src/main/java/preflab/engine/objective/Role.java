package preflab.engine.objective;

/** Which frozen model a log-probability comes from. */
public enum Role {
    /** π_ref, the model the policy must not stray from; PIPA's prior. */
    REFERENCE,
    /** The previous iterate, for iterative methods such as INPO. */
    PREVIOUS,
    /** A second reference, such as D2O's reference for the rejected side. */
    NEGATIVE
}
