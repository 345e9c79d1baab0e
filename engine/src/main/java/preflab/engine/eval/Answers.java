package preflab.engine.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Generator;
import preflab.engine.model.Policy;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;

/** Lets a policy answer the prompts of held-out rows, and compares final answers. */
public final class Answers {

    private Answers() {
    }

    /** The right final answer ({@code #### 55}) that a row's own right completion ends in, where it has one. */
    public static Optional<String> expected(PreferenceExample example) {
        return switch (example) {
            case Demonstration e -> FinalAnswer.of(e.completion().text());
            case Paired e -> FinalAnswer.of(e.chosen().text());
            case Unpaired e -> e.accepted() ? FinalAnswer.of(e.completion().text()) : Optional.empty();
            case Stepwise e -> e.answerCorrect().orElse(false) ? FinalAnswer.of(e.answer()) : Optional.empty();
            case Ranked e -> Optional.empty();
            case Unlabelled e -> Optional.empty();
            case Unlearning e -> Optional.empty();
            case PromptOnly e -> Optional.empty();
        };
    }

    /**
     * The policy's greedy answers, in the rows' order. Prompts too long for the model lose their start.
     *
     * @param goOn
     *            asked between tokens; once false, what is there is returned as if it were complete
     */
    public static List<Answer> greedy(Policy policy, TextTokenizer tokenizer, List<PreferenceExample> rows,
            int maxNewTokens, BooleanSupplier goOn) {
        return drawn(policy, tokenizer, rows, SamplerSettings.greedy(maxNewTokens), Stops.of(tokenizer, List.of()),
                (done, total) -> goOn.getAsBoolean());
    }

    /** The policy's answers as these settings draw them, up to what stops them, in the rows' order. */
    public static List<Answer> drawn(Policy policy, TextTokenizer tokenizer, List<PreferenceExample> rows,
            SamplerSettings settings, Stops stops, Generator.Listener listener) {
        int positions = policy.config().maxPositions();
        int wanted = Math.min(settings.maxNewTokens(), positions / 2); // a generous limit costs no prompt
        int room = Math.max(1, positions - wanted);
        List<int[]> prompts = rows.stream().map(row -> fitting(tokenizer.encodePrompt(row.prompt()), room)).toList();
        List<int[]> completions = Generator.generate(policy, prompts, settings, stops, Generator.BATCH_SIZE,
                listener);
        List<Answer> answers = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String completion = stops.cut(tokenizer.decodeContinuation(prompts.get(i), completions.get(i)));
            answers.add(answer(rows.get(i), completion));
        }
        return answers;
    }

    private static int[] fitting(int[] prompt, int room) {
        return prompt.length <= room ? prompt : Arrays.copyOfRange(prompt, prompt.length - room, prompt.length);
    }

    private static Answer answer(PreferenceExample row, String completion) {
        Content prompt = row.prompt();
        Optional<String> expected = expected(row);
        return new Answer(row.id().index(), prompt.text(), completion, expected,
                expected.map(right -> FinalAnswer.isRight(completion, right)));
    }

    /** The share of right answers among those that can be judged; empty if none can. */
    public static OptionalDouble accuracy(List<Answer> answers) {
        return answers.stream().flatMap(answer -> answer.correct().stream()).mapToDouble(right -> right ? 1 : 0)
                .average();
    }
}
