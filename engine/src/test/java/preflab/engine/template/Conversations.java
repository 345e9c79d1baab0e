package preflab.engine.template;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What chat templates are fed with: turns of every role, awkward texts, tools and calls of them. */
final class Conversations {

    private static final String AWKWARD = " <b>& \"quotes\" 'single' ½ 🙂\u00a0\r\n\ttab \\n {{ x }} {% y %}\n\n";
    private static final String THOUGHT = "<think>\nFirst 2, then 3.\n</think>\n\nFive. /no_think";

    private Conversations() {
    }

    static Map<String, Map<String, Object>> all() {
        Map<String, List<Object>> conversations = new LinkedHashMap<>();
        conversations.put("one question", List.of(user("What is 2+2?")));
        conversations.put("a system turn", List.of(turn("system", "Be terse. "), user(AWKWARD), answer("Yes."),
                user("Why?")));
        conversations.put("answered", List.of(user("2+3?"), answer(THOUGHT)));
        conversations.put("two answers", List.of(user("a"), answer(THOUGHT), user("b"), answer(AWKWARD)));
        conversations.put("empty texts", List.of(user(""), answer("")));
        conversations.put("wrong order", List.of(answer("I begin."), turn("system", "late"), user("x")));
        conversations.put("a tool's answer", List.of(user("Weather?"), call(), turn("tool", "{\"sky\": \"blue\"}"),
                turn("tool", "12 °C"), answer("Blue.")));
        conversations.put("an unknown role", List.of(turn("critic", "Hm."), user("x")));
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        conversations.forEach((name, messages) -> {
            all.put(name, variables(messages, false, false));
            all.put(name + ", prompting", variables(messages, true, false));
            all.put(name + ", with tools", variables(messages, true, true));
        });
        all.get("one question").put("enable_thinking", false);
        return all;
    }

    private static Map<String, Object> variables(List<Object> messages, boolean prompting, boolean tools) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("messages", messages);
        variables.put("add_generation_prompt", prompting);
        variables.put("bos_token", "<s>");
        variables.put("eos_token", "</s>");
        if (tools) {
            variables.put("tools", List.of(dict("type", "function", "function", dict("name", "weather", "description",
                    "Tells the \"weather\" é", "parameters", dict("type", "object", "properties",
                            dict("place", dict("type", "string"), "days", dict("type", "integer", "default", 1)),
                            "required", List.of("place"))))));
        } else {
            variables.put("tools", null);
        }
        return variables;
    }

    private static Map<String, Object> call() {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("role", "assistant");
        turn.put("content", "");
        turn.put("tool_calls", List.of(dict("id", "call12345", "type", "function", "function",
                dict("name", "weather", "arguments", dict("place", "Köln", "days", 2, "exact", 0.5, "now", true)))));
        return turn;
    }

    private static Map<String, Object> user(String text) {
        return turn("user", text);
    }

    private static Map<String, Object> answer(String text) {
        return turn("assistant", text);
    }

    private static Map<String, Object> turn(String role, String text) {
        return dict("role", role, "content", text);
    }

    private static Map<String, Object> dict(Object... pairs) {
        Map<String, Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            dict.put(Arrays.asList(pairs).get(i).toString(), pairs[i + 1]);
        }
        return dict;
    }
}
