package preflab.app.data;

import java.util.concurrent.atomic.AtomicBoolean;
import preflab.datasets.importer.Progress;

/** Ends work that nobody waits for any more; says nothing about how far it is. */
final class Stopper implements Progress {

    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public void at(long done, long total) {
        // it is over in a moment
    }

    @Override
    public boolean cancelled() {
        return stopped.get();
    }

    void cancel() {
        stopped.set(true);
    }
}
