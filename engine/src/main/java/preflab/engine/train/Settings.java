package preflab.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;
import preflab.engine.param.ParamValues;

/**
 * All settings of a run with one objective, by name. A setting goes by its dotted name ({@code objective.beta},
 * {@code optimizer.learning_rate}); the last word alone ({@code beta}) is taken where only one setting ends in it.
 */
public final class Settings {

    /** What the names of an objective's hyper-parameters start with. */
    public static final String OBJECTIVE_PREFIX = "objective.";

    /** One setting by its full dotted name; the descriptor's id of a hyper-parameter lacks the prefix. */
    public record Setting(String name, Param<?> param) {
        boolean ofObjective() {
            return name.startsWith(OBJECTIVE_PREFIX);
        }

        private boolean answersTo(String bareName) {
            return name.substring(name.lastIndexOf('.') + 1).equals(bareName) || param.aliases().contains(bareName);
        }
    }

    /** Checked values: those of the objective, by its own ids, and those of {@link TrainSettings}. */
    public record Resolved(ParamValues hyper, ParamValues settings) {
    }

    private final ObjectiveType<?> objective;
    private final List<Setting> all;

    private Settings(ObjectiveType<?> objective) {
        this.objective = objective;
        List<Setting> list = new ArrayList<>();
        objective.params().forEach(param -> list.add(new Setting(OBJECTIVE_PREFIX + param.id(), param)));
        TrainSettings.ALL.forEach(param -> list.add(new Setting(param.id(), param)));
        this.all = List.copyOf(list);
    }

    /** The settings of runs with this objective: its own first, then the common ones. */
    public static Settings of(ObjectiveType<?> objective) {
        return new Settings(objective);
    }

    public List<Setting> all() {
        return all;
    }

    /**
     * The setting with this dotted or unambiguous bare name.
     *
     * @throws ParamException
     *             if there is none, or several; the message lists the candidates
     */
    public Setting resolve(String name) {
        String wanted = name.strip();
        for (Setting setting : all) {
            if (setting.name().equals(wanted)) {
                return setting;
            }
        }
        List<Setting> candidates = all.stream().filter(setting -> setting.answersTo(wanted)).toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        throw candidates.isEmpty() ? unknown(wanted) : ambiguous(wanted, candidates);
    }

    /**
     * Defaults overlaid with values given as text, by dotted or bare names, or by those of {@link FormerSettings}.
     *
     * @throws ParamException
     *             for an unknown or ambiguous name, a setting given twice, or a value that is not allowed
     */
    public Resolved apply(Map<String, String> given) {
        Map<String, String> hyper = new LinkedHashMap<>();
        Map<String, String> common = new LinkedHashMap<>();
        FormerSettings.current(given).forEach((name, value) -> {
            Setting setting = resolve(name);
            String before = (setting.ofObjective() ? hyper : common).put(setting.param().id(), value);
            if (before != null) {
                throw new ParamException(setting.name() + " is given twice: " + before + " and " + value);
            }
        });
        return new Resolved(ParamValues.parse(objective.params(), hyper),
                ParamValues.parse(TrainSettings.ALL, common));
    }

    private ParamException ambiguous(String name, List<Setting> candidates) {
        return new ParamException("\"" + name + "\" could be any of " + names(candidates) + "; write the full name");
    }

    private ParamException unknown(String name) {
        return new ParamException("there is no setting \"" + name + "\" for objective " + objective.id() + "; known: "
                + names(all));
    }

    private static String names(List<Setting> settings) {
        return String.join(", ", settings.stream().map(Setting::name).toList());
    }
}
