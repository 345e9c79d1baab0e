package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.engine.batch.RowSide;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.tensor.Torch;

/** The policy is the model with seed 7, the reference that with seed 8; a token is a character. */
class RowReaderTest {

    @TempDir
    Path folder;

    private RowReader reader(String objective, ExampleView rows, Map<String, String> overrides) {
        return RowReader.of(Tiny.spec(objective, rows, overrides),
                new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7), Optional.of(Tiny.model(folder, 8)),
                        folder),
                SampleCache.NONE);
    }

    private static List<RowReading> all(RowReader reader, ExampleView rows) {
        return reader.read(rows, 0, rows.size());
    }

    private static ExampleView rows(String kind) {
        return switch (kind) {
            case "pairs" -> Tiny.pairs(5);
            case "unpaired" -> Tiny.unpaired(5);
            case "steps" -> Tiny.steps(5);
            case "ranked" -> Tiny.ranked(5);
            case "forget" -> Tiny.unlearning(5);
            default -> Tiny.demonstrations(5);
        };
    }

    /** Whatever the objective reads of a row: cut, of one side only, of none. */
    @ParameterizedTest
    @CsvSource({"dpo,pairs,512", "dpo,pairs,8", "sft,pairs,512", "sft,steps,512", "pipa_m,steps,512",
            "pipa_m,steps,9", "kto,unpaired,512", "mc_po,ranked,512", "npo,forget,512", "dpo,demonstrations,512",
            "step_dpo,steps,512", "typo,unpaired,512", "bco,pairs,512"})
    void everySideIsScoredWholeAsTheModelAloneScoresIt(String objective, String kind, String length) {
        ExampleView rows = rows(kind);
        try (RowReader reader = reader(objective, rows,
                Map.of("data.max_length", length, "data.prompt_truncation", "cut_left"));
                TextTokenizer tokenizer = TextTokenizer.load(Tiny.model(folder, 7));
                NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.load(Tiny.model(folder, 7), manager,
                        Precision.FLOAT32)) {
            List<RowReading> readings = all(reader, rows);
            assertThat(readings).extracting(RowReading::row).containsExactly(0, 1, 2, 3, 4);
            for (int i = 0; i < rows.size(); i++) {
                List<RowSide> sides = RowSide.of(rows.get(i), tokenizer);
                assertThat(readings.get(i).sides()).extracting(SideReading::name)
                        .isEqualTo(sides.stream().map(RowSide::name).toList());
                for (int j = 0; j < sides.size(); j++) {
                    double[] expected = TokenLogProbs.ofCompletions(policy, List.of(sides.get(j).encoded()))
                            .getFirst();
                    SideReading side = readings.get(i).sides().get(j);
                    assertThat(side.tokens()).hasSize(expected.length);
                    for (int t = 0; t < expected.length; t++) {
                        assertThat((double) side.tokens().get(t).logProb()).isCloseTo(expected[t], within(1e-4));
                    }
                }
            }
        }
    }

    /** L = −log σ(β (h_w − h_l)), differentiated numerically at every token. */
    @Test
    void theGradientOfDpoIsThatOfCentralDifferences() {
        double beta = 0.3;
        gradientsAreThoseOf("dpo", Map.of("beta", "0.3"), row -> {
            double margin = sum(row.sides().get(0), true) - sum(row.sides().get(1), true);
            return Math.log1p(Math.exp(-beta * margin));
        });
    }

    /** SimPO: L = −log σ(β (A_w − A_l) − γ), A the mean log-prob of a token; γ is 0.5 times β here. */
    @Test
    void theGradientOfSimPoIsThatOfCentralDifferences() {
        gradientsAreThoseOf("simpo", Map.of("beta", "2", "gamma", "1"), row -> {
            double margin = 2 * (mean(row.sides().get(0)) - mean(row.sides().get(1))) - 1;
            return Math.log1p(Math.exp(-margin));
        });
    }

    private static double mean(SideReading side) {
        return sum(side, false) / side.tokens().size();
    }

    private static double sum(SideReading side, boolean ratio) {
        return side.tokens().stream().mapToDouble(t -> (double) t.logProb() - (ratio ? (double) t.reference() : 0))
                .sum();
    }

    private void gradientsAreThoseOf(String objective, Map<String, String> hyper, ToDoubleFunction<RowReading> loss) {
        ExampleView rows = Tiny.pairs(3);
        double small = 0.01;
        try (RowReader reader = reader(objective, rows, hyper)) {
            for (RowReading row : all(reader, rows)) {
                for (int side = 0; side < 2; side++) {
                    List<TokenReading> tokens = row.sides().get(side).tokens();
                    for (int t = 0; t < tokens.size(); t++) {
                        double difference = (loss.applyAsDouble(nudged(row, side, t, small))
                                - loss.applyAsDouble(nudged(row, side, t, -small))) / (2 * small);
                        assertThat((double) tokens.get(t).gradient()).isCloseTo(difference, within(2e-4));
                        assertThat(difference).isNotCloseTo(0, within(1e-3));
                    }
                }
            }
        }
    }

    private static RowReading nudged(RowReading row, int side, int token, double by) {
        return new RowReading(row.row(), IntStream.range(0, 2).mapToObj(s -> {
            SideReading old = row.sides().get(s);
            return new SideReading(old.name(), old.text(), IntStream.range(0, old.tokens().size()).mapToObj(t -> {
                TokenReading o = old.tokens().get(t);
                return s == side && t == token
                        ? new TokenReading(o.from(), o.to(), o.step(), (float) (o.logProb() + by), o.reference(),
                                o.gradient(), o.valueLogit())
                        : o;
            }).toList(), Optional.empty());
        }).toList());
    }

    /** Policy = reference: each token of the chosen answer is pulled up with β/2, each of the other pushed down. */
    @Test
    void beforeTrainingDpoPullsEveryTokenWithHalfOfBeta() {
        ExampleView rows = Tiny.pairs(4);
        try (RowReader reader = RowReader.of(Tiny.spec("dpo", rows, Map.of("beta", "0.1")),
                new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7), Optional.empty(), folder),
                SampleCache.NONE)) {
            for (RowReading row : all(reader, rows)) {
                assertThat(row.sides().get(0).tokens())
                        .allSatisfy(t -> assertThat(t.gradient()).isCloseTo(-0.05f, within(1e-6f)));
                assertThat(row.sides().get(1).tokens())
                        .allSatisfy(t -> assertThat(t.gradient()).isCloseTo(0.05f, within(1e-6f)));
                assertThat(row.sides().get(0).pull()).isCloseTo(0.05 * row.sides().get(0).tokens().size(),
                        within(1e-5));
            }
        }
    }

    /** A loss that couples its batch is read in batches of the run's size, alone it would be another. */
    @ParameterizedTest
    @ValueSource(strings = {"kto", "bco"})
    void aCoupledLossIsReadInBatches(String objective) {
        ExampleView rows = Tiny.unpaired(8);
        try (RowReader reader = reader(objective, rows, Map.of("training.batch_size", "6"))) {
            assertThat(reader.together(Kind.UNPAIRED)).isEqualTo(6);
            assertThat(reader.read(rows, 0, 6)).allSatisfy(row -> assertThat(row.sides().getFirst().tokens())
                    .allSatisfy(token -> assertThat(token.gradient()).isFinite().isNotZero()));
        }
        try (RowReader reader = reader("dpo", rows, Map.of("training.batch_size", "6"))) {
            assertThat(reader.together(Kind.PAIRED)).isEqualTo(1);
        }
    }

    @Test
    void tokensSayWhereTheyStandAndWhichStepOwnsThem() {
        ExampleView rows = Tiny.steps(2); // "add\n#### 0", "add\noh dear ?4"
        try (RowReader reader = reader("pipa_m", rows, Map.of())) {
            SideReading answer = all(reader, rows).getFirst().sides().getFirst();
            assertThat(answer.text()).isEqualTo("add\n#### 0");
            assertThat(answer.tokens()).hasSize(11);
            assertThat(answer.tokens()).extracting(TokenReading::from).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                    10);
            assertThat(answer.tokens()).extracting(TokenReading::to).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
                    10);
            assertThat(answer.tokens()).extracting(TokenReading::step).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
                    1);
            assertThat(answer.tokens()).allSatisfy(token -> assertThat(token.valueLogit()).isZero()); // it begins at ½
        }
    }

    @Test
    void rowsWithoutAGradientSayWhy() {
        ExampleView demonstrations = Tiny.demonstrations(2);
        try (RowReader reader = reader("dpo", demonstrations, Map.of());
                RowReader alone = RowReader.of(Tiny.model(folder, 7))) {
            assertThat(reader.withoutGradient(Kind.SFT)).contains("DPO cannot read sft rows");
            assertThat(reader.withoutGradient(Kind.PAIRED)).isEmpty();
            assertThat(alone.withoutGradient(Kind.PAIRED).orElseThrow()).contains("without an objective");
            for (RowReader some : List.of(reader, alone)) {
                assertThat(all(some, demonstrations).getFirst().sides().getFirst().tokens())
                        .allSatisfy(token -> assertThat(token.gradient()).isNaN());
            }
        }
    }

    @Test
    void anAnswerLongerThanTheModelIsNamedAndNotRead() {
        ExampleView rows = Tiny.view(Kind.SFT, List.of(new preflab.datasets.example.Demonstration(
                new preflab.datasets.example.ExampleId(0), preflab.datasets.example.Content.of("1+2="),
                preflab.datasets.example.Content.of("3".repeat(200)),
                new preflab.datasets.example.Source("tiny", 1))));
        try (RowReader reader = reader("sft", rows, Map.of())) {
            SideReading side = all(reader, rows).getFirst().sides().getFirst();
            assertThat(side.problem().orElseThrow()).contains("more than the model's 128 positions");
            assertThat(side.sum()).isNaN();
        }
    }
}
