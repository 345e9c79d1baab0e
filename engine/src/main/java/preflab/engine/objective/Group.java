package preflab.engine.objective;

/** A set of sequences that plays one part in a loss. The ids are the group names of the golden files. */
public enum Group {
    CHOSEN("chosen"), REJECTED("rejected"), ACCEPTED("accepted"), MISMATCHED("kl_sequences"), REFERENCE_SAMPLES(
            "ref_samples"), KL(
                    "kl"), SEQUENCES("sequences"), FORGET("forget"), RETAIN("retain"), CANDIDATES("candidates");

    private final String id;

    Group(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
