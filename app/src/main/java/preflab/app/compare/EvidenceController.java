package preflab.app.compare;

import java.util.List;
import java.util.concurrent.CancellationException;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.compare.Claim;
import preflab.projects.run.EvaluationProcess;
import preflab.projects.run.ModelRefs;
import preflab.projects.run.PreparedRuns;
import preflab.projects.workspace.Workspace;

/** Gets better evidence: asks runs test problems, prepares more seeds and starts them one after another. */
public final class EvidenceController {

    private final EvidenceModel evidence = new EvidenceModel();
    private final CompareModel model;
    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Latest looking;
    private Work.Handle asking = () -> {
    };
    private Runnable whenAsked = () -> {
    };
    private Runnable whenRunsChanged = () -> {
    };

    EvidenceController(CompareModel model, Workspace workspace, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.looking = new Latest(work);
        evidence.startingProperty().subscribe((before, now) -> lookForWaiting());
    }

    public EvidenceModel model() {
        return evidence;
    }

    void setWhenAsked(Runnable action) {
        whenAsked = action;
    }

    /** Who lists the runs anew when some were entered, started or taken away. */
    public void setWhenRunsChanged(Runnable action) {
        whenRunsChanged = action;
    }

    /** Takes over the list of versions; proposes one that is called a test. */
    public void setDatasets(List<DatasetInfo> list) {
        List<DatasetInfo> fit = list.stream().filter(info -> info.kind() == Kind.SFT || info.kind() == Kind.PAIRED
                || info.kind() == Kind.UNPAIRED || info.kind() == Kind.STEPWISE).toList().reversed();
        DatasetInfo before = evidence.chosenProperty().get();
        evidence.problems().setAll(fit);
        evidence.chosenProperty().set(fit.contains(before)
                ? before
                : fit.stream().filter(info -> info.id().dataset().contains("test")).findFirst().orElse(null));
    }

    /** Lets every picked run that has a checkpoint and was not asked yet answer the chosen problems. */
    public void ask() {
        DatasetInfo info = evidence.chosenProperty().get();
        if (info == null || evidence.askingProperty().get()) {
            return;
        }
        List<Integer> picked = List.copyOf(model.picked());
        evidence.askingProperty().set(true);
        evidence.progressProperty().set(-1);
        evidence.wordsProperty().set("Asking " + Words.count(picked.size(), "run") + "…");
        asking = work.start(() -> askAll(picked, info.id()), asked -> {
            evidence.askingProperty().set(false);
            evidence.wordsProperty().set(asked == 0
                    ? "Every picked run that has a checkpoint answered these problems before."
                    : Words.count(asked, "run") + " answered the problems of " + info.id().display() + ".");
            whenAsked.run();
        }, failure -> {
            evidence.askingProperty().set(false);
            evidence.wordsProperty().set("");
            if (!(failure instanceof CancellationException)) {
                errors.show(ErrorReport.of("Asking runs the problems of " + info.id().display(), failure));
            }
            whenAsked.run();
        });
    }

    private int askAll(List<Integer> picked, DatasetVersionId problems) throws InterruptedException {
        List<Integer> runs = picked.stream().filter(run -> ModelRefs.judged(workspace, run)
                .filter(checkpoint -> workspace.runs().afterTraining().figures(run).stream()
                        .noneMatch(late -> late.dataset().sha256().equals(problems.sha256())
                                && late.step() == checkpoint.step()))
                .isPresent()).toList();
        for (int i = 0; i < runs.size(); i++) {
            int before = i;
            int run = runs.get(i);
            var _ = EvaluationProcess.ofThisProgram().evaluate(workspace, run, problems,
                    (done, total) -> work.onWindow(() -> {
                        evidence.progressProperty().set((before + (double) done / total) / runs.size());
                        evidence.wordsProperty().set("Run " + run + ": " + Words.count(done) + " of "
                                + Words.count(total, "problem") + (runs.size() > 1
                                        ? " (" + (before + 1) + " of " + runs.size() + " runs)"
                                        : ""));
                    }));
        }
        return runs.size();
    }

    /** Ends asking; what was answered whole is kept. */
    public void cancel() {
        asking.cancel();
        evidence.askingProperty().set(false);
        evidence.wordsProperty().set("Cancelled; runs that had answered all problems keep their answers.");
        whenAsked.run();
    }

    /** Enters more seeds of both ways of training that a claim compares; nothing starts. */
    public void prepare(Claim claim) {
        work.start(() -> PreparedRuns.moreSeeds(workspace, List.of(claim.theirRuns(), claim.ourRuns()),
                Claim.MORE_SEEDS), prepared -> {
                    model.savedProperty().set(Words.count(prepared.size(), "run") + " prepared");
                    runsChanged();
                }, failure -> errors.show(ErrorReport.of("Preparing more seeds", failure)));
    }

    /** Takes away the runs that wait. */
    public void discardWaiting() {
        List<Integer> waiting = List.copyOf(evidence.waiting());
        work.start(() -> {
            workspace.runs().discardWaiting(waiting);
            return waiting;
        }, gone -> {
            model.picked().removeAll(gone);
            runsChanged();
        }, failure -> errors.show(ErrorReport.of("Taking away runs that wait", failure)));
    }

    private void runsChanged() {
        lookForWaiting();
        whenRunsChanged.run();
    }

    /** Looks which runs wait, and starts the next one if that is wanted and none is being executed. */
    void lookForWaiting() {
        boolean start = evidence.startingProperty().get();
        looking.start(() -> {
            if (start) {
                var _ = PreparedRuns.startNext(workspace);
            }
            return workspace.runs().waiting();
        }, waiting -> {
            evidence.waiting().setAll(waiting);
            if (waiting.isEmpty()) {
                evidence.startingProperty().set(false);
            }
        }, failure -> {
            evidence.startingProperty().set(false);
            errors.show(ErrorReport.of("Starting the next run", failure));
        });
    }
}
