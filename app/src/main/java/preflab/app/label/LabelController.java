package preflab.app.label;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Latest;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.datasets.example.TokenCounter;
import preflab.datasets.label.Author;
import preflab.datasets.label.FinishReason;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/**
 * Walks one person through the rows of a version. Every act is saved, off the thread of the window and in the order of
 * the keys, before its outcome is shown.
 */
public final class LabelController {

    /** One row in twenty comes again. */
    private static final double REPEATED = 0.05;
    private static final double THRESHOLD_STEP = 0.05;

    private final LabelModel model;
    private final Workspace workspace;
    private final LabelMemory memory;
    private final ErrorModel errors;
    private final Clock clock;
    private final Serial acts;
    private final Latest opening;
    private final ThresholdController threshold;
    private final PublishController publishing;
    private final SplitControl split;
    private final TypingControl typing;
    private final PeopleController people;
    private final SuggestController suggesting;
    private Optional<LabelSession> session = Optional.empty();
    /** What was asked for while the version was not open yet. */
    private Optional<Function<LabelSession, String>> whenOpen = Optional.empty();
    private Runnable whenDataWanted = () -> {
    };

    public LabelController(LabelModel model, Workspace workspace, LabelMemory memory, FilePicker files, Work work,
            ErrorModel errors, Clock clock) {
        this.model = model;
        this.workspace = workspace;
        this.memory = memory;
        this.errors = errors;
        this.clock = clock;
        this.acts = new Serial(work);
        this.opening = new Latest(work);
        this.threshold = new ThresholdController(model, workspace, work, errors);
        this.publishing = new PublishController(model, workspace, files, work, errors);
        this.people = new PeopleController(model, workspace, work, errors);
        this.suggesting = new SuggestController(model, workspace, work, errors, this::open);
        this.split = new SplitControl(model, this::run);
        this.typing = new TypingControl(model, this::run);
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
        return session.isPresent() && acts.isIdle() && publishing.isIdle() && model.pageProperty().get() != null;
    }

    /** Who takes a person to where data comes from. */
    public void setWhenDataWanted(Runnable action) {
        whenDataWanted = action;
    }

    /** Who hears of the step threshold that later runs start from; at once, and when it changes. */
    public void setWhenThresholdKept(DoubleConsumer listener) {
        threshold.setWhenKept(listener);
    }

    /** Makes versions and files of what was said. */
    public PublishController publishing() {
        return publishing;
    }

    SplitControl splitting() {
        return split;
    }

    TypingControl typing() {
        return typing;
    }

    SuggestController suggesting() {
        return suggesting;
    }

    PeopleController people() {
        return people;
    }

    /** Who hears that there is another version. */
    public void setWhenPublished(Runnable listener) {
        publishing.setWhenPublished(listener);
    }

    /** Who trains on a version that was made of labels. */
    public void setWhenTrainWanted(Consumer<DatasetInfo> listener) {
        publishing.setWhenTrainWanted(listener);
    }

    /** Who counts tokens where answers are split into steps of so many. */
    public void setTokens(TokenCounter counter) {
        typing.setTokens(counter);
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

    /** Opens a version and goes to a row: for links from other screens. */
    public void show(DatasetInfo info, int row) {
        if (!info.equals(model.datasetProperty().get()) || session.isEmpty()) {
            whenOpen = Optional.of(SessionActs.show(row));
            model.datasetProperty().set(info);
        } else {
            goTo(row);
        }
    }

    /** Begins to settle what annotators differ on, at the first such row, or stops doing so. */
    void adjudicate() {
        boolean on = !model.adjudicatingProperty().get();
        model.sheetProperty().set(Sheet.Kind.NONE);
        if (on) {
            whenOpen = SessionActs.of(LabelAction.DIFFERING);
        }
        model.adjudicatingProperty().set(on);
    }

    /** To a row of the version that is open. */
    void goTo(int row) {
        run(SessionActs.show(row));
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
            List<String> names = opened.authors().stream().map(Author::name).distinct().sorted().toList();
            return new Opened(opened, names, Snapshot.of(opened, ""));
        }, opened -> {
            model.loadingProperty().set(false);
            session = Optional.of(opened.session());
            model.annotators().setAll(opened.annotators());
            show(opened.session(), opened.snapshot());
            whenOpen.ifPresent(this::run);
            whenOpen = Optional.empty();
        }, failure -> failed("Opening " + info.id().display() + " for labelling", failure));
    }

    private SessionSpec spec(LabelTask task) {
        return SessionSpec.of(task, model.author()).withFirstError(model.firstErrorProperty().get())
                .withOrder(model.orderProperty().get())
                .withRepeatedShare(model.repeatingProperty().get() ? REPEATED : 0);
    }

    private record Opened(LabelSession session, List<String> annotators, Snapshot snapshot) {
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
        SessionActs.of(action).ifPresentOrElse(this::run, () -> begin(action));
    }

    private void begin(LabelAction action) {
        switch (action) {
            case SPLIT -> split.begin();
            case MODE -> model.firstErrorProperty().set(!model.firstErrorProperty().get());
            case VALUE -> typing.ask(Ask.VALUE);
            case RULE -> typing.ask(Ask.RULE);
            case NOTE -> typing.ask(Ask.NOTE);
            case JUMP -> typing.ask(Ask.JUMP);
            case SEARCH -> typing.ask(Ask.SEARCH);
            case KEYS -> model.sheetProperty().set(Sheet.Kind.KEYS);
            case LOWER -> threshold.move(-THRESHOLD_STEP);
            case HIGHER -> threshold.move(THRESHOLD_STEP);
            case KEEP -> threshold.keep();
            case PUBLISH -> afterActs(publishing::publish);
            case EXPORT -> model.sheetProperty().set(Sheet.Kind.PUBLISH);
            case TRAIN -> afterActs(publishing::train);
            case SUGGEST -> model.sheetProperty().set(Sheet.Kind.SUGGEST);
            case PEOPLE -> model.sheetProperty().set(Sheet.Kind.PEOPLE);
            default -> throw new IllegalStateException("no key does " + action);
        }
    }

    /** When all that was asked for is saved. */
    void afterActs(Runnable action) {
        if (session.isPresent()) {
            acts.start(() -> true, saved -> action.run(), this::refused);
        }
    }

    void finish(FinishReason reason) {
        run(SessionActs.finish(reason));
    }

    /** Makes this step the one that the next key judges. */
    void stand(int step) {
        run(SessionActs.told(open -> open.select(step), ""));
    }
}
