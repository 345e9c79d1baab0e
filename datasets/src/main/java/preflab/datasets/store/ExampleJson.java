package preflab.datasets.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/**
 * The canonical JSON of a row, in the columns the field has agreed on: {@code prompt}, {@code chosen},
 * {@code rejected}, {@code completion}, {@code label}, {@code completions}, {@code labels}, {@code scores}. A text is
 * a string, a conversation a list of {@code {"role","content"}}. Step labels are 1, 0, −1 and null (unmarked); Q
 * values stand in {@code q} where any step has one, {@code answer_correct} only where it is known. Equal rows give
 * equal bytes, and reading back gives an equal row; id and source are kept beside it, not in it.
 */
public final class ExampleJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build()).build();
    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);

    private ExampleJson() {
    }

    /** One JSON object, UTF-8, without line breaks. */
    public static byte[] encode(PreferenceExample example) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            write(out, "prompt", example.prompt());
            writeRest(out, example);
            out.writeEndObject();
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "a row cannot be written as JSON: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** The row of this kind that {@link #encode} wrote. */
    public static PreferenceExample decode(Kind kind, byte[] json, ExampleId id, Source source) {
        try {
            return ExampleReader.read(kind, MAPPER.readTree(json), id, source);
        } catch (IOException | RuntimeException e) {
            throw new DatasetException(Code.STORAGE, "row " + id.index() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** A JSON string with its quotes. */
    static String quoted(String text) {
        try {
            return new String(MAPPER.writeValueAsBytes(text), StandardCharsets.UTF_8); // escapes as rows are escaped
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "a text cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    /** Side columns as one JSON object of strings, sorted by name. */
    static String encodeSide(Map<String, String> side) throws IOException {
        return MAPPER.writeValueAsString(new TreeMap<>(side));
    }

    static Map<String, String> decodeSide(String json) {
        Map<String, String> side = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
                side.put(entry.getKey(), entry.getValue().textValue());
            }
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "side columns are damaged: " + e.getMessage(), e);
        }
        return side;
    }

    private static void writeRest(JsonGenerator out, PreferenceExample example) throws IOException {
        switch (example) {
            case Paired row -> {
                write(out, "chosen", row.chosen());
                write(out, "rejected", row.rejected());
            }
            case Unpaired row -> {
                write(out, "completion", row.completion());
                out.writeBooleanField("label", row.accepted());
            }
            case Ranked row -> writeCandidates(out, row.candidates());
            case Stepwise row -> writeSteps(out, row);
            case Unlabelled row -> writeList(out, "completions", row.completions());
            case Unlearning row -> {
                write(out, "completion", row.completion());
                out.writeBooleanField("forget", row.forget());
            }
            case Demonstration row -> write(out, "completion", row.completion());
            case PromptOnly _ -> {
                // the prompt is all there is
            }
        }
    }

    private static void writeCandidates(JsonGenerator out, List<Ranked.Candidate> candidates) throws IOException {
        writeList(out, "completions", candidates.stream().map(Ranked.Candidate::completion).toList());
        out.writeArrayFieldStart("scores");
        for (Ranked.Candidate candidate : candidates) {
            out.writeNumber(candidate.score()); // NaN and infinities become strings
        }
        out.writeEndArray();
    }

    private static void writeSteps(JsonGenerator out, Stepwise row) throws IOException {
        out.writeArrayFieldStart("completions");
        for (Step step : row.steps()) {
            out.writeString(step.text());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("labels");
        for (Step step : row.steps()) {
            write(out, step.label());
        }
        out.writeEndArray();
        if (row.steps().stream().anyMatch(step -> step.q().isPresent())) {
            out.writeArrayFieldStart("q");
            for (Step step : row.steps()) {
                write(out, step.q());
            }
            out.writeEndArray();
        }
        if (row.answerCorrect().isPresent()) {
            out.writeBooleanField("answer_correct", row.answerCorrect().get());
        }
    }

    private static void write(JsonGenerator out, StepLabel label) throws IOException {
        switch (label) {
            case GOOD -> out.writeNumber(1);
            case NEUTRAL -> out.writeNumber(0);
            case BAD -> out.writeNumber(-1);
            case UNMARKED -> out.writeNull();
        }
    }

    private static void write(JsonGenerator out, OptionalDouble q) throws IOException {
        if (q.isPresent()) {
            out.writeNumber(q.getAsDouble());
        } else {
            out.writeNull();
        }
    }

    private static void writeList(JsonGenerator out, String field, List<Content> contents) throws IOException {
        out.writeArrayFieldStart(field);
        for (Content content : contents) {
            write(out, content);
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, String field, Content content) throws IOException {
        out.writeFieldName(field);
        write(out, content);
    }

    private static void write(JsonGenerator out, Content content) throws IOException {
        switch (content) {
            case Content.Plain plain -> out.writeString(plain.text());
            case Content.Chat chat -> {
                out.writeStartArray();
                for (Message message : chat.messages()) {
                    out.writeStartObject();
                    out.writeStringField("role", message.role());
                    out.writeStringField("content", message.content());
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
        }
    }
}
