package preflab.datasets.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
import preflab.datasets.example.Stepwise;
import preflab.datasets.split.SplitRule;
import preflab.datasets.store.LabelStore;

class LabelSessionTest {

    private static final Author ANN = Author.annotator("ann");
    private static final Author BOB = Author.annotator("bob");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

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

    private static ExampleView steps(int rows) {
        return Examples.view(IntStream.range(0, rows)
                .mapToObj(i -> Examples.stepwise("problem " + i,
                        Examples.step("one " + i + "\n", StepLabel.UNMARKED, 0.5),
                        Step.labelled("two\n", StepLabel.GOOD), Step.labelled("three", StepLabel.UNMARKED)))
                .toArray(PreferenceExample[]::new));
    }

    private static ExampleView pairs(int rows) {
        return Examples.view(IntStream.range(0, rows).mapToObj(i -> Examples.paired("p" + i, "first", "second"))
                .toArray(PreferenceExample[]::new));
    }

    private LabelSession session(ExampleView view, SessionSpec spec) {
        return LabelSession.open(view, store, spec, CLOCK);
    }

    private LabelSession stepSession(Author author) {
        return session(steps(5), SessionSpec.of(LabelTask.STEPS, author));
    }

    private static void judgeAll(LabelSession session, StepLabel... labels) {
        for (StepLabel label : labels) {
            session.judge(label);
        }
    }

    @Test
    void aVerdictMovesToTheNextStepAndAfterTheLastToTheNextItem() {
        LabelSession session = stepSession(ANN);

        judgeAll(session, StepLabel.GOOD, StepLabel.NEUTRAL);
        assertThat(List.of(session.position(), session.step())).containsExactly(0, 2);
        session.judge(-0.25);

        assertThat(List.of(session.position(), session.step())).containsExactly(1, 0);
        assertThat(session.label(0).complete()).isTrue();
        assertThat(session.card(0).judgedSteps()).containsExactly(Examples.step("one 0\n", StepLabel.GOOD, 0.5),
                Step.labelled("two\n", StepLabel.NEUTRAL), Step.valued("three", -0.25));
        assertThat(session.progress().complete()).isEqualTo(1);
    }

    @Test
    void undoAndRedoReachBackOverARestartWithoutLimit() {
        LabelSession before = stepSession(ANN);
        for (int i = 0; i < 15; i++) {
            before.judge(i % 2 == 0 ? StepLabel.GOOD : StepLabel.BAD);
        }
        close();
        open();
        LabelSession after = stepSession(ANN);
        RowLabel last = after.label(4);

        int undone = 0;
        while (after.undo()) {
            undone++;
        }
        assertThat(undone).isEqualTo(15);
        assertThat(IntStream.range(0, 5).mapToObj(after::label)).containsOnly(RowLabel.EMPTY.withSteps(List.of(),
                List.of()));
        close();
        open();
        LabelSession again = stepSession(ANN);
        int redone = 0;
        while (again.redo()) {
            redone++;
        }
        assertThat(redone).isEqualTo(15);
        assertThat(again.label(4)).isEqualTo(last);
        assertThat(again.progress().complete()).isEqualTo(5);
    }

    @Test
    void aNewActAfterUndoingLeavesNothingToRedo() {
        LabelSession session = stepSession(ANN);
        judgeAll(session, StepLabel.GOOD, StepLabel.GOOD);
        session.undo();
        session.judge(StepLabel.BAD);

        assertThat(session.redo()).isFalse();
        assertThat(session.card(0).label().steps()).containsExactly(StepVerdict.of(StepLabel.GOOD),
                StepVerdict.of(StepLabel.BAD), StepVerdict.NONE);
    }

    @Test
    void theFirstErrorEndsARowAndLeavesWhatFollowsUnmarked() {
        LabelSession session = session(steps(2), SessionSpec.of(LabelTask.STEPS, ANN).withFirstError(true));
        session.select(1);
        session.judge(StepLabel.BAD);

        assertThat(session.position()).isEqualTo(1);
        assertThat(session.label(0).finish()).contains(FinishReason.FOUND_ERROR);
        assertThat(session.card(0).judgedSteps()).extracting(Step::label).containsExactly(StepLabel.GOOD,
                StepLabel.BAD, StepLabel.UNMARKED);
    }

    @Test
    void splittingAndJoiningChangeNoCharacterAndKeepVerdictsOnOtherSteps() {
        LabelSession session = stepSession(ANN);
        judgeAll(session, StepLabel.GOOD, StepLabel.BAD);
        session.select(0);
        session.split(3);

        assertThat(session.current().steps()).extracting(Step::text).containsExactly("one", " 0\n", "two\n", "three");
        assertThat(session.current().label().steps()).containsExactly(StepVerdict.NONE, StepVerdict.NONE,
                StepVerdict.of(StepLabel.BAD), StepVerdict.NONE);
        assertThat(session.current().steps().get(1).q()).hasValue(0.5);
        session.select(2);
        assertThat(session.join()).isTrue();
        assertThat(session.current().steps()).extracting(Step::text).containsExactly("one", " 0\n", "two\nthree");
        assertThat(session.join()).isFalse();
        session.undo();
        session.undo();
        assertThat(session.current().steps()).extracting(Step::text).containsExactly("one 0\n", "two\n", "three");
        assertThatThrownBy(() -> session.split(0)).hasMessageContaining("cannot be split");
    }

    @Test
    void answersWithoutStepsAreCutByTheRule() {
        ExampleView view = Examples.view(Examples.unpaired("p", "a\n\nb\nc", true));
        LabelSession session = session(view, SessionSpec.of(LabelTask.STEPS, ANN));
        assertThat(session.current().steps()).extracting(Step::text).containsExactly("a\n\n", "b\n", "c");

        session.split(SplitRule.Marked.BLANK_LINE);

        assertThat(session.current().steps()).extracting(Step::text).containsExactly("a\n\n", "b\nc");
    }

    @Test
    void nobodySeesOthersVerdictsBeforeGivingTheirOwn() {
        judgeAll(stepSession(ANN), StepLabel.GOOD, StepLabel.GOOD, StepLabel.BAD);
        LabelSession bob = stepSession(BOB);

        judgeAll(bob, StepLabel.GOOD, StepLabel.GOOD);
        assertThat(bob.current().others()).isEmpty();
        assertThat(bob.nextDisagreement()).isFalse();
        bob.judge(StepLabel.GOOD);

        assertThat(bob.card(0).others()).containsOnlyKeys(ANN);
        assertThat(bob.nextDisagreement()).isTrue();
        assertThat(bob.position()).isZero();
    }

    @Test
    void anAdjudicatorIsLedToWhatIsUnsettledOnly() {
        judgeAll(stepSession(ANN), StepLabel.GOOD, StepLabel.GOOD, StepLabel.BAD, StepLabel.GOOD, StepLabel.GOOD,
                StepLabel.GOOD);
        judgeAll(stepSession(BOB), StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD,
                StepLabel.GOOD);
        LabelSession judge = stepSession(Author.adjudicator("carol"));

        assertThat(judge.nextDisagreement()).isTrue();
        assertThat(judge.position()).isZero();
        assertThat(judge.current().others()).containsOnlyKeys(ANN, BOB);
        judgeAll(judge, StepLabel.GOOD, StepLabel.GOOD, StepLabel.GOOD);
        assertThat(judge.nextDisagreement()).isFalse();
    }

    @Test
    void sidesAreShuffledForEachAnnotatorAndComeBackTheSame() {
        List<List<Boolean>> swaps = new ArrayList<>();
        for (Author author : List.of(ANN, ANN, BOB)) {
            LabelSession session = session(pairs(200), SessionSpec.of(LabelTask.PAIRS, author));
            swaps.add(IntStream.range(0, 200)
                    .mapToObj(i -> session.card(i).answers().getFirst().text().equals("second")).toList());
        }
        assertThat(swaps.get(0)).isEqualTo(swaps.get(1)).isNotEqualTo(swaps.get(2));
        assertThat(swaps.get(0).stream().filter(swapped -> swapped).count()).isBetween(70L, 130L);
    }

    @Test
    void whatIsChosenIsTheAnswerThatWasShownThere() {
        LabelSession session = session(pairs(20), SessionSpec.of(LabelTask.PAIRS, ANN));
        for (int i = 0; i < 20; i++) {
            String shownAsA = session.current().answers().getFirst().text();
            session.choose(Side.A);
            assertThat(session.label(i).choice()).contains(shownAsA.equals("first") ? Choice.FIRST : Choice.SECOND);
            assertThat(session.chosenSide(i)).contains(Side.A);
        }
        session.tie();
        assertThat(session.label(19).choice()).contains(Choice.TIE);
    }

    @Test
    void aShareOfRowsComesBackLaterWithoutTheFirstVerdict() {
        SessionSpec spec = SessionSpec.of(LabelTask.PAIRS, ANN).withRepeatedShare(0.2);
        LabelSession session = session(pairs(500), spec);
        List<Integer> repeats = IntStream.range(0, session.size()).filter(i -> session.card(i).item().repeated())
                .boxed().toList();

        assertThat(repeats).hasSizeBetween(70, 130);
        for (int i = 0; i < 500; i++) {
            session.choose(Side.A);
        }
        int last = repeats.stream().filter(i -> i > session.position()).findFirst().orElseThrow();
        assertThat(session.card(last).label()).isEqualTo(RowLabel.EMPTY);
        assertThat(session.size()).isEqualTo(500 + repeats.size());
    }

    @Test
    void movesReachUnlabelledFlaggedAndFoundItemsAroundTheEnd() {
        LabelSession session = stepSession(ANN);
        session.jump(3);
        session.toggleFlag();
        session.note("look again");
        session.jump(4);
        session.finish(FinishReason.SOLUTION);

        assertThat(session.position()).isEqualTo(4);
        assertThat(session.nextUnlabelled()).isTrue();
        assertThat(session.position()).isZero();
        assertThat(session.nextFlagged()).isTrue();
        assertThat(session.current().label().note()).isEqualTo("look again");
        assertThat(session.find("PROBLEM 2")).isTrue();
        assertThat(session.position()).isEqualTo(2);
        assertThat(session.find("nowhere")).isFalse();
        session.skip();
        assertThat(session.progress()).isEqualTo(new Progress(1, 1, 1, 5, 0));
    }

    @Test
    void suggestionsOrderTheQueueAndCountOnlyWhenAccepted() {
        ExampleView view = steps(3);
        store.suggest(view.version(), List.of(new Suggestion(0, 0, 0.99, "run 7"), new Suggestion(1, 0, 0.05, "run 7"),
                new Suggestion(1, 1, 0.55, "run 7"), new Suggestion(2, 0, 0.8, "run 7")));
        LabelSession session = session(view,
                SessionSpec.of(LabelTask.STEPS, ANN).withOrder(QueueOrder.UNCERTAIN_FIRST));

        assertThat(IntStream.range(0, 3).map(i -> session.card(i).item().row())).containsExactly(1, 2, 0);
        assertThat(session.current().label()).isEqualTo(RowLabel.EMPTY);
        assertThat(session.acceptSuggestion()).isTrue();
        assertThat(session.label(0).step(0)).isEqualTo(StepVerdict.of(StepLabel.BAD));
        session.select(2);
        assertThat(session.acceptSuggestion()).isFalse();
    }

    @Test
    void anAcceptedSuggestionIsAnEventThatSaysSo() {
        ExampleView view = steps(1);
        store.suggest(view.version(), List.of(new Suggestion(0, 0, 0.9, "run 7")));
        LabelSession session = session(view, SessionSpec.of(LabelTask.STEPS, ANN));
        session.acceptSuggestion();
        session.judge(StepLabel.BAD);

        List<LabelEvent> events = new ArrayList<>();
        store.replay(view.version(), LabelTask.STEPS, events::add);
        assertThat(events).extracting(LabelEvent::act).containsExactly(LabelEvent.Act.ACCEPT, LabelEvent.Act.VERDICT);
        assertThat(events).allSatisfy(event -> assertThat(event.author()).isEqualTo(ANN));
    }

    @Test
    void aSuggestionForAPairIsShownOnItsSideAndAccepted() {
        ExampleView view = pairs(30);
        store.suggest(view.version(), IntStream.range(0, 30).mapToObj(row -> new Suggestion(row, Suggestion.WHOLE,
                row % 2 == 0 ? 0.8 : 0.3, "run 7")).toList());
        LabelSession session = session(view, SessionSpec.of(LabelTask.PAIRS, ANN));

        for (int at = 0; at < 30; at++) {
            Side suggested = session.suggestedSide(at).orElseThrow();
            assertThat(session.acceptSuggestion()).isTrue();
            assertThat(session.label(at).choice()).contains(at % 2 == 0 ? Choice.FIRST : Choice.SECOND);
            assertThat(session.chosenSide(at)).contains(suggested);
        }
    }

    @Test
    void suggestionsStayWithTheStepsTheyWereMadeFor() {
        ExampleView view = steps(1);
        int count = ((Stepwise) view.get(0)).steps().size();
        store.suggest(view.version(), IntStream.range(0, count)
                .mapToObj(step -> new Suggestion(0, step, 0.1 * (step + 1), "run 7")).toList());
        LabelSession session = session(view, SessionSpec.of(LabelTask.STEPS, ANN));
        session.split(1); // the first step in two: there is nothing for its halves, and the others move on by one

        assertThat(session.current().suggestions().keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, count).boxed().toList());
        assertThat(session.current().suggestions().get(2).probability()).isEqualTo(0.2);
        session.undo();
        assertThat(session.current().suggestions()).hasSize(count);
    }

    @Test
    void suggestionsForAnswersAndForStepsDoNotMix() {
        ExampleView view = steps(2);
        store.suggest(view.version(), List.of(new Suggestion(0, Suggestion.WHOLE, 0.5, "run 7"),
                new Suggestion(0, 0, 0.99, "run 7"), new Suggestion(1, 0, 0.8, "run 7")));

        LabelSession session = session(view,
                SessionSpec.of(LabelTask.STEPS, ANN).withOrder(QueueOrder.UNCERTAIN_FIRST));
        assertThat(session.current().item().row()).isEqualTo(1);
        assertThat(session(view, SessionSpec.of(LabelTask.ANSWERS, ANN)).current().suggestions())
                .containsOnlyKeys(Suggestion.WHOLE);
    }

    @Test
    void aRowIsShownWhereverItsPlaceInTheQueueIs() {
        LabelSession session = session(steps(5), SessionSpec.of(LabelTask.STEPS, ANN).withOrder(QueueOrder.SHUFFLED));
        for (int row = 0; row < 5; row++) {
            assertThat(session.show(row)).isTrue();
            assertThat(session.current().example().prompt().text()).isEqualTo("problem " + row);
        }
        assertThat(session.show(5)).isFalse();
    }

    @Test
    void aTaskThatDoesNotFitTheDataIsRefused() {
        assertThatThrownBy(() -> session(pairs(1), SessionSpec.of(LabelTask.STEPS, ANN)))
                .hasMessageContaining("steps does not fit 1 paired rows");
    }
}
