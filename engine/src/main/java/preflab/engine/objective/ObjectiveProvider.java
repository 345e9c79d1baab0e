package preflab.engine.objective;

import java.util.List;

/**
 * The door for objectives from outside. A jar that names an implementation in
 * {@code META-INF/services/preflab.engine.objective.ObjectiveProvider} and stands on the class path, or in the folder
 * that the system property {@code preflab.plugins} names, adds its objectives to the catalogue: they get a form, flags, a
 * page and a place in the run file like everyone else's.
 */
public interface ObjectiveProvider {

    /** The objectives to add, in order. Their ids and aliases must be free. */
    List<ObjectiveType<?>> objectives();
}
