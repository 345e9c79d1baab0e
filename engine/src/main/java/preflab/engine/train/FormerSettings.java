package preflab.engine.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;

/**
 * Settings of older configurations, this program's and other trainers', said in today's. They are read, never written.
 */
final class FormerSettings {

    /** What becomes of whole rows: of prompts and of completions. */
    private static final Map<String, List<String>> BOTH_SIDES = Map.of("drop", List.of("drop", "drop"), "cut_left",
            List.of("cut_left", "cut_right"), "cut_right", List.of("keep", "cut_right"));
    /** Other trainers' names for the end of a prompt that stays. */
    private static final Map<String, String> KEPT_END = Map.of("keep_end", "cut_left", "keep_start", "cut_right");

    private final Map<String, String> settings;

    private FormerSettings(Map<String, String> given) {
        this.settings = new LinkedHashMap<>(given);
    }

    /**
     * The same with former names replaced.
     *
     * @throws ParamException
     *             for a value that is not allowed, or that contradicts another setting
     */
    static Map<String, String> current(Map<String, String> given) {
        FormerSettings former = new FormerSettings(given);
        former.promptLimit();
        former.truncation();
        return former.settings;
    }

    /** A limit on the prompt leaves completions the rest: they keep it where both together are too long. */
    private void promptLimit() {
        String text = settings.remove("max_prompt_length");
        if (text == null) {
            return;
        }
        int prompt = whole("max_prompt_length", text);
        String completion = given(TrainSettings.MAX_COMPLETION_LENGTH);
        String together = given(TrainSettings.MAX_LENGTH);
        if (completion != null && together == null) {
            set(TrainSettings.MAX_LENGTH, prompt + whole("max_completion_length", completion));
        } else if (completion == null) {
            int limit = together == null ? TrainSettings.MAX_LENGTH.defaultValue() : whole("max_length", together);
            if (prompt < 1 || prompt >= limit) {
                throw new ParamException("max_prompt_length must lie in [1, " + (limit - 1) + "], not " + prompt
                        + ": prompt and completion together have max_length = " + limit + " tokens");
            }
            set(TrainSettings.MAX_COMPLETION_LENGTH, limit - prompt);
        }
        String kept = settings.remove("truncation_mode");
        if (given(TrainSettings.PROMPT_TRUNCATION) == null) {
            set(TrainSettings.PROMPT_TRUNCATION, oneOf("truncation_mode", kept == null ? "keep_end" : kept, KEPT_END));
        }
    }

    /** Once one setting said what becomes of both sides. */
    private void truncation() {
        String before = settings.remove("truncation");
        String name = before == null ? "data.truncation" : "truncation";
        String mode = before == null ? settings.remove("data.truncation") : before;
        if (mode == null) {
            return;
        }
        for (Param<?> side : List.of(TrainSettings.PROMPT_TRUNCATION, TrainSettings.COMPLETION_TRUNCATION)) {
            if (given(side) != null) {
                throw new ParamException(name + " says what " + side.id() + " says; state only the latter");
            }
        }
        List<String> sides = oneOf(name, mode, BOTH_SIDES);
        set(TrainSettings.PROMPT_TRUNCATION, sides.getFirst());
        set(TrainSettings.COMPLETION_TRUNCATION, sides.getLast());
    }

    private String given(Param<?> param) {
        String bare = param.id().substring(param.id().lastIndexOf('.') + 1);
        return settings.getOrDefault(param.id(), settings.get(bare));
    }

    private void set(Param<?> param, Object value) {
        settings.put(param.id(), String.valueOf(value));
    }

    private static <V> V oneOf(String name, String value, Map<String, V> allowed) {
        V found = allowed.get(value.strip());
        if (found == null) {
            throw new ParamException(name + " must be one of " + String.join(", ", allowed.keySet().stream().sorted()
                    .toList()) + ", not \"" + value + '"');
        }
        return found;
    }

    private static int whole(String name, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new ParamException(name + " must be a whole number, not \"" + value + '"');
        }
    }
}
