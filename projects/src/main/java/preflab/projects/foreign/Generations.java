package preflab.projects.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.eval.Answers;
import preflab.engine.eval.FinalAnswer;
import preflab.engine.metric.Metrics;
import preflab.engine.train.Sample;
import preflab.projects.store.ImportedRun;

/**
 * Generated answers, one object a line or a list of objects: {@code prompt} (or {@code instruction},
 * {@code question}, {@code input}) and {@code completion} (or {@code output}, {@code response}, {@code generation},
 * {@code answer}, {@code prediction}). With a version of held-out problems each prompt must be one of theirs; the answer
 * is judged by theirs, and stands beside those of our runs.
 */
final class Generations {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<String> PROMPTS = List.of("prompt", "instruction", "question", "input");
    private static final List<String> COMPLETIONS = List.of("completion", "output", "response", "generation", "answer",
            "prediction");
    private static final List<String> EXPECTED = List.of("expected", "reference_answer", "solution", "ground_truth");

    private final Path file;
    private final Map<String, Deque<PreferenceExample>> problems = new HashMap<>();
    private final List<Sample> answers = new ArrayList<>();
    private int strangers;
    private String stranger = "";

    private Generations(Path file, Optional<ExampleView> heldOut) {
        this.file = file;
        heldOut.ifPresent(view -> {
            for (int row = 0; row < view.size(); row++) {
                PreferenceExample example = view.get(row);
                problems.computeIfAbsent(example.prompt().text().strip(), key -> new ArrayDeque<>()).add(example);
            }
        });
    }

    /** What was asked, in order; empty where the first object has no prompt and completion. */
    static List<String> prompts(byte[] bytes) throws IOException {
        List<String> prompts = new ArrayList<>();
        try (MappingIterator<JsonNode> rows = JSON.readerFor(JsonNode.class).readValues(bytes)) {
            while (rows.hasNext()) {
                JsonNode next = rows.next();
                if (prompts.isEmpty() && text(next, COMPLETIONS).isEmpty()) {
                    return List.of();
                }
                text(next, PROMPTS).ifPresent(prompts::add);
            }
        }
        return prompts;
    }

    /** The answers as a run of one step. */
    static Found read(Path file, byte[] bytes, Optional<ExampleView> heldOut) throws IOException {
        Generations generations = new Generations(file, heldOut);
        String generator = "";
        int row = 0;
        try (MappingIterator<JsonNode> rows = JSON.readerFor(JsonNode.class).readValues(bytes)) {
            while (rows.hasNext()) {
                JsonNode next = rows.next();
                generator = generator.isEmpty() ? next.path("generator").asText("") : generator;
                generations.add(row++, next);
            }
        }
        return generations.found(generator, heldOut);
    }

    private void add(int row, JsonNode object) {
        String prompt = text(object, PROMPTS).orElseThrow(() -> missing(row, "prompt", PROMPTS));
        String completion = text(object, COMPLETIONS).orElseThrow(() -> missing(row, "completion", COMPLETIONS));
        if (problems.isEmpty()) {
            Optional<String> expected = carried(object);
            Optional<Boolean> told = object.path("correct").isBoolean()
                    ? Optional.of(object.path("correct").asBoolean())
                    : expected.map(right -> FinalAnswer.isRight(completion, right));
            answers.add(new Sample(row, prompt, completion, expected, told));
            return;
        }
        Deque<PreferenceExample> asked = problems.get(prompt.strip());
        if (asked == null || asked.isEmpty()) {
            strangers++;
            stranger = stranger.isEmpty() ? prompt : stranger;
            return;
        }
        PreferenceExample problem = asked.removeFirst();
        Optional<String> expected = Answers.expected(problem).or(() -> carried(object));
        answers.add(new Sample(problem.id().index(), problem.prompt().text(), completion, expected,
                expected.map(right -> FinalAnswer.isRight(completion, right))));
    }

    /** The right answer as the object itself tells it. */
    private static Optional<String> carried(JsonNode object) {
        return text(object, EXPECTED).map(solution -> FinalAnswer.of(solution).orElse(solution.strip()));
    }

    private Found found(String generator, Optional<ExampleView> heldOut) {
        heldOut.filter(view -> strangers > 0).ifPresent(view -> {
            throw ForeignImport.bad(file, strangers + " of its prompts are none of " + view.version().display()
                    + ", or more often than there; the first: \"" + brief(stranger) + "\"");
        });
        Curves curves = new Curves();
        if (heldOut.isEmpty()) {
            judged(answers).forEach((metric, value) -> curves.add(1, metric, value));
        }
        String stem = file.getFileName().toString();
        String name = stem.contains(".") ? stem.substring(0, stem.indexOf('.')) : stem;
        return new Found(generator.isEmpty() ? name : generator, curves, Map.of(),
                generator.isEmpty() ? ImportedRun.UNKNOWN : generator, List.copyOf(answers),
                heldOut.map(ExampleView::version));
    }

    /** Accuracy and number of the judged ones; empty where none is judged. */
    static Map<String, Double> judged(List<Sample> answers) {
        double[] right = answers.stream().flatMap(answer -> answer.correct().stream())
                .mapToDouble(correct -> correct ? 1 : 0).toArray();
        return right.length == 0
                ? Map.of()
                : Map.of(Metrics.EVAL_ACCURACY, Arrays.stream(right).average().orElseThrow(), Metrics.EVAL_COUNT,
                        (double) right.length);
    }

    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private RuntimeException missing(int row, String what, List<String> names) {
        return ForeignImport.bad(file, "object " + (row + 1) + " has no " + what + "; it is looked for under "
                + String.join(", ", names));
    }

    private static Optional<String> text(JsonNode object, List<String> names) {
        return names.stream().map(object::path).filter(JsonNode::isTextual).map(JsonNode::asText).findFirst();
    }
}
