package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.projects.compare.Claim;
import preflab.projects.compare.Claims;
import preflab.projects.compare.Comparison;

/** Whether differences are real: a sentence for each group of runs against the baseline's. */
final class EvidenceTab extends StackPane {

    private static final double PADDING = 12;

    private final VBox sentences = new VBox(14);

    EvidenceTab(CompareModel model) {
        sentences.setId("compare-evidence");
        sentences.setPadding(new Insets(PADDING));
        ScrollPane scroll = new ScrollPane(sentences);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        EmptyState empty = new EmptyState(Feather.HELP_CIRCLE, "Nothing to weigh yet",
                "Pick two trained runs or more that answered the same held-out problems, and make one the baseline"
                        + " with its star. Runs that differ only in their seed count as one way of training.");
        getChildren().addAll(scroll, empty);
        model.comparisonProperty().subscribe(comparison -> {
            List<Node> nodes = nodes(comparison);
            sentences.getChildren().setAll(nodes);
            scroll.setVisible(!nodes.isEmpty());
            empty.setVisible(nodes.isEmpty());
        });
    }

    private static List<Node> nodes(Comparison comparison) {
        List<Node> nodes = new ArrayList<>();
        if (comparison != null && !comparison.claims().isEmpty()) {
            comparison.claims().forEach(claim -> nodes.add(node(claim)));
            nodes.add(Nodes.wrapped(Claims.CAUTION, "muted", "small"));
        }
        return nodes;
    }

    private static Node node(Claim claim) {
        Label sentence = Nodes.wrapped(claim.sentence(), "strong");
        Label how = Nodes.wrapped("Interval: " + claim.interval().method() + ". Permutation test over problems, these"
                + " seeds only: p = " + Words.share(claim.permutationP()) + ". Runs " + numbers(claim.ourRuns())
                + " against " + numbers(claim.theirRuns()) + ".", "muted", "small");
        return new VBox(4, sentence, how);
    }

    private static String numbers(List<Integer> runs) {
        return String.join(", ", runs.stream().map(String::valueOf).toList());
    }
}
