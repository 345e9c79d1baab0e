package preflab.datasets.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
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

/** From canonical JSON back to rows; the other half of {@link ExampleJson}. */
final class ExampleReader {

    private ExampleReader() {
    }

    static PreferenceExample read(Kind kind, JsonNode row, ExampleId id, Source source) {
        Content prompt = content(row.required("prompt"));
        return switch (kind) {
            case PAIRED ->
                new Paired(id, prompt, content(row.required("chosen")), content(row.required("rejected")), source);
            case UNPAIRED -> new Unpaired(id, prompt, content(row.required("completion")),
                    row.required("label").booleanValue(), source);
            case RANKED -> new Ranked(id, prompt, candidates(row), source);
            case STEPWISE -> new Stepwise(id, prompt, steps(row), answerCorrect(row), source);
            case UNLABELLED -> new Unlabelled(id, prompt, contents(row.required("completions")), source);
            case FORGET_RETAIN -> new Unlearning(id, prompt, content(row.required("completion")),
                    row.required("forget").booleanValue(), source);
            case SFT -> new Demonstration(id, prompt, content(row.required("completion")), source);
            case PROMPTS -> new PromptOnly(id, prompt, source);
        };
    }

    private static Optional<Boolean> answerCorrect(JsonNode row) {
        return Optional.ofNullable(row.get("answer_correct")).map(JsonNode::booleanValue);
    }

    private static List<Ranked.Candidate> candidates(JsonNode row) {
        List<Content> completions = contents(row.required("completions"));
        JsonNode scores = row.required("scores");
        List<Ranked.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            JsonNode score = scores.required(i);
            candidates.add(new Ranked.Candidate(completions.get(i),
                    score.isTextual() ? Double.parseDouble(score.textValue()) : score.doubleValue()));
        }
        return candidates;
    }

    private static List<Step> steps(JsonNode row) {
        JsonNode texts = row.required("completions");
        JsonNode labels = row.required("labels");
        JsonNode values = row.path("q");
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            JsonNode q = values.path(i);
            steps.add(new Step(texts.get(i).textValue(), label(labels.required(i)),
                    q.isNumber() ? OptionalDouble.of(q.doubleValue()) : OptionalDouble.empty()));
        }
        return steps;
    }

    private static StepLabel label(JsonNode node) {
        if (node.isNull()) {
            return StepLabel.UNMARKED;
        }
        return switch (node.intValue()) {
            case 1 -> StepLabel.GOOD;
            case 0 -> StepLabel.NEUTRAL;
            default -> StepLabel.BAD;
        };
    }

    private static List<Content> contents(JsonNode list) {
        List<Content> contents = new ArrayList<>();
        list.forEach(node -> contents.add(content(node)));
        return contents;
    }

    private static Content content(JsonNode node) {
        if (node.isTextual()) {
            return Content.of(node.textValue());
        }
        List<Message> messages = new ArrayList<>();
        node.forEach(m -> messages.add(new Message(m.required("role").textValue(), m.required("content").textValue())));
        return Content.of(messages);
    }
}
