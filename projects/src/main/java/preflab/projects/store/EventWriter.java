package preflab.projects.store;

import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.StopSignal;

/**
 * Stores the events of one run from a thread of its own, in transactions of at most 50 ms. {@link #on} returns at once;
 * {@link #close} waits until everything is stored.
 */
public final class EventWriter implements RunListener, AutoCloseable {

    /** Raised when a stop request is found in the database. */
    public StopSignal stopSignal() {
        return Pending.value();
    }

    @Override
    public void on(RunEvent event) {
        Pending.value();
    }

    @Override
    public void close() {
    }
}
