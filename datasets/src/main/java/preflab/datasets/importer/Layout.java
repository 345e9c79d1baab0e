package preflab.datasets.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** Which column of this file each field of one format is read from, and what the file's first rows hold. */
public final class Layout {

    private final Head head;
    private final Map<Field, String> columns = new LinkedHashMap<>();
    private final Map<Field, Cutoff> cutoffs = new LinkedHashMap<>();
    private final Set<String> used;

    private Layout(Head head, List<Field> fields, FieldMapping mapping) {
        this.head = head;
        for (Field field : fields) {
            mapping.column(field.id()).ifPresent(given -> bind(field, given));
        }
        for (Field field : fields) {
            if (!columns.containsKey(field)) {
                bindByName(field);
            }
        }
        this.used = columns.entrySet().stream().filter(entry -> !cutoffs.containsKey(entry.getKey()))
                .map(Map.Entry::getValue).collect(Collectors.toSet()); // ratings are kept beside the verdict
    }

    private void bind(Field field, String given) {
        Optional<Cutoff> cutoff = head.has(given) ? Optional.empty() : Cutoff.of(given);
        cutoff.ifPresent(ratings -> cutoffs.put(field, ratings));
        columns.put(field, cutoff.map(Cutoff::column).orElse(given));
    }

    static Layout of(Head head, List<Field> fields, FieldMapping mapping) {
        return new Layout(head, fields, mapping);
    }

    boolean has(Field field) {
        return columns.containsKey(field);
    }

    /** Whether the field's column is there and some of its cells hold this. */
    boolean holds(Field field, Shape shape) {
        return has(field) && head.shapes(columns.get(field)).contains(shape);
    }

    /** The column of a field; the field's own name where it has none, for messages. */
    String column(Field field) {
        return columns.getOrDefault(field, field.id());
    }

    /** Whether some sampled cell of this field's column holds this number, at any depth of one list. */
    boolean holdsNumber(Field field, double number) {
        for (Head.Sample sample : head.samples()) {
            for (JsonNode item : sample.node().path(column(field))) {
                if (item.isNumber() && item.doubleValue() == number) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the field has a column and this is so of some sampled cell of it. */
    boolean anyCell(Field field, Predicate<JsonNode> test) {
        return has(field)
                && head.samples().stream().anyMatch(sample -> test.test(sample.node().path(columns.get(field))));
    }

    /** The least good rating, where the field's column holds ratings. */
    Optional<Cutoff> cutoff(Field field) {
        return Optional.ofNullable(cutoffs.get(field));
    }

    boolean isUsed(String column) {
        return used.contains(column);
    }

    Head head() {
        return head;
    }

    FieldMapping mapping() {
        Map<String, String> mapping = new LinkedHashMap<>();
        columns.forEach((field, column) -> mapping.put(field.id(),
                cutoff(field).map(Cutoff::written).orElse(column)));
        return new FieldMapping(mapping);
    }

    private void bindByName(Field field) {
        if (!field.beside().isEmpty() && !columns.containsValue(field.beside())) {
            return;
        }
        for (String name : field.names()) {
            boolean fits = head.shapes(name).stream().anyMatch(field.shapes()::contains);
            if (fits && !columns.containsValue(name)) {
                columns.put(field, name);
                return;
            }
        }
    }
}
