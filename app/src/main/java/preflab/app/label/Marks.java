package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import preflab.app.widget.Nodes;

/** Small words about an example: what the data says of its answer, and what was noted about it. */
final class Marks {

    private Marks() {
    }

    static List<Node> of(Page page) {
        List<Node> marks = new ArrayList<>();
        if (page.body() instanceof Page.Steps steps) {
            steps.right().ifPresent(right -> marks.add(
                    Nodes.chip(right ? "✓ final answer right" : "✕ final answer wrong", right ? "good" : "bad")));
        }
        if (page.complete()) {
            marks.add(Nodes.chip("labelled", "busy"));
        }
        if (page.flagged()) {
            marks.add(Nodes.chip("⚑ flagged", "warn"));
        }
        if (page.skipped()) {
            marks.add(Nodes.chip("skipped", ""));
        }
        if (!page.suggestedBy().isEmpty() && !page.complete()) {
            marks.add(Nodes.chip("? suggested by " + page.suggestedBy(), ""));
        }
        return marks;
    }
}
