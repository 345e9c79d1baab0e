package preflab.engine.objective;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;

/**
 * Everything there is to know about an objective without running it: the form, the flags, the catalogue page and the
 * run file come from here. Written with {@link #named}.
 *
 * @param id
 *            the name in files and flags
 * @param aliases
 *            other names for it, taken on input
 * @param scores
 *            the shape of data it is defined on
 * @param needs
 *            what it needs, given its hyper-parameters (PMPO with KL off needs no vocabulary)
 * @param factory
 *            throws {@link preflab.engine.param.ParamException} where values do not go together
 * @param advice
 *            what is legal but known to go wrong with these hyper-parameters, one sentence each
 * @param reward
 *            the definition of the implicit reward it logs
 * @param departures
 *            where this implementation departs from the paper, and why; empty if nowhere
 * @param when
 *            when to use it
 * @param whenNot
 *            when not to
 */
public record ObjectiveType<S extends Scores>(String id, String name, List<String> aliases, String summary,
        Citation citation, Formula formula, Class<S> scores, Function<ParamValues, Needs> needs,
        List<Param<?>> params, Function<ParamValues, Objective<S>> factory,
        Function<ParamValues, List<String>> advice, String reward, String departures, String when, String whenNot) {

    public ObjectiveType {
        aliases = List.copyOf(aliases);
        params = List.copyOf(params);
    }

    /** What it needs at its default hyper-parameters. */
    public Needs defaultNeeds() {
        return needs.apply(ParamValues.defaults(params));
    }

    /** Its hyper-parameters, given as text by id or alias over the defaults. */
    public ParamValues values(Map<String, String> given) {
        return ParamValues.parse(params, given);
    }

    /** The same objective with other hyper-parameters. */
    ObjectiveType<S> with(List<Param<?>> otherParams, Function<ParamValues, Needs> otherNeeds,
            Function<ParamValues, Objective<S>> otherFactory) {
        return new ObjectiveType<>(id, name, aliases, summary, citation, formula, scores, otherNeeds, otherParams,
                otherFactory, advice, reward, departures, when, whenNot);
    }

    /** Whether it can be trained with its default hyper-parameters; {@link #obstacle} says why not. */
    public boolean trainable() {
        return defaultNeeds().obstacle().isEmpty();
    }

    /** One sentence on why it cannot be trained with these hyper-parameters yet; empty if it can. */
    public Optional<String> obstacle(ParamValues values) {
        return needs.apply(values).obstacle().map(what -> name + " cannot be trained yet: " + what);
    }

    /** Starts the description of an objective. */
    public static <S extends Scores> Builder<S> named(String id, String name, Class<S> scores) {
        return new Builder<>(id, name, scores);
    }

    /** Collects the parts of a description by name. */
    public static final class Builder<S extends Scores> {
        private final String id;
        private final String name;
        private final Class<S> scores;
        private List<String> aliases = List.of();
        private String summary = "";
        private Citation citation;
        private Formula formula;
        private Function<ParamValues, Needs> needs;
        private List<Param<?>> params = List.of();
        private Function<ParamValues, List<String>> advice = values -> List.of();
        private String reward = "";
        private String departures = "";
        private String when = "";
        private String whenNot = "";

        private Builder(String id, String name, Class<S> scores) {
            this.id = id;
            this.name = name;
            this.scores = scores;
        }

        public Builder<S> aliases(String... names) {
            aliases = List.of(names);
            return this;
        }

        public Builder<S> summary(String text) {
            summary = text;
            return this;
        }

        /** When to use it, and when not. */
        public Builder<S> use(String whenTo, String whenNotTo) {
            when = whenTo;
            whenNot = whenNotTo;
            return this;
        }

        public Builder<S> citation(String authors, String title, String venue, int year, String url,
                String equation) {
            citation = new Citation(authors, title, venue, year, url, equation);
            return this;
        }

        public Builder<S> formula(String latex, String plain) {
            formula = new Formula(latex, plain);
            return this;
        }

        public Builder<S> needs(Needs always) {
            return needs(values -> always);
        }

        public Builder<S> needs(Function<ParamValues, Needs> given) {
            needs = given;
            return this;
        }

        public Builder<S> params(Param<?>... list) {
            params = List.of(list);
            return this;
        }

        public Builder<S> advice(Function<ParamValues, List<String>> given) {
            advice = given;
            return this;
        }

        public Builder<S> reward(String definition) {
            reward = definition;
            return this;
        }

        public Builder<S> departures(String text) {
            departures = text;
            return this;
        }

        /** Ends the description. */
        public ObjectiveType<S> make(Function<ParamValues, Objective<S>> factory) {
            return new ObjectiveType<>(id, name, aliases, summary, citation, formula, scores, needs, params, factory,
                    advice, reward, departures, when, whenNot);
        }
    }
}
