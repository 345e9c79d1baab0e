package preflab.engine.train;

/** Receives the events of one run, in order, on the training thread: it must return at once. */
@FunctionalInterface
public interface RunListener {
    void on(RunEvent event);
}
