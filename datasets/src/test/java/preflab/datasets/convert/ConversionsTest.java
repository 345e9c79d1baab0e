package preflab.datasets.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import preflab.datasets.Examples;
import preflab.datasets.convert.RankedToPairs.Choice;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.importer.Progress;
import preflab.datasets.split.SplitRule.Marked;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.Origin;
import preflab.datasets.store.RowQuery;
import preflab.datasets.store.SplitPlan;
import preflab.datasets.store.StoredView;

class ConversionsTest {

    @TempDir
    Path temp;
    private DatasetStore store;

    @BeforeEach
    void open() {
        store = DatasetStore.open(temp);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static List<PreferenceExample> made(Conversion conversion, PreferenceExample... rows) {
        assertThat(conversion.reads(rows[0].kind())).isTrue();
        List<PreferenceExample> made = conversion.rows(Examples.view(rows), Progress.NONE).toList();
        assertThat(made).allMatch(row -> row.kind() == conversion.result(rows[0].kind()));
        return made;
    }

    private static List<String> pairs(List<PreferenceExample> rows) {
        return rows.stream().map(Paired.class::cast)
                .map(row -> row.prompt().text() + ":" + row.chosen().text() + ">" + row.rejected().text()).toList();
    }

    private static List<String> texts(PreferenceExample row) {
        return ((Ranked) row).candidates().stream().map(c -> c.completion().text()).toList();
    }

    @Test
    void aPairBecomesAnAcceptedAndARejectedRow() {
        assertThat(made(new PairsToUnpaired(), Examples.paired("p", "good", "bad")))
                .containsExactly(Examples.unpaired("p", "good", true), Examples.unpaired("p", "bad", false));
    }

    @Test
    void answersAreMatchedWithinTheirPromptAndTheSurplusIsDropped() {
        assertThat(pairs(made(new MatchedPairs(), Examples.unpaired("p", "bad1", false),
                Examples.unpaired("q", "alone", true), Examples.unpaired("p", "good1", true),
                Examples.unpaired("p", "bad2", false), Examples.unpaired("p", "good2", true),
                Examples.unpaired("p", "bad3", false)))).containsExactly("p:good1>bad1", "p:good2>bad2");
    }

    @Test
    void stepwiseAnswersWithoutAnyVerdictMakeNoPair() {
        assertThat(pairs(made(new MatchedPairs(), Examples.stepwise("p", false, Step.labelled("w", StepLabel.GOOD)),
                Examples.stepwise("p", Step.labelled("unmarked", StepLabel.UNMARKED)),
                Examples.stepwise("p", Step.labelled("neutral", StepLabel.NEUTRAL)),
                Examples.stepwise("p", Step.labelled("bad", StepLabel.BAD)), Examples.stepwise("p", true,
                        Step.labelled("r", StepLabel.UNMARKED)))))
                .containsExactly("p:neutral>w", "p:r>bad");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"BEST_WORST | 0 | p:a>c", "BEST_OTHERS | 0 | p:a>b p:a>c",
            "NEIGHBOURS | 0 | p:a>b p:b>c", "ALL | 0 | p:a>b p:a>c p:b>c", "ALL | 2 | p:a>c"})
    void rankedRowsBecomePairsByRankAndGap(Choice choice, double gap, String expected) {
        List<PreferenceExample> made = made(new RankedToPairs(choice, gap), Examples.ranked("p", "a", "b", "c"));

        assertThat(pairs(made)).containsExactlyElementsOf(Arrays.asList(expected.split(" ")));
        assertThat(made.getLast().source().side()).containsEntry("score_rejected", "-3.0");
    }

    @Test
    void tiesMakeNoPairs() {
        Ranked tie = new Ranked(Examples.prompt("p").id(), Content.of("p"),
                List.of(new Ranked.Candidate(Content.of("a"), 1), new Ranked.Candidate(Content.of("b"), 1)),
                Examples.prompt("p").source());

        assertThat(made(new RankedToPairs(Choice.ALL, 0), tie)).isEmpty();
    }

    @Test
    void theBestStandsWithTheWorstCandidatesAndRankTwoIsDropped() {
        Ranked seven = Examples.ranked("p", "1", "2", "3", "4", "5", "6", "7");

        assertThat(texts(made(new BestAndWorst(5), seven).getFirst())).containsExactly("1", "3", "4", "5", "6", "7");
        assertThat(texts(made(new BestAndWorst(1), seven).getFirst())).containsExactly("1", "7");
        assertThat(texts(made(new BestAndWorst(9), seven).getFirst())).hasSize(6);
        assertThat(made(new BestAndWorst(5), Examples.ranked("p", "1", "2"))).isEmpty();
    }

    @Test
    void answersBecomeUnjudgedStepsAndStepsBecomeTheSameAnswers() {
        List<PreferenceExample> steps = made(new AnswersToSteps(Marked.LINE),
                Examples.unpaired("p", " 1+1=2\n#### 2", true), Examples.unpaired("p", "wrong", false));

        Stepwise first = (Stepwise) steps.getFirst();
        assertThat(first.steps()).containsExactly(Step.labelled(" 1+1=2\n", StepLabel.UNMARKED),
                Step.labelled("#### 2", StepLabel.UNMARKED));
        assertThat(first.answerCorrect()).isEqualTo(Optional.of(true));
        assertThat(made(new StepsToAnswers(false), steps.toArray(PreferenceExample[]::new)).getFirst())
                .isEqualTo(Examples.unpaired("p", " 1+1=2\n#### 2", true));
        assertThat(made(new StepsToAnswers(true), steps.toArray(PreferenceExample[]::new))).hasSize(1);
    }

    @Test
    void noiseSwapsTwoTokensOfThePreferredAndIsScoredBelowTheWorst() {
        Ranked row = (Ranked) made(new NoiseCandidate(3), Examples.paired("p", " one  two", "bad")).getFirst();
        Ranked dull = (Ranked) made(new NoiseCandidate(3), Examples.paired("p", "aa", "bad")).getFirst();
        Ranked chinese = (Ranked) made(new NoiseCandidate(3), Examples.paired("p", "是🙂", "bad")).getFirst();

        assertThat(texts(row)).containsExactly(" one  two", "bad", " two  one");
        assertThat(row.candidates()).extracting(Ranked.Candidate::score).containsExactly(1.0, 0.0, -1.0);
        assertThat(dull.candidates()).hasSize(2);
        assertThat(texts(chinese)).containsExactly("是🙂", "bad", "🙂是");
    }

    @Test
    void refusalsStandAgainstWhatIsToBeForgotten() {
        RefusalPairs refusal = new RefusalPairs(List.of(RefusalPairs.I_DO_NOT_KNOW), 1);

        assertThat(pairs(made(refusal, Examples.forget("who?", " Basil"), Examples.retain("where?", "here"))))
                .containsExactly("who?: I don't know.> Basil");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "5, 10", "10, 20", "50, 100"})
    void aShareIsForgottenPromptByPrompt(double percent, int rows) {
        PreferenceExample[] all = IntStream.range(0, 200).mapToObj(i -> Examples.demonstration("p" + i / 2, "a" + i))
                .toArray(PreferenceExample[]::new);

        List<Integer> forgotten = forgotten(new ForgetShare(percent, 7), all);

        assertThat(forgotten).hasSize(rows);
        assertThat(forgotten.stream().map(i -> i / 2).distinct()).hasSize(rows / 2);
        assertThat(forgotten(new ForgetShare(60, 7), all)).containsAll(forgotten);
    }

    private static List<Integer> forgotten(ForgetShare share, PreferenceExample... rows) {
        return made(share, rows).stream().filter(row -> ((Unlearning) row).forget()).map(row -> row.id().index())
                .toList();
    }

    @Test
    void duplicatesAndChosenRowsAreLeftOut() {
        PreferenceExample[] rows = {Examples.unpaired("p", "a", true), Examples.unpaired("p", "b", true),
                Examples.unpaired("p", "a", false)};

        assertThat(made(new WithoutDuplicates(), rows)).hasSize(2);
        assertThat(made(new WithoutRows(List.of(0, 2), "contradictory"), rows)).hasSize(1);
    }

    @Test
    void aConversionIsAVersionThatSaysWhatItWasMadeFrom() {
        DatasetVersionId source = store.add("sums", Kind.PAIRED, List.of(Examples.paired("p", "a", "b")).iterator(),
                "test");
        String name = Conversions.suggestName(source, Kind.PAIRED, new PairsToUnpaired());

        DatasetVersionId made = Conversions.convert(store, source, new PairsToUnpaired(), name, Progress.NONE);

        assertThat(made.dataset()).isEqualTo("sums-unpaired");
        assertThat(store.origin(made)).isEqualTo(new Origin(
                "made from sums v1: each pair as an accepted and a rejected answer", "pairs_to_unpaired",
                List.of(source), Map.of()));
        assertThatThrownBy(() -> Conversions.convert(store, source, new BestAndWorst(5), "x", Progress.NONE))
                .isInstanceOf(DatasetException.class)
                .hasMessage("sums v1 is paired data; best_and_worst reads ranked");
    }

    @Test
    void partsOfASplitAndFoundRowsBecomeVersions() {
        DatasetVersionId source = store.add("a", Kind.PROMPTS,
                IntStream.range(0, 100).mapToObj(i -> Examples.prompt("prompt " + i)).iterator(), "test");
        StoredView view = store.view(source);

        List<DatasetVersionId> parts = Conversions.split(store, source, new SplitPlan(0.1, 0, 3), "a", Progress.NONE);
        DatasetVersionId kept = Conversions.keep(store,
                view.find(RowQuery.ALL.withText("prompt 7"), Progress.NONE), "text \"prompt 7\"", "a",
                Progress.NONE);

        assertThat(parts).extracting(DatasetVersionId::dataset).containsExactly("a-train", "a-validation");
        assertThat(store.view(parts.get(1)).size()).isEqualTo(10);
        assertThat(store.view(kept).size()).isEqualTo(11);
        assertThat(store.info(kept).provenance()).isEqualTo("11 rows of a v1: text \"prompt 7\"");
        assertThat(kept.version()).isEqualTo(2);
    }

    @Test
    void aConversionIsCancelledBetweenRows() {
        ExampleView rows = Examples.view(Examples.prompt("p"));

        assertThatThrownBy(() -> new WithoutDuplicates().rows(rows, new Progress() {
            @Override
            public void at(long done, long total) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        }).toList()).isInstanceOf(CancellationException.class);
    }
}
