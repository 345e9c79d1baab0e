package preflab.engine.train;

/**
 * Asks a run to stop, or to wait, at the next step boundary. Thread-safe; once asked to stop, it stays asked, and a run
 * that waits stops too.
 */
public final class StopSignal {

    private boolean stop; // these two are guarded by this
    private boolean pause;

    public synchronized void request() {
        stop = true;
        notifyAll();
    }

    public synchronized boolean isRequested() {
        return stop;
    }

    /** Asks the run to wait at the next step boundary, or no longer to. */
    public synchronized void pause(boolean wanted) {
        pause = wanted;
        notifyAll();
    }

    /** Returns at once, or when the pause is over or a stop is asked for. */
    synchronized void awaitGoAhead() {
        try {
            while (pause && !stop) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop = true;
        }
    }
}
