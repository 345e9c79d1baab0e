package preflab.datasets.label;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.split.SplitRule;
import preflab.datasets.label.LabelEvent.Act;

/**
 * One person before a queue of rows, without a window. Every act is on the disk when its method returns, so a screen
 * shows nothing that could be lost. Acts concern the current item and, for steps, the current step; verdicts move on by
 * themselves: to the next step, and after the last to the next item.
 * <p>
 * Not for several threads at once. Opening replays the events of the version once; acts and moves then take constant
 * time, apart from the commit.
 */
public final class LabelSession {

    private final ExampleView rows;
    private final LabelLog log;
    private final SessionSpec spec;
    private final Clock clock;
    private final List<Item> queue;
    private final QueueMarks marks;
    private final LabelBook book = new LabelBook();
    private final UndoStack undo = new UndoStack();
    private final Suggestions suggestions;
    private final Pace pace = new Pace();
    private int position;
    private int step;

    private LabelSession(ExampleView rows, LabelLog log, SessionSpec spec, Clock clock) {
        this.rows = rows;
        this.log = log;
        this.spec = spec;
        this.clock = clock;
        this.suggestions = new Suggestions(spec.task(), log.suggestions(rows.version()));
        this.queue = LabelQueue.of(spec, rows.size(), suggestions.uncertainty());
        this.marks = new QueueMarks(queue);
        log.replay(rows.version(), spec.task(), this::take);
    }

    /**
     * Opens a session where its author left off: at the first item without a complete verdict.
     *
     * @param clock
     *            dates the events and measures the pace
     * @throws IllegalArgumentException
     *             when rows of this kind cannot be asked about so, or there are none
     */
    public static LabelSession open(ExampleView rows, LabelLog log, SessionSpec spec, Clock clock) {
        if (!spec.task().accepts(rows.kind()) || rows.size() == 0) {
            throw new IllegalArgumentException("the task " + spec.task().id() + " does not fit " + rows.size() + " "
                    + rows.kind().id() + " rows");
        }
        LabelSession session = new LabelSession(rows, log, spec, clock);
        session.jump(session.marks.firstOpen());
        return session;
    }

    public SessionSpec spec() {
        return spec;
    }

    /** Everybody who has said something about this version, in this task. */
    public Set<Author> authors() {
        return book.authors();
    }

    /** Places in the queue; repeated rows count twice. */
    public int size() {
        return queue.size();
    }

    /** Of the current item, from 0. */
    public int position() {
        return position;
    }

    /** The current step of the current item, from 0. */
    public int step() {
        return step;
    }

    /** The current item as it is to be shown. */
    public LabelCard current() {
        return card(position);
    }

    /** Any item as it is to be shown; nothing moves. */
    public LabelCard card(int at) {
        Item item = queue.get(at);
        PreferenceExample example = rows.get(item.row());
        RowLabel label = book.of(spec.author(), item);
        List<Step> steps = spec.task() == LabelTask.STEPS
                ? Judged.steps(example, label.ends(), spec.split())
                : List.of();
        return new LabelCard(item, at, example, steps, label,
                Judged.answers(spec.task(), example, LabelQueue.swapped(spec, item)),
                suggestions.of(example, item.row(), steps), book.others(spec.author(), item));
    }

    /** The label of any item in force, without reading its row. */
    public RowLabel label(int at) {
        return book.of(spec.author(), queue.get(at));
    }

    /** How far this session is. */
    public Progress progress() {
        return marks.progress(pace.perMinute());
    }

    /** To this place; its first step without a verdict becomes the current one. */
    public void jump(int to) {
        if (to < 0 || to >= queue.size()) {
            throw new IllegalArgumentException("there are items 1 to " + queue.size() + ", not " + (to + 1));
        }
        position = to;
        step = spec.task() == LabelTask.STEPS ? Judged.firstOpen(current()) : 0;
    }

    /** To the first showing of this row of the data; false when this queue does not show it. */
    public boolean show(int row) {
        OptionalInt at = marks.position(Item.of(row));
        at.ifPresent(this::jump);
        return at.isPresent();
    }

    /** To the next item; false at the end. */
    public boolean next() {
        return moved(position + 1);
    }

    /** To the item before; false at the beginning. */
    public boolean previous() {
        return moved(position - 1);
    }

    /** Makes this step the current one. */
    public void select(int newStep) {
        step = Math.clamp(newStep, 0, Math.max(0, current().steps().size() - 1));
    }

    /** To the next item without a complete verdict, from the start again after the end; false when there is none. */
    public boolean nextUnlabelled() {
        return nextWhere(at -> !marks.complete(at));
    }

    /** To the next item that is neither complete nor skipped; false when there is none. */
    public boolean nextOpen() {
        return nextWhere(at -> !marks.complete(at) && !marks.skipped(at));
    }

    /** To the next flagged item; false when there is none. */
    public boolean nextFlagged() {
        return nextWhere(marks::flagged);
    }

    /**
     * To the next item where another person's complete verdict is not one's own; false when there is none. Items one
     * has not completed oneself are passed over: stopping there would betray the others' verdicts. An adjudicator is
     * led to every row on which annotators differ and no adjudicator has spoken.
     */
    public boolean nextDisagreement() {
        return nextWhere(at -> book.differs(spec.author(), queue.get(at)));
    }

    /**
     * To the next item with these words in its prompt or answers (capitals do not matter); false when there is none.
     * Reads rows: up to a second for 100,000.
     */
    public boolean find(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return nextWhere(at -> Judged.text(rows.get(queue.get(at).row())).toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** Judges the current step and moves on. Judging the last open step, or in first-error mode a wrong one, completes. */
    public void judge(StepLabel verdict) {
        judge(Act.VERDICT, StepVerdict.of(verdict));
    }

    /** Gives the current step a value in [−1, 1] and moves on. */
    public void judge(double q) {
        judge(Act.VERDICT, StepVerdict.valued(q));
    }

    /** Takes back what was said about the current step; stays there. */
    public void clear() {
        LabelCard card = current();
        act(Act.VERDICT, label -> Judged.completed(
                label.withStep(step, card.steps().size(), StepVerdict.NONE).withComplete(false), card.steps().size()));
    }

    /** Ends the labelling of the current answer for this reason and moves on to the next item. */
    public void finish(FinishReason reason) {
        act(Act.FINISH, label -> label.withFinish(reason).withSkipped(false));
        next();
    }

    /**
     * Splits the current step before the character at this offset into it; a verdict on it is taken back.
     *
     * @throws IllegalArgumentException
     *             at either end, or where a piece would be white space alone
     */
    public void split(int offset) {
        cut(Act.SPLIT, Cut.split(current(), step, offset));
    }

    /** Joins the current step with the next one; verdicts on them are taken back. False at the last step. */
    public boolean join() {
        LabelCard card = current();
        if (step + 1 >= card.steps().size()) {
            return false;
        }
        cut(Act.JOIN, Cut.join(card, step));
        return true;
    }

    /** Cuts the whole answer anew by a rule; verdicts on its steps are taken back. */
    public void split(SplitRule rule) {
        Cut anew = Cut.by(rule, current());
        step = 0;
        cut(Act.SPLIT, anew);
    }

    /** Accepts or rejects the current answer and moves on. */
    public void accept(boolean accepted) {
        require(LabelTask.ANSWERS);
        whole(Act.VERDICT, label -> label.withAccepted(accepted));
    }

    /** Prefers the answer shown on this side and moves on. */
    public void choose(Side side) {
        require(LabelTask.PAIRS);
        boolean first = (side == Side.A) != LabelQueue.swapped(spec, queue.get(position));
        whole(Act.VERDICT, label -> label.withChoice(first ? Choice.FIRST : Choice.SECOND));
    }

    /** Prefers neither and moves on. */
    public void tie() {
        require(LabelTask.PAIRS);
        whole(Act.VERDICT, label -> label.withChoice(Choice.TIE));
    }

    /** The preferred side as it is shown, or empty for none or a tie. */
    public Optional<Side> chosenSide(int at) {
        return label(at).choice().filter(choice -> choice != Choice.TIE).map(choice -> shown(choice, at));
    }

    /**
     * Makes the suggestion for the current step, answer or pair one's own verdict and moves on. False when there is
     * none. The event tells that a suggestion was accepted; from then on the verdict is its author's.
     */
    public boolean acceptSuggestion() {
        Suggestion suggestion = current().suggestions().get(spec.task() == LabelTask.STEPS ? step : Suggestion.WHOLE);
        if (suggestion == null) {
            return false;
        }
        switch (spec.task()) {
            case STEPS -> judge(Act.ACCEPT, StepVerdict.of(suggestion.label()));
            case ANSWERS -> whole(Act.ACCEPT, label -> label.withAccepted(suggestion.label() == StepLabel.GOOD));
            case PAIRS -> whole(Act.ACCEPT, label -> label.withChoice(suggestion.choice()));
        }
        return true;
    }

    /** The side, as it is shown, that the suggestion for this pair prefers; empty where there is none. */
    public Optional<Side> suggestedSide(int at) {
        return spec.task() == LabelTask.PAIRS
                ? Optional.ofNullable(suggestions.of(queue.get(at).row()).get(Suggestion.WHOLE))
                        .map(suggestion -> shown(suggestion.choice(), at))
                : Optional.empty();
    }

    /** Puts the current item aside and moves on. */
    public void skip() {
        act(Act.SKIP, label -> label.withSkipped(true));
        next();
    }

    /** Flags the current item, or takes its flag away. */
    public void toggleFlag() {
        act(Act.FLAG, label -> label.withFlagged(!label.flagged()));
    }

    /** Notes these words on the current item; empty words take the note away. */
    public void note(String words) {
        act(Act.NOTE, label -> label.withNote(words));
    }

    /** Takes back this author's last act, also of an earlier sitting, and goes to its item; false when there is none. */
    public boolean undo() {
        UndoStack.Change change = undo.lastDone();
        return change != null && goBack(Act.UNDO, change.item(), change.before());
    }

    /** Does again what was undone last, as long as nothing was done since; false when there is nothing. */
    public boolean redo() {
        UndoStack.Change change = undo.lastUndone();
        return change != null && goBack(Act.REDO, change.item(), change.after());
    }

    private boolean goBack(Act act, Item item, RowLabel label) {
        append(act, item, label);
        jump(marks.position(item).orElse(position));
        return true;
    }

    private Side shown(Choice choice, int at) {
        return (choice == Choice.FIRST) != LabelQueue.swapped(spec, queue.get(at)) ? Side.A : Side.B;
    }

    private void whole(Act act, UnaryOperator<RowLabel> change) {
        act(act, change);
        next();
    }

    private void judge(Act act, StepVerdict verdict) {
        require(LabelTask.STEPS);
        int count = current().steps().size();
        boolean ends = spec.firstError() && verdict.equals(StepVerdict.of(StepLabel.BAD));
        act(act, label -> {
            RowLabel judged = label.withStep(step, count, verdict);
            return ends ? Judged.firstError(judged, step, count) : Judged.completed(judged, count);
        });
        if (ends || step + 1 >= count) {
            next();
        } else {
            step++;
        }
    }

    private void cut(Act act, Cut cut) {
        PreferenceExample example = current().example();
        act(act, label -> cut.in(label, example));
    }

    private void act(Act act, UnaryOperator<RowLabel> change) {
        Item item = queue.get(position);
        append(act, item, change.apply(book.of(spec.author(), item)));
    }

    private void append(Act act, Item item, RowLabel label) {
        boolean before = book.of(spec.author(), item).complete();
        take(log.append(new LabelEvent(0, clock.instant(), spec.author(), rows.version(), spec.task(), item, act,
                label)));
        if (!before && label.complete()) {
            pace.completed(clock.instant());
        }
    }

    private void take(LabelEvent event) {
        if (event.author().equals(spec.author())) {
            undo.add(event, book.of(spec.author(), event.item()));
            marks.mark(event.item(), event.label());
        }
        book.add(event);
    }

    private boolean nextWhere(IntPredicate wanted) {
        for (int i = 1; i <= queue.size(); i++) {
            int at = (position + i) % queue.size();
            if (wanted.test(at)) {
                jump(at);
                return true;
            }
        }
        return false;
    }

    private boolean moved(int to) {
        if (to < 0 || to >= queue.size()) {
            return false;
        }
        jump(to);
        return true;
    }

    private void require(LabelTask task) {
        if (spec.task() != task) {
            throw new IllegalStateException("this session asks about " + spec.task().id() + ", not " + task.id());
        }
    }
}
