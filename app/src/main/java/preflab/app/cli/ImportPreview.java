package preflab.app.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Detection;
import preflab.datasets.importer.Hints;
import preflab.datasets.importer.ImportDraft;
import preflab.datasets.importer.PreviewRow;
import preflab.datasets.store.ExampleJson;

/** What a file is found to be, and three of its rows beside what they would become. */
final class ImportPreview {

    private static final int ROWS = 3;
    /** Characters of a cell or an example that a person sees. */
    private static final int WIDTH = 300;

    private ImportPreview() {
    }

    static void print(ImportDraft draft, Hints hints, Output output) {
        Detection found = draft.detect(hints);
        output.json(json(found));
        output.text(found.kind().map(Kind::id).orElse("unknown") + ": " + found.reason());
        new TreeMap<>(found.mapping().columns())
                .forEach((field, column) -> output.text("  " + field + " = " + column));
        for (PreviewRow row : draft.preview(hints, ROWS)) {
            output.json(json(row));
            output.text("row " + row.row());
            row.cells().forEach((column, cell) -> output.text("  " + column + ": " + clipped(cell)));
            row.problem().ifPresent(problem -> output.text("  rejected: " + problem.field() + " " + problem.problem()));
            row.examples().stream().limit(1).forEach(example -> output.text("  becomes " + clipped(text(example))
                    + (row.examples().size() > 1 ? " and " + (row.examples().size() - 1) + " more" : "")));
        }
    }

    private static Map<String, Object> json(Detection found) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", found.kind().map(Kind::id).orElse("unknown"));
        row.put("format", found.format());
        row.put("reason", found.reason());
        row.put("columns", found.columns());
        row.put("mapping", new TreeMap<>(found.mapping().columns()));
        return row;
    }

    private static Map<String, Object> json(PreviewRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", row.row());
        json.put("cells", row.cells());
        json.put("examples", row.examples().stream().map(ImportPreview::text).toList());
        json.put("problems", row.problem().map(ImportCommand::json).map(List::of).orElse(List.of()));
        return json;
    }

    private static String text(PreferenceExample example) {
        return new String(ExampleJson.encode(example), StandardCharsets.UTF_8);
    }

    private static String clipped(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }
}
