package preflab.projects.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Progress;
import preflab.engine.lab.PairPulls.Completion;
import preflab.engine.lab.PairPulls.Pair;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.compare.Comparison;
import preflab.projects.export.HtmlReport;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

class RowTroubleTest {

    @TempDir
    Path folder;

    private static RowShift pair(int row, double chosen, double rejected) {
        return new RowShift(row, chosen, rejected, 0.5);
    }

    private static List<RowShift> leads(double... leads) {
        return IntStream.range(0, leads.length).mapToObj(row -> pair(row, leads[row], 0)).toList();
    }

    @Test
    void similarityIsTwiceTheLongestCommonSubsequenceOverAllTokens() {
        // a b d e is common to both: 2·4 ÷ (5 + 4)
        assertThat(RowShifts.similarity(List.of("a", "b", "c", "d", "e"), List.of("a", "b", "d", "e")))
                .isCloseTo(8 / 9.0, within(1e-12));
        assertThat(RowShifts.similarity(List.of("a"), List.of("b"))).isZero();
        assertThat(RowShifts.similarity(List.of("a", "b"), List.of("a", "b"))).isEqualTo(1);
        assertThat(RowShifts.similarity(List.of(), List.of())).isNaN();
    }

    @Test
    void pairsThatMovedAgainstTheOthersAreSuspects() {
        // median 2; below −1 are rows 3 and 7: 2 of 10
        List<RowShift> shifts = leads(2, 2, 2, -3, 2, 2, 3, -1.5, -0.9, 2);
        assertThat(RowTrouble.labelNoise(shifts)).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo("label-noise");
            assertThat(finding.evidence()).startsWith("2 of the first 10 rows (20 %)").contains("+2.00 nats");
            assertThat(finding.rows().stream().map(Finding.SeenRow::row)).containsExactly(3, 7);
            assertThat(finding.rows().getFirst().words()).isEqualTo("its lead moved by −3.00 nats");
        });
        assertThat(RowTrouble.labelNoise(leads(2, 2, 2, 2, 2, 2, 3, 2, -0.9, 2))).isEmpty();
        assertThat(RowTrouble.labelNoise(leads(.2, .2, .2, .2, .2, .2, .2, -3, -3, .2)))
                .as("a median lead of 0.2 nats has learned too little to judge").isEmpty();
    }

    @Test
    void answersJudgedOneByOneAreSetAgainstTheMiddle() {
        List<RowShift> shifts = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            double moved = row == 4 ? -5 : row == 5 ? 1 : row % 2 == 0 ? 0 : -4;
            shifts.add(new RowShift(row, row % 2 == 0 ? moved : Double.NaN, row % 2 == 0 ? Double.NaN : moved,
                    Double.NaN));
        }
        // medians 0 and −4, middle −2: leads 2, but −5 + 2 = −3 for row 4 and −2 − 1 = −3 for row 5
        assertThat(RowTrouble.labelNoise(shifts).orElseThrow().rows().stream().map(Finding.SeenRow::row))
                .containsExactly(4, 5);
    }

    @Test
    void siblingsAreNamedOnlyWhereAlikenessTellsWhoFell() {
        List<RowShift> falling = IntStream.range(0, 20)
                .mapToObj(i -> new RowShift(i, -i, -30, i / 20.0)).toList();
        assertThat(RowTrouble.siblings(falling)).contains("share, the further the chosen fell", "−1.00 over 20 pairs");
        List<RowShift> mixed = IntStream.range(0, 20)
                .mapToObj(i -> new RowShift(i, i % 2 == 0 ? -1 : -2, -30, i / 20.0)).toList();
        assertThat(RowTrouble.siblings(mixed)).contains("does not tell");
        assertThat(RowTrouble.siblings(leads(1, 2, 3, 4, 5, 6, 7, 8, 9))).as("all are as alike").isEmpty();
    }

    @Test
    void remediesAreTheLossesOwnDerivatives() {
        var dpo = Objectives.find("dpo").orElseThrow();
        RunSpec spec = new RunSpec(RunSpec.CURRENT_VERSION, "r", new DatasetVersionId("d", 1, "a".repeat(64)),
                Optional.empty(), "m", Optional.empty(), "dpo",
                ParamValues.parse(dpo.params(), Map.of("beta", "0.1")),
                ParamValues.parse(TrainSettings.ALL, Map.of()));
        // z = 0.1·(−2 + 4) = 0.2: 0.1 σ(−0.2) = 0.0450 on both; β = 0.5: z = 1, 0.5 σ(−1) = 0.134; imitation adds 1/10
        // for each of ten tokens
        List<Finding.Remedy> remedies = Remedies.at(spec, List.of(new Pair(tenTokens(-2), tenTokens(-4))));

        assertThat(remedies).extracting(Finding.Remedy::loss).containsExactly("dpo as it is", "beta × 5",
                "sft_coefficient 1", "apo instead", "dpop instead");
        assertThat(remedies.get(0).up()).isCloseTo(0.0450, within(5e-5));
        assertThat(remedies.get(0).down()).isCloseTo(0.0450, within(5e-5));
        assertThat(remedies.get(0).effect()).isEqualTo(
                "pushes down as hard as it pulls up: what both share is not lifted");
        assertThat(remedies.get(1).up()).isCloseTo(0.134, within(5e-4));
        assertThat(remedies.get(2).up()).isCloseTo(0.145, within(5e-4));
        assertThat(remedies.get(2).down()).isCloseTo(0.0450, within(5e-5));
        assertThat(remedies.get(2).effect()).contains("what both share can rise");
        assertThat(remedies.get(4).effect()).contains("what both share can rise");
        assertThat(remedies.get(1).effect()).as("0.134 / 0.045").endsWith("; 2.99 times as hard as now");
        assertThat(Remedies.at(spec, List.of(new Pair(tenTokens(-2), tenTokens(-100)))).get(1).effect())
                .as("σ(−49) against σ(−9.8)").endsWith("; over 100 times weaker than now");
        assertThat(Remedies.at(spec, List.of())).isEmpty();
    }

    @Test
    void aLossOnSingleAnswersIsNotWeighedAgainstLossesOnPairs() {
        var kto = Objectives.find("kto").orElseThrow();
        RunSpec spec = new RunSpec(RunSpec.CURRENT_VERSION, "r", new DatasetVersionId("d", 1, "a".repeat(64)),
                Optional.empty(), "m", Optional.empty(), "kto", ParamValues.defaults(kto.params()),
                ParamValues.parse(TrainSettings.ALL, Map.of()));

        assertThat(Remedies.at(spec, List.of(new Pair(tenTokens(-2), tenTokens(-4))))).isEmpty();
    }

    private static Completion tenTokens(double ratio) {
        return new Completion(Collections.nCopies(10, -2 + ratio / 10), Collections.nCopies(10, -2.0));
    }

    /** A learning rate far too high, on real rows with a real model. */
    @Test
    void rowsAndTokensOfADisplacedRunAreNamed() {
        try (Workspace workspace = Workspace.create(folder.resolve("rows.preflab"))) {
            Builtins.install(workspace);
            ExampleView all = workspace.datasets().view(workspace.datasets().resolve(Builtins.PAIRS.dataset()));
            DatasetVersionId pairs = workspace.datasets().add("pairs", Kind.PAIRED,
                    IntStream.range(0, 24).mapToObj(all::get).iterator(), "");
            int run = workspace.runs().create(new RunSpec(RunSpec.CURRENT_VERSION, "displaced", pairs,
                    Optional.of(pairs), "builtin:sums", Optional.empty(), "dpo",
                    ParamValues.defaults(Objectives.find("dpo").orElseThrow().params()),
                    ParamValues.parse(TrainSettings.ALL,
                            Map.of("training.steps", "10", "training.batch_size", "8", "optimizer.learning_rate",
                                    "5e-4", "samples.prompts", "0", "evaluation.rows", "24", "evaluation.kl_prompts",
                                    "0", "evaluation.max_new_tokens", "1", "compute.threads", "1"))));
            assertThat(RunWorker.execute(workspace, run, event -> {
            }).outcome()).isEqualTo(Outcome.FINISHED);
            assertThat(Diagnosis.of(workspace, run).rows()).isEqualTo(RunDiagnosis.Rows.UNREAD);
            Diagnosis.readRows(workspace, run, Progress.NONE);

            RunDiagnosis diagnosis = Diagnosis.of(workspace, run);
            assertThat(diagnosis.rows()).isEqualTo(RunDiagnosis.Rows.READ);
            Finding displaced = diagnosis.findings().stream()
                    .filter(finding -> finding.id().equals("likelihood-displacement")).findFirst().orElseThrow();
            assertThat(displaced.rows()).isNotEmpty().allSatisfy(row -> {
                assertThat(row.row()).isBetween(0, 23);
                assertThat(row.words()).containsPattern("chosen −[\\d.]+, rejected −[\\d.]+ nats")
                        .contains("of their tokens; fell most: “");
            });
            assertThat(displaced.evidence()).contains(" of the first 24 rows: chosen down");
            assertThat(displaced.remedies()).hasSize(5).first().satisfies(now -> {
                assertThat(now.loss()).isEqualTo("dpo as it is");
                assertThat(now.up()).as("of the difference alone").isPositive().isCloseTo(now.down(), within(1e-6));
            });
            assertThat(HtmlReport.html(Comparison.of(workspace, List.of(run)))).contains("rejected down",
                    "<td class=\"keep\">dpo as it is</td>", "A first-order figure", "What to try: It is no bug");
        }
    }
}
