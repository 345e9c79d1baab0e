package preflab.engine.train;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a run to stop at the next step boundary. Thread-safe; once asked, it stays asked. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();

    public void request() {
        requested.set(true);
    }

    public boolean isRequested() {
        return requested.get();
    }
}
