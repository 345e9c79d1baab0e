package preflab.engine.template;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chat template: the Jinja that transformers' {@code apply_chat_template} runs, with {@code trim_blocks},
 * {@code lstrip_blocks}, loop controls, {@code tojson} without HTML escapes, {@code raise_exception} and
 * {@code strftime_now}. Renders byte for byte as the reference does, or throws. Immutable and thread-safe.
 */
public final class Template {

    private final Statement.Block body;

    private Template(Statement.Block body) {
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException
     *             with line and column, for what is no Jinja or not supported
     */
    public static Template parse(String source) {
        try {
            return new Template(new Parser(Splitter.split(source)).template());
        } catch (Fault fault) {
            throw fault.at(new Place(1, 1));
        }
    }

    /**
     * The text for these variables.
     *
     * @param variables
     *            by name: strings, booleans, whole numbers ({@code Integer}, {@code Long}), doubles, lists, maps with
     *            string keys; null is {@code None}
     * @param now
     *            what {@code strftime_now} tells
     * @throws TemplateException
     *             with line and column, if the template fails, needs what is not supported or refuses its input
     */
    public String render(Map<String, ?> variables, LocalDateTime now) {
        Map<String, Object> values = new LinkedHashMap<>(Globals.at(now));
        variables.forEach((name, value) -> values.put(name, valueOf(value)));
        Scope scope = Scope.of(values);
        Output out = new Output();
        try {
            body.render(scope.inner(), out);
        } catch (Fault fault) {
            throw fault.at(scope.progress().place());
        }
        return out.text();
    }

    private static Object valueOf(Object value) {
        return switch (value) {
            case null -> Nothing.NONE;
            case Integer number -> number.longValue();
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(valueOf(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                map.forEach((key, entry) -> entries.put(key, valueOf(entry)));
                yield entries;
            }
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Double number -> number;
            default -> throw new IllegalArgumentException("no template value: " + value.getClass());
        };
    }
}
