package preflab.engine.objective;

import java.util.List;
import java.util.function.Function;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;

/**
 * Everything there is to know about an objective without running it: the form, the flags, the catalogue page and the
 * run file come from here.
 *
 * @param needs
 *            what it needs, given its hyper-parameters (PMPO with KL off needs no vocabulary)
 * @param reward
 *            the definition of the implicit reward it logs
 * @param departures
 *            where this implementation departs from the paper, and why; empty if nowhere
 */
public record ObjectiveType<S extends Scores>(String id, String name, String summary, Citation citation,
        Formula formula, Class<S> scores, Function<ParamValues, Needs> needs, List<Param<?>> params,
        Function<ParamValues, Objective<S>> factory, String reward, String departures) {

    public ObjectiveType {
        params = List.copyOf(params);
    }

    /** What it needs at its default hyper-parameters. */
    public Needs defaultNeeds() {
        return needs.apply(ParamValues.defaults(params));
    }
}
