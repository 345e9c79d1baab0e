package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.engine.lab.LossCurve;
import preflab.engine.lab.LossCurves;
import preflab.engine.lab.LossMap;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamException;
import preflab.engine.param.ParamValues;
import preflab.projects.chart.Plot;
import preflab.projects.chart.PlotLine;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;

/** Computes curves off the thread of the window whenever a setting moves; the last movement wins. */
public final class LabController {

    private static final int POINTS = 161;
    private static final int MAP_POINTS = 25;
    private static final double FRAMES = 300; // of a whole replay: five seconds at 60 a second

    private final LabModel model;
    private final ErrorModel errors;
    private final Latest drawing;
    private final Latest mapping;
    private final Latest gathering;
    private RunStore store;

    public LabController(LabModel model, Work work, ErrorModel errors) {
        this.model = model;
        this.errors = errors;
        this.drawing = new Latest(work);
        this.mapping = new Latest(work);
        this.gathering = new Latest(work);
        for (LabEntry entry : model.entries()) {
            entry.drawnProperty().subscribe((before, after) -> draw());
            entry.form().fields().forEach(field -> field.textProperty().subscribe((before, after) -> {
                if (entry.drawnProperty().get()) {
                    draw();
                }
                if (entry == model.focusedProperty().get()) {
                    map();
                }
            }));
        }
        model.spanProperty().subscribe((before, after) -> {
            draw();
            map();
        });
        model.scaledProperty().subscribe((before, after) -> draw());
        model.focusedProperty().subscribe((before, after) -> map());
        model.runProperty().subscribe((before, after) -> {
            model.replayingProperty().set(false);
            model.replayedProperty().set(1);
            cloud();
        });
    }

    /** Takes the runs of a project, newest first; again whenever they change. */
    public void setRuns(RunStore store, List<RunSummary> runs) {
        this.store = store;
        List<MapRun> listed = runs.stream().filter(RunCloud::has).map(run -> new MapRun(run.id(), run.name())).toList();
        if (!listed.equals(model.runs())) {
            MapRun chosen = model.runProperty().get();
            model.runs().setAll(listed);
            model.runProperty().set(listed.contains(chosen) ? chosen : null);
        }
        cloud();
    }

    /** Starts the replay of the chosen run, from its beginning where it has come to the end; or holds it. */
    void replay() {
        if (!model.replayingProperty().get() && model.replayedProperty().get() >= 1) {
            model.replayedProperty().set(0);
        }
        model.replayingProperty().set(!model.replayingProperty().get());
    }

    /** One frame of the replay. */
    void frame() {
        model.replayedProperty().set(Math.min(1, model.replayedProperty().get() + 1 / FRAMES));
        if (model.replayedProperty().get() >= 1) {
            model.replayingProperty().set(false);
        }
    }

    private void cloud() {
        MapRun run = model.runProperty().get();
        if (run == null) {
            gathering.cancel();
            model.cloudProperty().set(List.of());
        } else {
            RunStore from = store;
            gathering.start(() -> RunCloud.of(from, run.id()), points -> model.cloudProperty().set(points),
                    this::failed);
        }
    }

    public LabModel model() {
        return model;
    }

    /** Computes what is shown; to be called when the Lab is first seen. */
    public void start() {
        draw();
        map();
    }

    /** One objective with values that are fit to be drawn. */
    private record Chosen(ObjectiveType<?> type, ParamValues values, int colour) {
    }

    private static Optional<Chosen> chosen(LabEntry entry) {
        return entry.form().values().filter(values -> isSound(entry.type(), values))
                .map(values -> new Chosen(entry.type(), values, entry.colourProperty().get()));
    }

    /** Values may each be allowed and still not go together. */
    private static boolean isSound(ObjectiveType<?> type, ParamValues values) {
        try {
            return type.factory().apply(values) != null;
        } catch (ParamException e) {
            return false; // the form keeps what was written, the drawing waits
        }
    }

    private void draw() {
        List<Chosen> chosen = model.entries().stream().filter(entry -> entry.drawnProperty().get())
                .flatMap(entry -> chosen(entry).stream()).toList();
        double[] at = grid(POINTS);
        boolean scaled = model.scaledProperty().get();
        drawing.start(() -> plots(chosen, scaled, at), plots -> {
            model.lossProperty().set(plots.getFirst());
            model.pullProperty().set(plots.getLast());
        }, this::failed);
    }

    private static List<Plot> plots(List<Chosen> chosen, boolean scaled, double... at) {
        List<PlotLine> losses = new ArrayList<>();
        List<PlotLine> pulls = new ArrayList<>();
        for (Chosen one : chosen) {
            List<LossCurve> curves = LossCurves.of(one.type(), one.values(), at);
            for (int i = 0; i < curves.size(); i++) {
                losses.add(line(curves.get(i), curves.get(i)::loss, one.colour(), i > 0, scaled));
                pulls.add(line(curves.get(i), curves.get(i)::pull, one.colour(), i > 0, scaled));
            }
        }
        return List.of(new Plot("Loss", LabModel.RATIO, scaled ? "share of its largest" : "nats", losses),
                new Plot("Pull", LabModel.RATIO, scaled ? "share of its largest" : "−dL / d log π", pulls));
    }

    private static PlotLine line(LossCurve curve, IntToDoubleFunction value, int colour, boolean faint,
            boolean scaled) {
        double[] x = IntStream.range(0, curve.size()).mapToDouble(curve::at).toArray();
        double[] y = IntStream.range(0, curve.size()).mapToDouble(value).toArray();
        double largest = DoubleStream.of(y).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        double unit = scaled && largest > 0 ? largest : 1;
        return new PlotLine(curve.name(), x, DoubleStream.of(y).map(v -> v / unit).toArray(), colour, faint);
    }

    private double[] grid(int points) {
        double span = model.spanProperty().get();
        return DoubleStream.iterate(0, i -> i + 1).limit(points).map(i -> -span + 2 * span * i / (points - 1))
                .toArray();
    }

    private void map() {
        LabEntry entry = model.focusedProperty().get();
        Optional<Chosen> chosen = chosen(entry).filter(one -> one.type().scores() == Scores.Pairs.class);
        double[] at = grid(MAP_POINTS);
        mapping.start(() -> chosen.<LossMap>map(one -> LossCurves.map(one.type(), one.values(), at)),
                map -> model.mapProperty().set(map), this::failed);
    }

    private void failed(Throwable failure) {
        errors.show(ErrorReport.of("Drawing in the Lab", failure));
    }
}
