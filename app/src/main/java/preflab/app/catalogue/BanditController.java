package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.engine.bandit.BanditExperiment;
import preflab.engine.bandit.BanditProblem;
import preflab.engine.bandit.Update;

/** Lets objectives work on a small world, off the thread of the window, a frame at a time. */
public final class BanditController implements AutoCloseable {

    private final BanditModel model;
    private final Work work;
    private final ErrorModel errors;
    private final Latest starting;
    private final Latest advancing;
    private Bench bench = Bench.EMPTY;
    private boolean ready;

    public BanditController(BanditModel model, Work work, ErrorModel errors) {
        this.model = model;
        this.work = work;
        this.errors = errors;
        this.starting = new Latest(work);
        this.advancing = new Latest(work);
        model.presetProperty().subscribe((before, after) -> take(after));
        model.penaltyProperty().subscribe((before, after) -> restart());
    }

    public BanditModel model() {
        return model;
    }

    /** Takes the first preset, once. */
    void start() {
        if (model.lines().isEmpty()) {
            take(model.presetProperty().get());
        }
    }

    private void take(BanditPreset preset) {
        List<BanditLine> lines = new ArrayList<>();
        for (BanditPreset.Contestant contestant : preset.contestants()) {
            BanditLine line = new BanditLine(contestant, lines.size());
            line.form().fields().forEach(field -> field.textProperty().subscribe((before, after) -> restart()));
            lines.add(line);
        }
        model.lines().setAll(lines);
        model.focusedProperty().set(lines.getFirst());
        model.penaltyProperty().set(preset.penalty());
        restart();
    }

    /** Back to π_ref, with the settings as they are. */
    void restart() {
        List<BanditLine> lines = List.copyOf(model.lines());
        if (lines.isEmpty() || lines.stream().anyMatch(line -> !line.form().validProperty().get())) {
            return; // the form says what is wrong
        }
        ready = false;
        advancing.cancel();
        Bench old = bench;
        bench = Bench.EMPTY;
        BanditPreset preset = model.presetProperty().get();
        double penalty = model.penaltyProperty().get();
        List<Map<String, String>> hyper = lines.stream().map(line -> line.form().texts()).toList();
        starting.start(() -> {
            old.close();
            return Bench.of(preset, lines, hyper, penalty);
        }, started -> begin(started, lines), this::refused);
    }

    private void begin(Bench started, List<BanditLine> lines) {
        bench = started;
        ready = true;
        model.problemProperty().set("");
        model.optimumProperty().set(started.optimum());
        lines.forEach(BanditLine::forget);
        show(lines, started.first());
    }

    /** Settings that are each allowed may not go together. */
    private void refused(Throwable failure) {
        model.playingProperty().set(false);
        model.problemProperty().set(String.valueOf(failure.getMessage()));
    }

    /** Computes the next frame unless one is still being computed. */
    void frame() {
        if (!ready) {
            return;
        }
        Bench current = bench;
        List<BanditLine> lines = List.copyOf(model.lines());
        int steps = model.speedProperty().get();
        advancing.startIfIdle(() -> current.advance(steps), views -> show(lines, views), failure -> {
            model.playingProperty().set(false);
            errors.show(ErrorReport.of("Working in the bandit lab", failure));
        });
    }

    private void show(List<BanditLine> lines, List<BanditExperiment.View> views) {
        for (int i = 0; i < views.size(); i++) {
            lines.get(i).add(views.get(i));
        }
        model.truthProperty().set(
                BanditModel.distances("Distance to π*", lines.stream().map(line -> line.distance(true)).toList()));
        model.referenceProperty().set(
                BanditModel.distances("Distance to π_ref", lines.stream().map(line -> line.distance(false)).toList()));
        model.framesProperty().set(model.framesProperty().get() + 1);
    }

    @Override
    public void close() {
        ready = false;
        model.playingProperty().set(false);
        advancing.cancel();
        Bench old = bench;
        work.start(() -> {
            old.close();
            return old;
        }, closed -> {
        }, failure -> errors.show(ErrorReport.of("Closing the bandit lab", failure)));
    }

    /** Experiments side by side; one thread at a time, none after it is closed. */
    private static final class Bench {
        static final Bench EMPTY = new Bench(List.of(), Optional.empty());

        private final List<BanditExperiment> experiments;
        private final Optional<List<Double>> optimum;
        private boolean closed;

        private Bench(List<BanditExperiment> experiments, Optional<List<Double>> optimum) {
            this.experiments = experiments;
            this.optimum = optimum;
        }

        static Bench of(BanditPreset preset, List<BanditLine> lines, List<Map<String, String>> hyper, double penalty) {
            BanditProblem problem = preset.problem();
            List<BanditExperiment> started = new ArrayList<>();
            try {
                for (int i = 0; i < lines.size(); i++) {
                    started.add(BanditExperiment.start(problem, lines.get(i).type().id(), hyper.get(i), penalty,
                            Update.gradientDescent(preset.rate())));
                }
            } catch (RuntimeException e) {
                started.forEach(BanditExperiment::close);
                throw e;
            }
            return new Bench(started, preset.beta().flatMap(beta -> problem.constrainedOptimum(beta, penalty))
                    .map(pi -> Arrays.stream(pi).boxed().toList()));
        }

        Optional<List<Double>> optimum() {
            return optimum;
        }

        synchronized List<BanditExperiment.View> first() {
            return closed ? List.of() : experiments.stream().map(BanditExperiment::view).toList();
        }

        synchronized List<BanditExperiment.View> advance(int steps) {
            if (closed) {
                return List.of();
            }
            experiments.forEach(experiment -> experiment.advance(steps));
            return experiments.stream().map(BanditExperiment::view).toList();
        }

        synchronized void close() {
            if (!closed) {
                closed = true;
                experiments.forEach(BanditExperiment::close);
            }
        }
    }
}
