package preflab.projects.store;

import preflab.engine.train.Outcome;

/** Where a run stands. Derived from its events and its lock file, never from a process number. */
public enum RunState {
    /** Not started yet. */
    QUEUED,
    /** A process holds its lock. */
    RUNNING,
    /** Running, and asked to stop at the next step boundary. */
    STOPPING,
    /** A process holds its lock and waits, or will at the next step boundary. */
    PAUSED,
    /** All steps done. */
    FINISHED,
    /** Stopped on request. */
    STOPPED,
    /** A value stopped being a number. */
    DIVERGED,
    /** It could not go on. */
    FAILED,
    /** Its process ended without a word: the lock is free and there is no end. */
    INTERRUPTED;

    /** Whether no further events will come unless somebody resumes the run. */
    public boolean isOver() {
        return this != QUEUED && this != RUNNING && this != STOPPING && this != PAUSED;
    }

    /** Whether it can go on from its last checkpoint; a run that diverged would log the same again. */
    public boolean isResumable() {
        return this == STOPPED || this == FAILED || this == INTERRUPTED;
    }

    static RunState of(Outcome outcome) {
        return switch (outcome) {
            case FINISHED -> FINISHED;
            case STOPPED -> STOPPED;
            case DIVERGED -> DIVERGED;
            case FAILED -> FAILED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
