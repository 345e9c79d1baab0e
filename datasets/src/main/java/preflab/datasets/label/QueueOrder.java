package preflab.datasets.label;

/** In which order rows are shown. */
public enum QueueOrder {
    /** As they stand in the data. */
    AS_STORED,
    /** Shuffled by the session's seed, the same for every annotator. */
    SHUFFLED,
    /** Where suggestions are least sure first (the least sure step of a row counts); rows without any come last. */
    UNCERTAIN_FIRST
}
