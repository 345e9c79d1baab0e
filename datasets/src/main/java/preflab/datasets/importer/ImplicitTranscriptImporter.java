package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * HH-RLHF: chosen and rejected hold whole transcripts ({@code \n\nHuman: … \n\nAssistant: …}); the common first turns
 * are the prompt. What follows a speaker's colon is kept as it is, with its leading space. A row whose sides part
 * before the last turn is taken, with a note; empty answers and equal sides are rejected.
 */
record ImplicitTranscriptImporter() implements RowImporter {

    @Override
    public String id() {
        return "paired-transcripts";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "chosen, rejected: transcripts with Human: and Assistant: turns";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.CHOSEN, Field.REJECTED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.holds(Field.CHOSEN, Shape.TRANSCRIPT) && layout.holds(Field.REJECTED, Shape.TRANSCRIPT),
                "chosen and rejected transcripts that share their first turns");
    }

    @Override
    public Paired read(Row row) {
        return Conversations.pair(row, turns(row, Field.CHOSEN), turns(row, Field.REJECTED));
    }

    private static Side turns(Row row, Field field) {
        JsonNode cell = row.required(field);
        String column = row.column(field);
        if (!cell.isTextual()) {
            throw new BadRow(column, "is " + Clip.value(cell) + ", not a transcript");
        }
        return new Side(column, Content.of(Transcripts.turns(Contents.text(cell.textValue(), column), column)));
    }
}
