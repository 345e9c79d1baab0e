package preflab.datasets.importer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The first rows of a file and the union of their columns: all that detection looks at. */
public final class Head {

    /** Rows looked at. */
    static final int ROWS = 300;
    /** Bytes of the file looked at (one row is always read whole). */
    static final long BYTES = 4L << 20;

    /** One row of the head. */
    record Sample(long number, JsonNode node) {
    }

    private final String fileName;
    private final String container;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Set<Shape>> columns = new LinkedHashMap<>();
    private final Set<String> jsonTexts = new LinkedHashSet<>();
    private final Optional<MessageTags> tags;

    private Head(String fileName, String container, Optional<MessageTags> tags) {
        this.fileName = fileName;
        this.container = container;
        this.tags = tags;
    }

    static Head of(DataFile file) throws IOException {
        Head head = new Head(file.name(), file.container().words(), Optional.empty());
        try (RowSource rows = file.open(Progress.NONE)) {
            while (head.samples.size() + head.problems.size() < ROWS && rows.bytes() < BYTES && rows.next()) {
                head.take(rows);
            }
        }
        head.findShapes();
        return head;
    }

    /** The same rows, their messages read by these names. */
    Head with(MessageTags names) {
        Head head = new Head(fileName, container, Optional.of(names));
        samples.forEach(sample -> head.samples.add(new Sample(sample.number(), sample.node().deepCopy())));
        head.problems.addAll(problems);
        head.findShapes();
        return head;
    }

    /** The file's name without folders. */
    String fileName() {
        return fileName;
    }

    /** For people: {@code JSON Lines}. */
    String container() {
        return container;
    }

    List<Sample> samples() {
        return samples;
    }

    /** Rows of the head that are no JSON objects. */
    List<Problem> problems() {
        return problems;
    }

    List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** What the cells of a column hold; nothing for a column that is not there. */
    Set<Shape> shapes(String column) {
        return columns.getOrDefault(column, Set.of());
    }

    /** Columns with what they hold, for a message. */
    String describeColumns() {
        List<String> words = new ArrayList<>();
        columns.forEach((name, shapes) -> words.add(Clip.text(name) + " ("
                + String.join(", ", shapes.stream().map(Shape::words).toList()) + ")"));
        return words.size() <= 20
                ? String.join(", ", words)
                : String.join(", ", words.subList(0, 20)) + " and " + (words.size() - 20) + " more";
    }

    private void take(RowSource rows) {
        if (rows.node() == null) {
            problems.add(rows.problem());
            return;
        }
        samples.add(new Sample(rows.number(), rows.node()));
    }

    /**
     * The row with conversations that its columns hold as JSON texts, as conversations, and with the usual names of
     * roles. The row itself is changed.
     */
    JsonNode unwrapped(JsonNode row) {
        for (String column : jsonTexts) {
            JsonNode cell = row.path(column);
            if (cell.isTextual()) {
                ((ObjectNode) row).set(column, CellType.JSON.cell(cell.textValue()));
            }
        }
        tags.ifPresent(names -> names.apply(row));
        return row;
    }

    private void findShapes() {
        Set<String> names = new LinkedHashSet<>();
        samples.forEach(sample -> sample.node().fieldNames().forEachRemaining(names::add));
        names.stream().filter(this::holdsJsonTexts).forEach(jsonTexts::add);
        for (Sample sample : samples) {
            for (Map.Entry<String, JsonNode> cell : unwrapped(sample.node()).properties()) {
                columns.computeIfAbsent(cell.getKey(), _ -> EnumSet.noneOf(Shape.class)).add(Shape.of(cell.getValue()));
            }
        }
    }

    private boolean holdsJsonTexts(String column) {
        List<JsonNode> cells = samples.stream().map(sample -> sample.node().path(column))
                .filter(cell -> !cell.isMissingNode() && !cell.isNull()).toList();
        return !cells.isEmpty() && cells.stream()
                .allMatch(cell -> cell.isTextual() && CellType.holdsMessages(cell.textValue()));
    }
}
