package preflab.engine.objective;

/** Numbers that come with a pair, besides its two completions. The ids are the names in files. */
public enum PairNumber {
    /** ODPO's offset: how much better the chosen one must be. */
    OFFSET("offset"),
    /** MaPPO's gap of rewards, in [0, 1]. */
    REWARD_GAP("reward_gap"),
    /** How much the pair counts. */
    WEIGHT("weight");

    private final String id;

    PairNumber(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
