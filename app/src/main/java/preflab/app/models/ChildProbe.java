package preflab.app.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import preflab.projects.run.SelfLauncher;

/** Runs {@code generate} or {@code logprobs} in a process of its own and reads the JSON it prints. */
public final class ChildProbe implements PromptProbe {

    private static final int PATIENCE_MINUTES = 20;

    /** Made when a model is first asked: it takes a tenth of a second, which opening a project need not wait for. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    @Override
    public Scored ask(ModelEntry model, Question question) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("preflab-ask");
        Path log = folder.resolve("output");
        Path rows = folder.resolve("rows.jsonl");
        try {
            List<String> arguments = new ArrayList<>();
            if (question.completion().isEmpty()) {
                arguments.addAll(List.of("generate", "--json", "--model", model.folder().toString()));
                arguments.addAll(question.arguments());
            } else {
                Files.writeString(rows, row(question), StandardCharsets.UTF_8);
                arguments.addAll(List.of("logprobs", "--json", "--texts", "--model", model.folder().toString(),
                        "--input", rows.toString()));
            }
            return parse(model.title(), run(arguments, log), question);
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(rows);
            Files.deleteIfExists(folder);
        }
    }

    private static List<String> run(List<String> arguments, Path log) throws IOException, InterruptedException {
        Process process = SelfLauncher.thisProgram().start(arguments, log, Map.of());
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("the model gave no answer within " + PATIENCE_MINUTES + " minutes");
            }
        } finally {
            process.destroy(); // harmless when it is over; a window that closes does not wait
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(lines.isEmpty() ? "the model's process failed without a word" : lines.getLast());
        }
        return lines;
    }

    private static String row(Question question) throws IOException {
        Object prompt = question.chat()
                ? List.of(Map.of("role", "user", "content", question.prompt()))
                : question.prompt();
        return Json.MAPPER.writeValueAsString(Map.of("prompt", prompt, "completion", question.completion()));
    }

    /** The last line that is a JSON object; libraries may have written other lines. */
    static Scored parse(String model, List<String> lines, Question question) throws IOException {
        String last = lines.reversed().stream().filter(line -> line.startsWith("{")).findFirst()
                .orElseThrow(() -> new IOException("the model's process said: " + String.join(" / ", lines)));
        JsonNode answer = Json.MAPPER.readTree(last);
        List<String> pieces = new ArrayList<>();
        answer.path("texts").forEach(piece -> pieces.add(piece.asText()));
        List<Double> logProbs = new ArrayList<>();
        answer.path("logprobs").forEach(value -> logProbs.add(value.asDouble()));
        return new Scored(model, answer.path("text").asText(question.completion()), pieces, logProbs);
    }
}
