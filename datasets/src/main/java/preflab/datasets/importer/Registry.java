package preflab.datasets.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Kind;

/**
 * {@code dataset_info.json} beside a file (LLaMA-Factory): which columns hold what. Its words are {@code ranking},
 * {@code formatting} (alpaca or sharegpt), {@code columns} and {@code tags} (what messages call their parts); a column
 * it does not name has the formatting's usual name and is looked for under that. A hint like any other: where it does
 * not fit the file, the file itself decides.
 */
final class Registry {

    static final String NAME = "dataset_info.json";

    private static final long LARGEST = 2 << 20;
    /** The registry's names of columns that are fields of their own here. */
    private static final Map<String, String> FIELDS = Map.of("prompt", "prompt", "query", "input", "response",
            "completion", "system", "system", "history", "history", "chosen", "chosen", "rejected", "rejected",
            "kto_tag", "label");
    /** Columns whose contents are no texts. */
    private static final List<String> MEDIA = List.of("images", "videos", "audios");

    private Registry() {
    }

    /** What the registry beside this file says of it, as far as the file has those columns. */
    static Optional<Hints> beside(Path file, Head head) {
        return entry(file).filter(entry -> MEDIA.stream().noneMatch(entry.path("columns")::has))
                .map(entry -> hints(entry, head));
    }

    /** What the file's messages call their parts, where the registry beside it says so. */
    static Optional<MessageTags> tags(Path file) {
        return entry(file).filter(entry -> entry.path("tags").isObject()).map(entry -> {
            JsonNode columns = entry.path("columns");
            return MessageTags.of(entry.get("tags"), List.of(columns.path("messages").asText("conversations"),
                    columns.path("chosen").asText("chosen"), columns.path("rejected").asText("rejected")));
        });
    }

    private static Optional<JsonNode> entry(Path file) {
        Path registry = file.resolveSibling(NAME);
        try {
            if (!Files.isRegularFile(registry) || Files.size(registry) > LARGEST || registry.equals(file)) {
                return Optional.empty();
            }
            String name = String.valueOf(file.getFileName());
            return Json.mapper().readTree(Files.readAllBytes(registry)).valueStream()
                    .filter(entry -> entry.path("file_name").asText().equals(name)).findFirst();
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return Optional.empty(); // a broken neighbour says nothing
        }
    }

    private static Hints hints(JsonNode entry, Head head) {
        boolean ranking = entry.path("ranking").asBoolean();
        boolean judged = entry.path("columns").has("kto_tag");
        Map<String, String> mapping = new HashMap<>();
        entry.path("columns").properties().forEach(column -> {
            String field = column.getKey().equals("messages")
                    ? ranking ? "prompt" : "messages"
                    : FIELDS.get(column.getKey());
            if (field != null && head.has(column.getValue().asText())) {
                mapping.put(field, column.getValue().asText());
            }
        });
        return new Hints(Optional.of(ranking ? Kind.PAIRED : judged ? Kind.UNPAIRED : Kind.SFT),
                new FieldMapping(mapping));
    }
}
