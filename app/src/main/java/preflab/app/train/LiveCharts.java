package preflab.app.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import preflab.app.chart.ChartGrid;
import preflab.app.chart.ChartModel;
import preflab.app.chart.ChartView;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartSeries;
import preflab.projects.chart.Palette;
import preflab.projects.store.Series;

/** The charts of a running run: those whose metrics the objective logs, the telling ones first. */
final class LiveCharts {

    /** A chart by its title and the metrics it draws, in the order of their colours. */
    private record Recipe(String title, List<String> keys) {
    }

    private static final List<Recipe> RECIPES = List.of(new Recipe("loss", List.of("loss", "eval/loss")),
            new Recipe("eval/accuracy", List.of("eval/accuracy")),
            new Recipe("rewards", List.of("rewards/margins", "rewards/chosen", "rewards/rejected")),
            new Recipe("rewards/accuracies", List.of("rewards/accuracies", "eval/rewards/accuracies")),
            new Recipe("logps", List.of("logps/chosen", "logps/rejected")),
            new Recipe("kl", List.of("kl", "kl/forward")),
            new Recipe("rejected tokens below PMPO's bound",
                    List.of("pmpo/unstable_share", "eval/pmpo/unstable_share")),
            new Recipe("value head", List.of("value/geo_likelihood", "eval/value/geo_likelihood")),
            new Recipe("right steps of wrong answers", List.of("logps/right_steps", "eval/logps/right_steps")),
            new Recipe("online/own_share", List.of("online/own_share")),
            new Recipe("entropy", List.of("entropy")), new Recipe("grad_norm", List.of("grad_norm")),
            new Recipe("learning_rate", List.of("learning_rate")));

    private static final double LEAST_WIDTH = 280;
    private static final double HEIGHT = 184;

    private final LiveModel model;
    private final ChartGrid grid = new ChartGrid(LEAST_WIDTH, HEIGHT);
    private final Map<String, ChartView> views = new LinkedHashMap<>();
    private final ObjectProperty<Palette> palette;
    private final DoubleProperty cursor = ChartModel.cursor();

    LiveCharts(LiveModel model, ObjectProperty<Palette> palette) {
        this.model = model;
        this.palette = palette;
        model.changesProperty().subscribe(this::refresh);
        model.smoothProperty().subscribe((before, now) -> refresh());
    }

    ChartGrid grid() {
        return grid;
    }

    private void refresh() {
        List<ChartView> shown = new ArrayList<>();
        for (Recipe recipe : RECIPES) {
            List<ChartSeries> series = series(recipe);
            if (!series.isEmpty()) {
                ChartView view = views.computeIfAbsent(recipe.title(), title -> new ChartView(
                        new ChartModel(palette, cursor)));
                Chart chart = Chart.ofSteps(recipe.title(), series)
                        .withSmoothing(model.smoothProperty().get() ? ChartModel.SMOOTHING : 0);
                if (!chart.equals(view.model().chartProperty().get())) {
                    view.model().chartProperty().set(chart);
                }
                shown.add(view);
            }
        }
        grid.show(shown);
    }

    private List<ChartSeries> series(Recipe recipe) {
        List<ChartSeries> lines = new ArrayList<>();
        for (String key : recipe.keys()) {
            Series points = model.series(key);
            if (!points.isEmpty()) {
                lines.add(new ChartSeries(key, recipe.keys().indexOf(key), points));
            }
        }
        return lines;
    }
}
