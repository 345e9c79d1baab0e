package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.label.Author;
import preflab.datasets.label.Choice;
import preflab.datasets.label.LabelCard;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.Progress;
import preflab.datasets.label.RowLabel;
import preflab.datasets.label.Side;
import preflab.datasets.label.StepVerdict;
import preflab.datasets.label.Suggestion;

/**
 * Where a session stands, ready to be shown.
 *
 * @param here
 *            the step whose verdict the next key gives
 * @param message
 *            a word about the act that led here; empty for none
 */
record Snapshot(Page page, int here, Progress progress, String message) {

    static Snapshot of(LabelSession session, String message) {
        LabelCard card = session.current();
        RowLabel label = card.label();
        Page page = new Page(card.position(), card.item().row(), card.item().repeated(), card.example().prompt(),
                body(session, card), label.complete(), label.skipped(), label.flagged(), label.note(),
                suggestedBy(card),
                others(card.others(), session.spec().task()));
        return new Snapshot(page, session.step(), session.progress(), message);
    }

    private static Page.Body body(LabelSession session, LabelCard card) {
        return switch (session.spec().task()) {
            case STEPS -> new Page.Steps(lines(card), right(card), card.label().finish());
            case ANSWERS -> answer(card);
            case PAIRS -> pair(session, card);
        };
    }

    private static List<StepLine> lines(LabelCard card) {
        List<Step> judged = card.judgedSteps();
        List<StepLine> lines = new ArrayList<>(judged.size());
        for (int i = 0; i < judged.size(); i++) {
            Step step = judged.get(i);
            StepVerdict own = card.label().step(i);
            lines.add(new StepLine(step.text(), step.label(), own.given(), step.q(),
                    Optional.ofNullable(card.suggestions().get(i)).filter(s -> !own.given())));
        }
        return lines;
    }

    private static Optional<Boolean> right(LabelCard card) {
        return card.example() instanceof Stepwise stepwise ? stepwise.answerCorrect() : Optional.empty();
    }

    private static Page.Answer answer(LabelCard card) {
        Optional<Boolean> data = card.example() instanceof Unpaired row
                ? Optional.of(row.accepted())
                : right(card);
        Optional<Suggestion> suggested = Optional.ofNullable(card.suggestions().get(Suggestion.WHOLE));
        boolean mine = card.label().accepted().isPresent();
        return new Page.Answer(card.answers().getFirst(), mine ? card.label().accepted() : data, mine,
                mine ? Optional.empty() : suggested);
    }

    private static String suggestedBy(LabelCard card) {
        return card.suggestions().values().stream().findFirst().map(Suggestion::source).orElse("");
    }

    private static Page.Pair pair(LabelSession session, LabelCard card) {
        Optional<Choice> better = better(session, card);
        Optional<Choice> suggested = session.suggestedSide(card.position()).filter(side -> better.isEmpty())
                .map(side -> side == Side.A ? Choice.FIRST : Choice.SECOND);
        return new Page.Pair(card.answers().get(0), card.answers().get(1), better, suggested);
    }

    /** By the sides of the screen: FIRST is A. */
    private static Optional<Choice> better(LabelSession session, LabelCard card) {
        return card.label().choice().map(choice -> choice == Choice.TIE
                ? Choice.TIE
                : session.chosenSide(card.position()).equals(Optional.of(Side.A)) ? Choice.FIRST : Choice.SECOND);
    }

    static List<String> others(Map<Author, RowLabel> others, LabelTask task) {
        return others.entrySet().stream().map(entry -> entry.getKey().name()
                + (entry.getKey().adjudicator() ? " (adjudicator): " : ": ") + words(entry.getValue(), task)).toList();
    }

    /** What somebody said, in a line. */
    static String words(RowLabel label, LabelTask task) {
        return switch (task) {
            case STEPS -> label.steps().stream().map(Snapshot::word).collect(Collectors.joining(" · "));
            case ANSWERS -> label.accepted().map(yes -> yes ? "accepted" : "rejected").orElse("–");
            case PAIRS -> label.choice().map(choice -> choice.name().toLowerCase(Locale.ROOT) + " of the data")
                    .orElse("–");
        };
    }

    private static String word(StepVerdict verdict) {
        return verdict.q().isPresent()
                ? QBar.words(verdict.q())
                : verdict.label().map(Verdicts::word).orElse("–");
    }
}
