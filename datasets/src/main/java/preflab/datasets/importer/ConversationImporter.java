package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;

/**
 * Conversations to imitate (messages, or ShareGPT's conversations): the last message is the answer and must be the
 * model's; what comes before it is the prompt.
 */
record ConversationImporter() implements RowImporter {

    private static final Set<String> TOOLS = Set.of("tool", "function", "function_call", "observation");

    @Override
    public String id() {
        return "sft-conversations";
    }

    @Override
    public Kind kind() {
        return Kind.SFT;
    }

    @Override
    public String summary() {
        return "messages";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.MESSAGES, Field.SYSTEM);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.MESSAGES), "conversations, whose last turn is taken as a demonstration"
                + (layout.anyCell(Field.MESSAGES, ConversationImporter::callsTools)
                        ? "; some call tools, and what tools were asked and said stays in the prompt"
                        : ""));
    }

    private static boolean callsTools(JsonNode messages) {
        return messages.valueStream().anyMatch(message -> message.has("tool_calls")
                || TOOLS.contains(message.path("role").asText(message.path("from").asText())));
    }

    @Override
    public Demonstration read(Row row) {
        LastTurn turns = LastTurn.of(row);
        return new Demonstration(row.id(), turns.prompt(), turns.completion(), row.source());
    }
}
