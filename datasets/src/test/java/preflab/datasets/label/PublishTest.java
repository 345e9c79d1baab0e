package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import preflab.datasets.Examples;
import preflab.datasets.SharedData;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.PublishPolicy.Differing;
import preflab.datasets.label.export.StepExport;
import preflab.datasets.label.export.StepFormat;
import preflab.datasets.split.SplitRule;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.LabelPublisher;
import preflab.datasets.store.LabelStore;

class PublishTest {

    @TempDir
    Path temp;
    private DatasetStore datasets;
    private LabelStore labels;

    @BeforeEach
    void open() {
        datasets = DatasetStore.open(temp.resolve("datasets"));
        labels = LabelStore.open(temp.resolve(LabelStore.FILE));
    }

    @AfterEach
    void close() {
        datasets.close();
        labels.close();
    }

    private DatasetVersionId steps() {
        return datasets.add("s", Kind.STEPWISE,
                List.of(Examples.stepwise("p", false, Examples.step("Step 1: a\n", StepLabel.UNMARKED, 0.9),
                        Examples.step("Step 2: b", StepLabel.UNMARKED, -0.5)),
                        Examples.stepwise("q", Step.labelled("Step 1: c\n", StepLabel.GOOD),
                                Step.labelled("Step 2: d", StepLabel.NEUTRAL)))
                        .iterator(),
                "");
    }

    private LabelSession session(DatasetVersionId version, LabelTask task, Author author) {
        return LabelSession.open(datasets.view(version), labels, SessionSpec.of(task, author), Clock.systemUTC());
    }

    private void judge(DatasetVersionId version, Author author, StepLabel... verdicts) {
        LabelSession session = session(version, LabelTask.STEPS, author);
        for (StepLabel verdict : verdicts) {
            session.judge(verdict);
        }
    }

    private static PublishPolicy policy(NeutralPolicy neutral, Differing differing) {
        return new PublishPolicy(neutral, differing, false, false, SplitRule.Marked.LINE);
    }

    private ExampleView publish(DatasetVersionId version, LabelTask task, PublishPolicy policy) {
        return datasets.view(LabelPublisher.publish(datasets, labels, version, task, policy).version());
    }

    private static List<StepLabel> labelsOf(ExampleView view, int row) {
        return ((Stepwise) view.get(row)).steps().stream().map(Step::label).toList();
    }

    @Test
    void verdictsAreOnTopOfTheDataAndQStaysSoThatTrainingFollowsThePerson() {
        DatasetVersionId version = steps();
        judge(version, Author.annotator("ann"), StepLabel.BAD);

        ExampleView published = publish(version, LabelTask.STEPS, PublishPolicy.standard());

        Stepwise row = (Stepwise) published.get(0);
        assertThat(published.version().display()).isEqualTo("s v2");
        assertThat(row.steps()).containsExactly(Examples.step("Step 1: a\n", StepLabel.BAD, 0.9),
                Examples.step("Step 2: b", StepLabel.UNMARKED, -0.5));
        assertThat(new StepThreshold(0).labels(row)).containsExactly(StepLabel.BAD, StepLabel.BAD);
        assertThat(row.source().side()).containsEntry(LabelledRows.LABELLED_BY, "[\"ann\"]");
        assertThat(labelsOf(published, 1)).containsExactly(StepLabel.GOOD, StepLabel.NEUTRAL);
        assertThat(datasets.origin(published.version()).parents()).containsExactly(version);
        assertThat(datasets.origin(published.version()).settings()).containsEntry("rows by ann", "1")
                .containsEntry("neutral", "keep");
    }

    @Test
    void anOwnValueReplacesQAndTheOldOneIsKeptBeside() {
        DatasetVersionId version = steps();
        session(version, LabelTask.STEPS, Author.annotator("ann")).judge(0.25);

        Stepwise row = (Stepwise) publish(version, LabelTask.STEPS, PublishPolicy.standard()).get(0);

        assertThat(row.steps().getFirst()).isEqualTo(Step.valued("Step 1: a\n", 0.25));
        assertThat(row.source().side()).containsEntry(LabelledRows.Q_BEFORE, "[0.9,-0.5]");
    }

    @Test
    void differencesAreSettledByPolicyAndAnAdjudicatorWins() {
        DatasetVersionId version = steps();
        judge(version, Author.annotator("ann"), StepLabel.GOOD, StepLabel.BAD);
        judge(version, Author.annotator("bob"), StepLabel.GOOD, StepLabel.GOOD);

        assertThat(labelsOf(publish(version, LabelTask.STEPS, PublishPolicy.standard()), 0))
                .containsExactly(StepLabel.GOOD, StepLabel.UNMARKED);
        assertThat(labelsOf(publish(version, LabelTask.STEPS, policy(NeutralPolicy.KEEP, Differing.KEEP_DATA)), 0))
                .containsExactly(StepLabel.UNMARKED, StepLabel.UNMARKED);
        assertThat(publish(version, LabelTask.STEPS, policy(NeutralPolicy.KEEP, Differing.LEAVE_OUT)).size())
                .isEqualTo(1);
        judge(version, Author.annotator("cid"), StepLabel.GOOD, StepLabel.BAD);
        assertThat(labelsOf(publish(version, LabelTask.STEPS, PublishPolicy.standard()), 0))
                .containsExactly(StepLabel.GOOD, StepLabel.BAD);
        judge(version, Author.adjudicator("dora"), StepLabel.NEUTRAL, StepLabel.GOOD);
        assertThat(labelsOf(publish(version, LabelTask.STEPS, policy(NeutralPolicy.BAD, Differing.MAJORITY)), 0))
                .containsExactly(StepLabel.BAD, StepLabel.GOOD);
    }

    @Test
    void aChosenSecondAnswerSwapsThePairAndATieLeavesItOut() {
        DatasetVersionId version = datasets.add("p", Kind.PAIRED,
                Stream.of("one", "two", "three").map(p -> Examples.paired(p, "x", "y")).iterator(), "");
        LabelSession session = session(version, LabelTask.PAIRS, Author.annotator("ann"));
        session.choose(session.current().answers().getFirst().text().equals("y") ? Side.A : Side.B);
        session.tie();

        ExampleView published = publish(version, LabelTask.PAIRS, PublishPolicy.standard());

        assertThat(published.size()).isEqualTo(2);
        assertThat(((Paired) published.get(0)).chosen().text()).isEqualTo("y");
        assertThat(((Paired) published.get(1)).chosen().text()).isEqualTo("x");
    }

    @Test
    void nothingLabelledIsNothingToPublish() {
        DatasetVersionId version = steps();
        assertThatThrownBy(
                () -> LabelPublisher.publish(datasets, labels, version, LabelTask.STEPS, PublishPolicy.standard()))
                .hasMessageContaining("nobody has labelled steps of s v1");
    }

    @Test
    void whatAFormatCannotHoldIsRefusedByRow() {
        Stepwise row = (Stepwise) datasets.view(steps()).get(0);
        assertThatThrownBy(() -> StepExport.line(row, StepFormat.PROCESSBENCH, NeutralPolicy.KEEP))
                .hasMessageContaining("row 1").hasMessageContaining("unmarked");
        assertThatThrownBy(() -> StepExport.line((Stepwise) datasets.view(steps()).get(1), StepFormat.MATH_SHEPHERD,
                NeutralPolicy.BAD)).hasMessageContaining("row 2").hasMessageContaining("step 2")
                .hasMessageContaining("white space");
    }

    @Test
    void aFormatWithoutNeutralAsksWhatBecomesOfIt() {
        Stepwise row = (Stepwise) datasets.view(steps()).get(1);
        assertThatThrownBy(() -> StepExport.line(row, StepFormat.TRL, NeutralPolicy.KEEP))
                .hasMessageContaining("row 2").hasMessageContaining("neutral");
        assertThat(StepExport.line(row, StepFormat.TRL, NeutralPolicy.UNMARKED)).contains("\"labels\":[true,null]");
        assertThat(StepExport.line(row, StepFormat.POTATO, NeutralPolicy.KEEP))
                .contains("{\"index\":1,\"reward\":0}");
    }

    @ParameterizedTest
    @CsvSource({"trl,good", "prm800k,keep", "potato,keep"})
    void whatIsExportedIsImportedWithTheSameTextsAndLabels(String format, String neutral) {
        DatasetVersionId version = steps();
        judge(version, Author.annotator("ann"), StepLabel.GOOD, StepLabel.BAD, StepLabel.NEUTRAL, StepLabel.GOOD);
        NeutralPolicy policy = NeutralPolicy.of(neutral).orElseThrow();
        ExampleView published = publish(version, LabelTask.STEPS, policy(policy, Differing.MAJORITY));

        assertThat(reimported(published, StepFormat.of(format).orElseThrow(), policy))
                .isEqualTo(described(published));
    }

    private List<String> reimported(ExampleView rows, StepFormat format, NeutralPolicy neutral) {
        Path file = temp.resolve("out.jsonl");
        StepExport.write(rows, format, neutral, file);
        assertThat(file).exists();
        assertThat(Files.exists(temp.resolve("out.jsonl.part"))).isFalse();
        return described(datasets.view(datasets.importFile(file,
                new ImportRequest("again", Optional.of(Kind.STEPWISE), FieldMapping.NONE), Progress.NONE).version()));
    }

    private static List<String> described(ExampleView view) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            PreferenceExample row = view.get(i);
            StringBuilder text = new StringBuilder(row.prompt().text());
            ((Stepwise) row).steps().forEach(step -> text.append('|').append(step.text()).append(step.label()));
            rows.add(text.toString());
        }
        return rows;
    }
}
