package preflab.app.label;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import javafx.scene.input.KeyCode;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.Author;
import preflab.datasets.label.FinishReason;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.label.Side;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/**
 * Walks one person through the rows of a version. Every act is saved, off the thread of the window and in the order of
 * the keys, before its outcome is shown.
 */
public final class LabelController {

    /** One row in twenty comes again. */
    private static final double REPEATED = 0.05;

    private final LabelModel model;
    private final Workspace workspace;
    private final LabelMemory memory;
    private final ErrorModel errors;
    private final Clock clock;
    private final Serial acts;
    private final Latest opening;
    private final ThresholdController threshold;
    private Optional<LabelSession> session = Optional.empty();
    private Runnable whenDataWanted = () -> {
    };

    public LabelController(LabelModel model, Workspace workspace, LabelMemory memory, Work work, ErrorModel errors,
            Clock clock) {
        this.model = model;
        this.workspace = workspace;
        this.memory = memory;
        this.errors = errors;
        this.clock = clock;
        this.acts = new Serial(work);
        this.opening = new Latest(work);
        this.threshold = new ThresholdController(model, workspace, memory, work, errors);
        memory.fill(model);
        model.datasetProperty().subscribe((before, info) -> chooseTask(info));
        model.taskProperty().subscribe((before, task) -> open());
        model.annotatorProperty().subscribe((before, name) -> open());
        model.adjudicatingProperty().subscribe((before, on) -> open());
        model.orderProperty().subscribe((before, order) -> open());
        model.repeatingProperty().subscribe((before, on) -> open());
        model.firstErrorProperty().subscribe((before, on) -> open(Optional.ofNullable(model.pageProperty().get())));
    }

    public LabelModel model() {
        return model;
    }

    /** Whether an example is shown and all that was asked for is saved. */
    public boolean isSettled() {
        return session.isPresent() && acts.isIdle() && model.pageProperty().get() != null;
    }

    /** Who takes a person to where data comes from. */
    public void setWhenDataWanted(Runnable action) {
        whenDataWanted = action;
    }

    /** Who hears of the step threshold that later runs start from; at once, and when it changes. */
    public void setWhenThresholdKept(DoubleConsumer listener) {
        threshold.setWhenKept(listener);
    }

    void keepThreshold() {
        threshold.keep();
    }

    void goToData() {
        whenDataWanted.run();
    }

    /** Takes over the list of versions; stays where one is, or goes back to where one was. */
    public void setDatasets(List<DatasetInfo> list) {
        List<DatasetInfo> usable = list.stream().filter(info -> LabelTask.defaultFor(info.kind()).isPresent()).toList();
        DatasetInfo chosen = model.datasetProperty().get();
        Optional<DatasetInfo> kept = usable.stream().filter(info -> chosen != null && info.id().equals(chosen.id()))
                .findFirst();
        model.datasets().setAll(usable);
        model.datasetProperty().set(kept.or(() -> memory.dataset(usable)).or(() -> usable.reversed().stream()
                .filter(info -> LabelTask.defaultFor(info.kind()).equals(Optional.of(LabelTask.STEPS))).findFirst())
                .or(() -> usable.stream().findFirst()).orElse(null));
    }

    private void chooseTask(DatasetInfo info) {
        LabelTask before = model.taskProperty().get();
        LabelTask task = info == null
                ? null
                : memory.task(info).or(() -> LabelTask.defaultFor(info.kind())).orElse(null);
        model.taskProperty().set(task);
        if (task == before) {
            open();
        }
    }

    /** Opens a version for a task and goes to a row: for links from other screens. */
    public void show(DatasetInfo info, int row) {
        model.datasetProperty().set(info);
        run(open -> {
            open.jump(row);
            return "";
        });
    }

    private void open() {
        open(Optional.empty());
    }

    private void open(Optional<Page> stay) {
        DatasetInfo info = model.datasetProperty().get();
        LabelTask task = model.taskProperty().get();
        session = Optional.empty();
        model.pageProperty().set(null);
        model.splitAtProperty().set(-1);
        if (info == null || task == null || !task.accepts(info.kind())) {
            return;
        }
        memory.keep(model);
        threshold.read(info, task);
        SessionSpec spec = spec(task);
        model.loadingProperty().set(true);
        opening.start(() -> {
            LabelSession opened = LabelSession.open(workspace.datasets().view(info.id()), workspace.labels(), spec,
                    clock);
            stay.ifPresent(page -> opened.jump(page.place()));
            return new Opened(opened, Snapshot.of(opened, ""));
        }, opened -> {
            model.loadingProperty().set(false);
            session = Optional.of(opened.session());
            show(opened.session(), opened.snapshot());
        }, failure -> failed("Opening " + info.id().display() + " for labelling", failure));
    }

    private SessionSpec spec(LabelTask task) {
        String name = model.annotatorProperty().get();
        Author author = model.adjudicatingProperty().get() ? Author.adjudicator(name) : Author.annotator(name);
        return SessionSpec.of(task, author).withFirstError(model.firstErrorProperty().get())
                .withOrder(model.orderProperty().get())
                .withRepeatedShare(model.repeatingProperty().get() ? REPEATED : 0);
    }

    private record Opened(LabelSession session, Snapshot snapshot) {
    }

    private void failed(String action, Throwable failure) {
        model.loadingProperty().set(false);
        errors.show(ErrorReport.of(action, failure));
    }

    /** Acts on the session in the order of the keys; what comes of it is shown when it is on the disk. */
    private void run(Function<LabelSession, String> action) {
        session.ifPresent(open -> acts.start(() -> Snapshot.of(open, action.apply(open)), shot -> show(open, shot),
                this::refused));
    }

    private void refused(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            model.messageProperty().set(failure.getMessage());
        } else {
            errors.show(ErrorReport.of("Saving a verdict", failure));
        }
    }

    private void show(LabelSession of, Snapshot shot) {
        if (session.equals(Optional.of(of))) {
            model.totalProperty().set(shot.progress().items());
            model.doneProperty().set(shot.progress().complete());
            model.paceProperty().set(shot.progress().perMinute() > 0
                    ? String.format(Locale.ROOT, "%.0f/min", shot.progress().perMinute())
                    : "");
            model.messageProperty().set(shot.message());
            model.pageProperty().set(shot.page());
            model.hereProperty().set(shot.here());
        }
    }

    /** Does what a key says. */
    void act(LabelAction action) {
        switch (action) {
            case GOOD -> judge(StepLabel.GOOD);
            case NEUTRAL -> judge(StepLabel.NEUTRAL);
            case BAD -> judge(StepLabel.BAD);
            case UNMARK -> judge(StepLabel.UNMARKED);
            case CLEAR -> run(told(LabelSession::clear, "taken back"));
            case SOLUTION -> finish(FinishReason.SOLUTION);
            case FOUND_ERROR -> finish(FinishReason.FOUND_ERROR);
            case BAD_PROBLEM -> finish(FinishReason.BAD_PROBLEM);
            case GIVE_UP -> finish(FinishReason.GIVE_UP);
            case ACCEPT -> run(told(open -> open.accept(true), ""));
            case REJECT -> run(told(open -> open.accept(false), ""));
            case CHOOSE_A -> run(told(open -> open.choose(Side.A), ""));
            case CHOOSE_B -> run(told(open -> open.choose(Side.B), ""));
            case TIE -> run(told(LabelSession::tie, ""));
            case DOWN -> run(told(open -> open.select(open.step() + 1), ""));
            case UP -> run(told(open -> open.select(open.step() - 1), ""));
            case NEXT -> run(open -> open.next() ? "" : "this is the last example");
            case PREVIOUS -> run(open -> open.previous() ? "" : "this is the first example");
            case UNLABELLED -> run(open -> open.nextUnlabelled() ? "" : "every example is labelled");
            case FLAGGED -> run(open -> open.nextFlagged() ? "" : "no example is flagged");
            case DIFFERING -> run(open -> open.nextDisagreement() ? "" : "annotators differ nowhere you have labelled");
            case UNDO -> run(open -> open.undo() ? "undone" : "nothing to undo");
            case REDO -> run(open -> open.redo() ? "done again" : "nothing to do again");
            case SKIP -> run(told(LabelSession::skip, "skipped"));
            case FLAG -> run(told(LabelSession::toggleFlag, ""));
            case TAKE -> run(open -> open.acceptSuggestion() ? "suggestion taken" : "nothing is suggested here");
            case JOIN -> run(open -> open.join() ? "joined with the next" : "the last step has none to join with");
            case SPLIT -> beginSplit();
            case MODE -> model.firstErrorProperty().set(!model.firstErrorProperty().get());
            case VALUE -> ask(Ask.VALUE);
            case RULE -> ask(Ask.RULE);
            case NOTE -> ask(Ask.NOTE);
            case JUMP -> ask(Ask.JUMP);
            case SEARCH -> ask(Ask.SEARCH);
            case KEYS -> model.sheetProperty().set(true);
        }
    }

    private static Function<LabelSession, String> told(Consumer<LabelSession> act, String message) {
        return open -> {
            act.accept(open);
            return message;
        };
    }

    private void judge(StepLabel verdict) {
        run(told(open -> open.judge(verdict), ""));
    }

    void finish(FinishReason reason) {
        run(told(open -> open.finish(reason), ""));
    }

    /** Makes this step the one that the next key judges. */
    void stand(int step) {
        run(told(open -> open.select(step), ""));
    }

    // ---- splitting at a cursor ----

    private void beginSplit() {
        text().ifPresent(words -> model.splitAtProperty().set(SplitMoves.start(words)));
    }

    private Optional<String> text() {
        return model.pageProperty().get() != null && model.pageProperty().get().body() instanceof Page.Steps steps
                && model.hereProperty().get() < steps.lines().size()
                        ? Optional.of(steps.lines().get(model.hereProperty().get()).text())
                        : Optional.empty();
    }

    void moveSplit(int offset) {
        model.splitAtProperty().set(offset);
    }

    /** What a key does while a cursor is in a step; false for a key that does nothing. */
    boolean splitKey(KeyCode key, boolean byWord) {
        String words = text().orElse("");
        int at = model.splitAtProperty().get();
        switch (key) {
            case ESCAPE -> model.splitAtProperty().set(-1);
            case ENTER -> {
                model.splitAtProperty().set(-1);
                run(told(open -> open.split(at), "split"));
            }
            default -> {
                Optional<Integer> moved = SplitMoves.moved(words, at, key, byWord);
                moved.ifPresent(model.splitAtProperty()::set);
                return moved.isPresent();
            }
        }
        return true;
    }

    // ---- what is typed ----

    private void ask(Ask ask) {
        model.askProblemProperty().set("");
        model.askProperty().set(ask);
    }

    /** What stands in the line when it opens. */
    String startText(Ask ask) {
        return ask == Ask.NOTE && model.pageProperty().get() != null ? model.pageProperty().get().note() : "";
    }

    /** Takes what was typed, or says why not. */
    void answer(String text) {
        Ask ask = model.askProperty().get();
        Optional<String> problem = new TypedAnswer(model.totalProperty().get()).problem(ask, text);
        model.askProblemProperty().set(problem.orElse(""));
        if (problem.isEmpty()) {
            model.askProperty().set(Ask.NOTHING);
            run(TypedAnswer.act(ask, text.strip()));
        }
    }
}
