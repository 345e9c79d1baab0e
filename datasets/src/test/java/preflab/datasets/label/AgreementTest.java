package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.Examples;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.store.LabelStore;

/** Agreement of people who label in sessions. */
class AgreementTest {

    private static final Author ANN = Author.annotator("ann");
    private static final Author BOB = Author.annotator("bob");

    @TempDir
    Path temp;
    private LabelStore store;

    @BeforeEach
    void open() {
        store = LabelStore.open(temp.resolve(LabelStore.FILE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LabelSession session(ExampleView rows, LabelTask task, Author author, double repeated) {
        return LabelSession.open(rows, store, SessionSpec.of(task, author).withRepeatedShare(repeated),
                Clock.systemUTC());
    }

    private static ExampleView answers(int count) {
        return Examples.view(IntStream.range(0, count).mapToObj(i -> Examples.unpaired("p" + i, "a", false))
                .toArray(PreferenceExample[]::new));
    }

    private Agreement agreement(ExampleView rows, LabelTask task) {
        return Agreement.of(LabelBook.read(store, rows.version(), task));
    }

    /** 50 answers, both yes 20, yes and no 5, no and yes 10, both no 15: κ = (0.7 − 0.5)/(1 − 0.5). */
    @Test
    void twoAnnotatorsHaveTheKappaOfTheirTable() {
        ExampleView rows = answers(50);
        LabelSession ann = session(rows, LabelTask.ANSWERS, ANN, 0);
        LabelSession bob = session(rows, LabelTask.ANSWERS, BOB, 0);
        for (int i = 0; i < 50; i++) {
            ann.accept(i < 25);
            bob.accept(i < 20 || (i >= 25 && i < 35));
        }
        session(rows, LabelTask.ANSWERS, Author.adjudicator("dora"), 0).accept(false);

        Agreement agreement = agreement(rows, LabelTask.ANSWERS);
        assertThat(agreement.units()).isEqualTo(50);
        assertThat(agreement.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.first() + pair.second()).isEqualTo("annbob");
            assertThat(pair.observed()).isCloseTo(0.7, within(1e-12));
            assertThat(pair.kappa()).isCloseTo(0.4, within(1e-12));
        });
    }

    /** Of repeated answers every third is judged otherwise the second time. */
    @Test
    void repeatedRowsTellHowFarSomebodyAgreesWithThemselves() {
        ExampleView rows = answers(300);
        LabelSession session = session(rows, LabelTask.ANSWERS, ANN, 0.3);
        int repeats = 0;
        int changed = 0;
        for (int at = 0; at < session.size(); at++) {
            Item item = session.card(at).item();
            boolean first = item.row() % 2 == 0;
            boolean change = item.repeated() && repeats++ % 3 == 0;
            changed += change ? 1 : 0;
            session.accept(first != change);
        }
        Agreement agreement = agreement(rows, LabelTask.ANSWERS);
        assertThat(repeats).isBetween(60, 120);
        assertThat(agreement.self()).containsOnlyKeys("ann");
        assertThat(agreement.self().get("ann")).isCloseTo(1 - (double) changed / repeats, within(1e-12));
        assertThat(agreement.units()).isZero(); // nobody else judged: a repetition is no second annotator
    }

    /** Step by step; where answers were cut otherwise, steps are not the same units. */
    @Test
    void onlyStepsThatWereCutAlikeAreCompared() {
        ExampleView rows = Examples.view(
                Examples.stepwise("p", Step.labelled("a b\n", StepLabel.UNMARKED),
                        Step.labelled("c", StepLabel.UNMARKED)),
                Examples.stepwise("q", Step.labelled("a b\n", StepLabel.UNMARKED),
                        Step.labelled("c", StepLabel.UNMARKED)));
        LabelSession ann = session(rows, LabelTask.STEPS, ANN, 0);
        LabelSession bob = session(rows, LabelTask.STEPS, BOB, 0);
        List.of(StepLabel.GOOD, StepLabel.BAD, StepLabel.GOOD, StepLabel.GOOD).forEach(ann::judge);
        bob.split(1);
        List.of(StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD, StepLabel.NEUTRAL)
                .forEach(bob::judge);

        Agreement agreement = agreement(rows, LabelTask.STEPS);
        assertThat(agreement.units()).isEqualTo(2);
        assertThat(agreement.pairs().getFirst().observed()).isEqualTo(0.5);
    }

    /** The sides of a pair are a coin for each annotator, the same whenever the queue is opened. */
    @Test
    void blindSidesAreTheSameAgainAndDifferBetweenAnnotators() {
        ExampleView rows = Examples.view(IntStream.range(0, 200).mapToObj(i -> Examples.paired("p" + i, "x", "y"))
                .toArray(PreferenceExample[]::new));
        List<List<String>> shown = new ArrayList<>();
        for (Author author : List.of(ANN, ANN, BOB)) {
            LabelSession session = session(rows, LabelTask.PAIRS, author, 0);
            shown.add(IntStream.range(0, 200).mapToObj(at -> session.card(at).answers().getFirst().text()).toList());
        }
        assertThat(shown.get(0)).isEqualTo(shown.get(1));
        assertThat(shown.get(0).stream().filter("x"::equals).count()).isBetween(70L, 130L);
        assertThat(IntStream.range(0, 200).filter(i -> shown.get(0).get(i).equals(shown.get(2).get(i))).count())
                .isBetween(70L, 130L);
    }
}
