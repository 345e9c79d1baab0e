package preflab.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.sample.CharTokenizer;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.eval.RowJudge.Verdict;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.model.ValueHead;
import preflab.engine.tensor.Torch;

/** Against plain arithmetic on one row at a time, by way of the model's and the head's own methods. */
class RowJudgeTest {

    private static final Source SOURCE = new Source("test", 1);
    private static final Content PROMPT = Content.of("1+2+3=");

    @TempDir
    static Path folder;
    private static Path model;
    private static Path reference;
    private static NDManager manager;

    @BeforeAll
    static void make() throws IOException {
        manager = Torch.newManager();
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), CharTokenizer.json());
        model = saved("model", 1, tokenizer);
        reference = saved("reference", 2, tokenizer);
        try (ValueHead head = ValueHead.random(16, 3, manager, Precision.FLOAT32)) {
            head.parameters().get("value_head.2.weight")
                    .set(new float[]{3, -5, 2, 7, -4, 1, 6, -2, 5, 3, -7, 2, 4, -3, 1, 8});
            head.save(model);
        }
    }

    private static Path saved(String name, long seed, Path tokenizer) {
        ModelConfig config = new ModelConfig("llama", CharTokenizer.vocabularySize(), 16, 32, 2, 2, 1, 8, 32, 1e-5,
                10_000, true, CharTokenizer.BOS, CharTokenizer.EOS);
        try (TransformerPolicy policy = TransformerPolicy.random(config, seed, manager)) {
            policy.parameters().forEach((weight, array) -> {
                if (!weight.contains("norm")) {
                    array.muli(12);
                }
            });
            policy.save(folder.resolve(name), tokenizer);
        }
        return folder.resolve(name);
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    private static Stepwise steps(int row, String... texts) {
        return new Stepwise(new ExampleId(row), PROMPT,
                Arrays.stream(texts).map(text -> Step.labelled(text, StepLabel.UNMARKED)).toList(), Optional.empty(),
                SOURCE);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Logits of g at each token of an answer, the end of sequence included. */
    private static double[] valueLogits(String answer) {
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                TransformerPolicy policy = TransformerPolicy.load(model, manager, Precision.FLOAT32);
                ValueHead head = ValueHead.load(model, manager, Precision.FLOAT32)) {
            Encoded text = tokenizer.encode(PROMPT, Content.of(answer));
            long[] ids = Arrays.stream(text.ids()).asLongStream().toArray();
            NDArray hidden = policy.hidden(manager.create(ids, new Shape(1, ids.length)));
            float[] all = head.logits(hidden).toFloatArray();
            double[] logits = new double[text.completionLength()];
            Arrays.setAll(logits, t -> all[text.promptLength() + t - 1]); // the state before a token predicts it
            return logits;
        }
    }

    private static double[] logRatios(String answer) {
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                TransformerPolicy policy = TransformerPolicy.load(model, manager, Precision.FLOAT32);
                TransformerPolicy frozen = TransformerPolicy.load(reference, manager, Precision.FLOAT32)) {
            List<Encoded> text = List.of(tokenizer.encode(PROMPT, Content.of(answer)));
            double[] ratios = TokenLogProbs.ofCompletions(policy, text).getFirst();
            double[] ref = TokenLogProbs.ofCompletions(frozen, text).getFirst();
            Arrays.setAll(ratios, t -> ratios[t] - ref[t]);
            return ratios;
        }
    }

    private static void assertVerdicts(List<Verdict> found, List<Verdict> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).row()).isEqualTo(expected.get(i).row());
            assertThat(found.get(i).step()).isEqualTo(expected.get(i).step());
            assertThat(found.get(i).probability()).isCloseTo(expected.get(i).probability(), within(1e-4));
        }
    }

    @Test
    void aStepHasTheValueAtItsLastTokenAndAnAnswerThatOfItsEnd() {
        double[] first = valueLogits("1+2=3\n#6"); // 8 characters and the end of sequence
        double[] second = valueLogits("9");
        try (RowJudge judge = RowJudge.byValueHead(model)) {
            assertVerdicts(judge.judge(List.of(steps(4, "1+2=3\n", "#6"), steps(7, "9"))),
                    List.of(new Verdict(4, -1, sigmoid(first[8])), new Verdict(4, 0, sigmoid(first[5])),
                            new Verdict(4, 1, sigmoid(first[8])), new Verdict(7, -1, sigmoid(second[1])),
                            new Verdict(7, 0, sigmoid(second[1]))));
        }
        assertThat(first[8]).isNotCloseTo(first[5], within(1e-2));
    }

    /** 1+2=3 and its line break are six tokens, #6 and the end three; g is that before the first of them. */
    @Test
    void aPosteriorIsBayesRuleOverTheTokensOfAStep() {
        double[] g = valueLogits("1+2=3\n#6");
        double[] r = logRatios("1+2=3\n#6");
        double one = Arrays.stream(r, 0, 6).sum();
        double two = Arrays.stream(r, 6, 9).sum();
        double first = Math.min(1, sigmoid(g[0]) * Math.exp(one));
        double second = Math.min(1, sigmoid(g[6]) * Math.exp(two));
        try (RowJudge ofAll = RowJudge.byPosterior(model, reference, false);
                RowJudge ofWrong = RowJudge.byPosterior(model, reference, true)) {
            assertVerdicts(ofAll.judge(List.of(steps(0, "1+2=3\n", "#6"))), List.of(new Verdict(0, -1, second),
                    new Verdict(0, 0, first), new Verdict(0, 1, second)));
            assertVerdicts(ofWrong.judge(List.of(steps(0, "1+2=3\n", "#6"))),
                    List.of(new Verdict(0, -1, sigmoid(g[6] + two)), new Verdict(0, 0, sigmoid(g[0] + one)),
                            new Verdict(0, 1, sigmoid(g[6] + two))));
        }
        assertThat(one).isNotCloseTo(two, within(1e-2));
    }

    @Test
    void aMarginIsTheScaledLogRatioOfAStepAnAnswerOrAPair() {
        double[] r = logRatios("1+2=3\n#6");
        double whole = Arrays.stream(r).sum();
        double other = Arrays.stream(logRatios("9")).sum();
        try (RowJudge judge = RowJudge.byMargin(model, reference, 0.5)) {
            assertVerdicts(
                    judge.judge(List.of(steps(0, "1+2=3\n", "#6"),
                            new Unpaired(new ExampleId(1), PROMPT, Content.of("9"), false, SOURCE),
                            new Paired(new ExampleId(2), PROMPT, Content.of("9"), Content.of("1+2=3\n#6"), SOURCE))),
                    List.of(new Verdict(0, -1, sigmoid(0.5 * whole)),
                            new Verdict(0, 0, sigmoid(0.5 * Arrays.stream(r, 0, 6).sum())),
                            new Verdict(0, 1, sigmoid(0.5 * Arrays.stream(r, 6, 9).sum())),
                            new Verdict(1, -1, sigmoid(0.5 * other)),
                            new Verdict(2, -1, sigmoid(0.5 * (other - whole)))));
        }
    }

    @Test
    void rowsTooLongForTheModelAreLeftOut() {
        try (RowJudge judge = RowJudge.byValueHead(model)) {
            assertThat(judge.judge(List.of(steps(0, "1".repeat(40)), steps(1, "9")))).extracting(Verdict::row)
                    .containsOnly(1);
        }
    }
}
