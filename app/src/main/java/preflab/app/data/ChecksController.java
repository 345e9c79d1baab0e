package preflab.app.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.dialog.FilePicker;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Latest;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.datasets.check.DatasetCheck;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.engine.batch.ModelException;
import preflab.engine.batch.TextTokenizer;

/** Looks at every row of a version for what spoils training, and at one row as a model reads it. */
public final class ChecksController implements AutoCloseable {

    private final ChecksModel model = new ChecksModel();
    private final DataModel data;
    private final DatasetStore store;
    private final Tokenizers tokenizers;
    private final FilePicker files;
    private final Work work;
    private final Activities activities;
    private final Ticker ticker;
    private final ErrorModel errors;
    private final Latest checking;
    private final Latest encoding;
    private final TokenizerHolder holder = new TokenizerHolder();
    private CheckWatch watch = new CheckWatch();

    public ChecksController(DataModel data, DatasetStore store, Tokenizers tokenizers, FilePicker files, Work work,
            Activities activities, Ticker ticker, ErrorModel errors) {
        this.data = data;
        this.store = store;
        this.tokenizers = tokenizers;
        this.files = files;
        this.work = work;
        this.activities = activities;
        this.ticker = ticker;
        this.errors = errors;
        this.checking = new Latest(work);
        this.encoding = new Latest(work);
        data.selectedProperty().subscribe((before, selected) -> {
            watch.cancel();
            checking.cancel();
            model.checkProperty().set(null);
            model.heldOutProperty().set(null);
        });
        data.exampleProperty().subscribe((before, example) -> encode());
        model.tokenizerProperty().subscribe((before, name) -> encode());
    }

    ChecksModel model() {
        return model;
    }

    DataModel data() {
        return data;
    }

    /** Asks anew which models there are; the first counts, unless another was chosen. */
    public void refreshModels() {
        work.start(tokenizers::names, names -> {
            String chosen = model.tokenizerProperty().get();
            model.models().setAll(names);
            if (!chosen.isEmpty() && !names.contains(chosen)) {
                model.models().add(chosen);
            }
            model.tokenizerProperty().set(chosen.isEmpty() && !names.isEmpty() ? names.getFirst() : chosen);
        }, failure -> errors.show(ErrorReport.of("Looking for models", failure)));
    }

    /** Takes the tokenizer of a model in a folder. */
    void chooseFolder() {
        files.folder("A model's folder (with tokenizer.json)").ifPresent(folder -> {
            if (!model.models().contains(folder.toString())) {
                model.models().add(folder.toString());
            }
            model.tokenizerProperty().set(folder.toString());
        });
    }

    /** Looks at every row. */
    void run() {
        DatasetInfo info = data.selectedProperty().get();
        CheckWatch mine = new CheckWatch();
        watch = mine;
        model.checkProperty().set(null);
        model.runningProperty().set(true);
        Activity activity = activities.begin("Checking " + info.id().display());
        Ticker.Subscription ticks = ticker.every(1, () -> {
            model.progressProperty().set(mine.share());
            model.wordsProperty().set(mine.words());
            activity.at(mine.share(), mine.words());
        });
        String tokenizer = model.tokenizerProperty().get();
        int maxLength = model.maxLengthProperty().get();
        Optional<DatasetInfo> heldOut = Optional.ofNullable(model.heldOutProperty().get());
        work.start(() -> check(info, heldOut, tokenizer, maxLength, mine), check -> {
            end(activity, ticks);
            if (info.equals(data.selectedProperty().get())) {
                model.checkProperty().set(check);
            }
        }, failure -> {
            end(activity, ticks);
            if (!(failure instanceof CancellationException)) {
                errors.show(ErrorReport.of("Checking " + info.id().display(), failure));
            }
        });
    }

    private DatasetCheck check(DatasetInfo info, Optional<DatasetInfo> heldOut, String tokenizer, int maxLength,
            CheckWatch mine) {
        List<ExampleView> others = heldOut.<ExampleView>map(other -> store.view(other.id())).map(List::of)
                .orElse(List.of());
        DatasetCheck.Settings settings = DatasetCheck.Settings.USUAL.against(others);
        if (tokenizer.isEmpty()) {
            return DatasetCheck.of(store.view(info.id()), settings, mine::at, mine::cancelled);
        }
        try (TextTokenizer counter = tokenizers.open(tokenizer)) {
            return DatasetCheck.of(store.view(info.id()), settings.tokens(counter, maxLength), mine::at,
                    mine::cancelled);
        }
    }

    private void end(Activity activity, Ticker.Subscription ticks) {
        ticks.close();
        activities.end(activity);
        model.runningProperty().set(false);
        model.wordsProperty().set("");
        model.progressProperty().set(-1);
    }

    void cancel() {
        watch.cancel();
        model.wordsProperty().set("Cancelling…");
    }

    private void encode() {
        PreferenceExample example = data.exampleProperty().get();
        String name = model.tokenizerProperty().get();
        model.tokensProblemProperty().set("");
        if (example == null || name.isEmpty()) {
            encoding.cancel();
            model.tokensProperty().set(null);
            return;
        }
        encoding.start(() -> holder.encode(example, name, tokenizers), model.tokensProperty()::set, failure -> {
            model.tokensProperty().set(null);
            if (failure instanceof ModelException) {
                model.tokensProblemProperty().set(failure.getMessage());
            } else {
                errors.show(ErrorReport.of("Reading the tokenizer of " + name, failure));
            }
        });
    }

    @Override
    public void close() {
        watch.cancel();
        encoding.cancel();
        holder.close();
    }
}
