package preflab.app.home;

/** Looks at engine, device and memory. Slow: never on the thread of the window. */
@FunctionalInterface
public interface HealthProbe {

    Health look() throws Exception;
}
