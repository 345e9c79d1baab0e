package preflab.datasets.importer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Source;

/** One row of a file while it is read as one format. */
public final class Row {

    private final Layout layout;
    private final JsonNode node;
    private final long number;
    private final ExampleId id;
    private final Consumer<Problem> notes;

    Row(Layout layout, Head.Sample sample, ExampleId id, Consumer<Problem> notes) {
        this.layout = layout;
        this.node = sample.node();
        this.number = sample.number();
        this.id = id;
        this.notes = notes;
    }

    ExampleId id() {
        return id;
    }

    Layout layout() {
        return layout;
    }

    String column(Field field) {
        return layout.column(field);
    }

    /** The cell, or null when it is missing or JSON's null. */
    JsonNode optional(Field field) {
        JsonNode cell = layout.has(field) ? node.get(layout.column(field)) : null;
        return cell == null || cell.isNull() ? null : cell;
    }

    /** The cell; a row without it is bad. */
    JsonNode required(Field field) {
        JsonNode cell = optional(field);
        if (cell == null) {
            throw new BadRow(column(field), "is missing");
        }
        return cell;
    }

    /** The cell, which must be a list with something in it. */
    JsonNode requiredList(Field field) {
        JsonNode cell = required(field);
        if (!cell.isArray() || cell.isEmpty()) {
            throw new BadRow(column(field),
                    cell.isArray() ? "is an empty list" : "is " + Clip.value(cell) + ", not a list");
        }
        return cell;
    }

    /** Remarks on a row that is taken all the same. */
    void note(String column, String remark) {
        notes.accept(new Problem(number, column, remark));
    }

    /** Every cell, for formats whose columns have names of their own (one per model). */
    Set<Map.Entry<String, JsonNode>> cells() {
        return node.properties();
    }

    /** File, row number and the columns that no field reads, as JSON text. */
    Source source() {
        return source(_ -> true);
    }

    /** The same without the cells that are not wanted. */
    Source source(Predicate<JsonNode> wanted) {
        Map<String, String> side = new HashMap<>();
        for (Map.Entry<String, JsonNode> cell : node.properties()) {
            if (!layout.isUsed(cell.getKey()) && !cell.getKey().equals(RejectedRows.REASON)
                    && wanted.test(cell.getValue())) {
                side.put(cell.getKey(), cell.getValue().toString());
            }
        }
        return new Source(layout.head().fileName(), number, side);
    }

    /** The same with the cells of these fields too, where reading them does not use them up. */
    Source sourceWith(Field... fields) {
        Map<String, String> side = new HashMap<>(source().side());
        for (Field field : fields) {
            side.put(column(field), required(field).toString());
        }
        return new Source(layout.head().fileName(), number, side);
    }

    static List<Field> fields(Field... fields) {
        return List.of(fields);
    }
}
