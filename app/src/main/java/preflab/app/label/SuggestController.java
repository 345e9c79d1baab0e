package preflab.app.label;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.label.QueueOrder;
import preflab.datasets.label.SuggestionQuality;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.store.ProjectException;
import preflab.projects.run.Suggesting;
import preflab.projects.run.Suggesting.Source;
import preflab.projects.run.Suggesting.Suggested;
import preflab.projects.run.SuggestionProcess;
import preflab.projects.workspace.Workspace;

/** Lets a run suggest verdicts for the version at hand, in a process of its own. */
final class SuggestController {

    private final LabelModel model;
    private final SuggestModel suggest = new SuggestModel();
    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Latest listing;
    private final Runnable reopen;
    private Work.Handle making = () -> {
    };

    /**
     * @param reopen
     *            shows the version anew, with its suggestions
     */
    SuggestController(LabelModel model, Workspace workspace, Work work, ErrorModel errors, Runnable reopen) {
        this.model = model;
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.listing = new Latest(work);
        this.reopen = reopen;
        suggest.sourceProperty().subscribe(source -> {
            if (source != null) {
                suggest.basisProperty().set(source.basis());
            }
        });
        model.datasetProperty().subscribe(info -> suggest.noteProperty().set(""));
    }

    SuggestModel suggestModel() {
        return suggest;
    }

    /** Looks anew which runs can suggest. */
    void refresh() {
        listing.start(() -> Suggesting.sources(workspace), this::listed,
                failure -> errors.show(ErrorReport.of("Looking for runs that can suggest", failure)));
    }

    private void listed(List<Source> sources) {
        Source chosen = suggest.sourceProperty().get();
        suggest.sources().setAll(sources);
        suggest.sourceProperty().set(sources.contains(chosen)
                ? chosen
                : sources.stream().filter(source -> source.basis() != Suggesting.Basis.MARGIN).findFirst()
                        .or(() -> sources.stream().findFirst()).orElse(null));
    }

    /** Replaces what is suggested for this version. */
    void start() {
        Source source = suggest.sourceProperty().get();
        DatasetInfo info = model.datasetProperty().get();
        if (source == null || info == null || suggest.busyProperty().get()) {
            return;
        }
        suggest.busyProperty().set(true);
        suggest.progressProperty().set(-1);
        suggest.problemProperty().set("");
        suggest.noteProperty().set("");
        Suggesting.Basis basis = suggest.basisProperty().get();
        making = work.start(() -> SuggestionProcess.ofThisProgram().make(workspace, source.run(), Optional.of(basis),
                info.id(), (done, total) -> work.onWindow(() -> suggest.progressProperty().set((double) done / total))),
                this::made, this::failed);
    }

    /** Ends the process; what was suggested before stays. */
    void cancel() {
        making.cancel();
        suggest.busyProperty().set(false);
    }

    private void made(Suggested suggested) {
        suggest.busyProperty().set(false);
        suggest.noteProperty().set(words(suggested));
        if (suggest.uncertainFirstProperty().get() && model.orderProperty().get() != QueueOrder.UNCERTAIN_FIRST) {
            model.orderProperty().set(QueueOrder.UNCERTAIN_FIRST);
        } else {
            reopen.run();
        }
    }

    static String words(Suggested suggested) {
        SuggestionQuality quality = suggested.quality();
        String made = Words.count(suggested.suggestions(), "suggestion") + " by the "
                + word(suggested.basis()) + " of run " + suggested.run();
        return quality.count() == 0
                ? made
                : made + ". Of " + Words.count(quality.count()) + " that the data itself answers, "
                        + percent(quality.accuracy()) + " agree (always saying the same: "
                        + percent(quality.majority()) + "); κ " + figure(quality.kappa()) + ", AUC "
                        + figure(quality.auc());
    }

    static String word(Suggesting.Basis basis) {
        return switch (basis) {
            case POSTERIOR -> "posterior";
            case VALUE_HEAD -> "value head";
            case MARGIN -> "reward margin";
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "–" : Words.share(value);
    }

    private void failed(Throwable failure) {
        suggest.busyProperty().set(false);
        if (failure instanceof ProjectException problem) {
            suggest.problemProperty().set(problem.getMessage());
        } else {
            errors.show(ErrorReport.of("Letting a run suggest verdicts", failure));
        }
    }
}
