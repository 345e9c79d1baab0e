package preflab.app.train;

import java.time.Duration;
import javafx.beans.binding.Bindings;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.projects.run.LaunchEstimate;

/** What the run of the form would need: memory beside what is free, time where it was measured. */
final class EstimateView extends VBox {

    EstimateView(TrainModel model) {
        super(6);
        setId("train-estimate");
        Label fits = Nodes.label("", "muted", "small");
        fits.setId("train-estimate-fits");
        Tooltip parts = new Tooltip();
        fits.setTooltip(parts);
        Label needs = Nodes.label("", "small");
        needs.setId("train-estimate-refusal");
        CheckBox ignore = new CheckBox("Start all the same");
        ignore.setId("train-ignore-memory");
        ignore.selectedProperty().bindBidirectional(model.memoryIgnoredProperty());
        VBox refused = new VBox(6, Nodes.notice("warn", Feather.ALERT_TRIANGLE, needs), ignore);
        model.estimateProperty().subscribe(estimate -> {
            boolean good = estimate != null && estimate.fits();
            fits.setText(good ? words(estimate) : "");
            parts.setText(good ? estimate.parts() : "");
            needs.setText(estimate == null ? "" : estimate.refusal().map(EstimateView::sentence).orElse(""));
            if (estimate == null || good) {
                model.memoryIgnoredProperty().set(false); // said for a run that did not fit, not for the next
            }
        });
        Nodes.showWhen(fits, Bindings.isNotEmpty(fits.textProperty()));
        Nodes.showWhen(refused, Bindings.isNotEmpty(needs.textProperty()));
        Nodes.showWhen(this, model.estimateProperty().isNotNull());
        getChildren().addAll(fits, refused);
    }

    private static String sentence(String refusal) {
        return Character.toUpperCase(refusal.charAt(0)) + refusal.substring(1);
    }

    static String words(LaunchEstimate estimate) {
        String memory = "Memory " + LaunchEstimate.gigabytes(estimate.memory().peak())
                + (estimate.onGpu() ? "" : " of " + LaunchEstimate.gigabytes(estimate.free()) + " free");
        return memory + estimate.seconds()
                .map(seconds -> " · about " + Words.duration(Duration.ofSeconds(Math.round(seconds)))
                        + " and evaluations")
                .orElse(" · Check measures the time");
    }
}
