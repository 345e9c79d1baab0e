package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.label.Agreement;
import preflab.datasets.label.Reliability;

/** Who labelled how much, how far they agree, and the rows on which they differ: one click leads to each. */
final class PeopleSheet extends Sheet {

    /** Krippendorff's custom: from here on data can be relied on, … */
    private static final double RELIABLE = 0.8;
    /** … and from here on for tentative conclusions. */
    private static final double TENTATIVE = 2.0 / 3;

    private final LabelController controller;
    private final VBox content;

    PeopleSheet(LabelController controller) {
        this(controller, new VBox(14));
    }

    private PeopleSheet(LabelController controller, VBox content) {
        super(Kind.PEOPLE, controller.model().sheetProperty(), "Annotators", Nodes.wrapped(
                "Verdicts are kept for each annotator. Nobody sees another's on a row before giving their own; an"
                        + " adjudicator sees all and has the last word.",
                "muted"), content, adjudicate(controller));
        this.controller = controller;
        this.content = content;
        setId("label-people");
        controller.people().peopleProperty().subscribe(this::show);
    }

    private static Button adjudicate(LabelController controller) {
        Button button = Nodes.button("Adjudicate", Feather.CHECK_CIRCLE, controller::adjudicate);
        button.setId("label-adjudicate");
        button.textProperty().bind(controller.model().adjudicatingProperty()
                .map(on -> on ? "Stop adjudicating" : "Adjudicate the differences"));
        return button;
    }

    @Override
    void opened() {
        controller.people().refresh();
    }

    private void show(People people) {
        List<Node> parts = new ArrayList<>();
        parts.add(shares(people));
        parts.add(agreement(people.agreement()));
        parts.add(differences(people));
        content.getChildren().setAll(parts);
    }

    private Node shares(People people) {
        if (people.annotators().isEmpty()) {
            return Nodes.card("Who labelled", Nodes.wrapped("Nobody has labelled these rows yet.", "muted"));
        }
        GridPane grid = table("annotator", "finished", "flagged", "skipped");
        int line = 1;
        for (People.Annotator who : people.annotators()) {
            grid.addRow(line++, Nodes.label(who.name() + (who.adjudicator() ? " (adjudicator)" : "")),
                    figure(Words.count(who.complete())), figure(Words.count(who.flagged())),
                    figure(Words.count(who.skipped())));
        }
        return Nodes.card("Who labelled", grid);
    }

    private Node agreement(Agreement agreement) {
        VBox card = Nodes.card("Agreement");
        if (agreement.units() == 0) {
            card.getChildren().add(Nodes.wrapped("Figures appear when two annotators have judged the same steps,"
                    + " answers or pairs.", "muted"));
        } else {
            card.getChildren().add(alpha(agreement));
            GridPane grid = table("pair", "judged by both", "the same", "Cohen's κ");
            int line = 1;
            for (Agreement.Pair pair : agreement.pairs()) {
                grid.addRow(line++, Nodes.label(pair.first() + " and " + pair.second()),
                        figure(Words.count(pair.units())), figure(percent(pair.observed())),
                        figure(share(pair.kappa())));
            }
            card.getChildren().add(grid);
        }
        agreement.self().forEach((name, same) -> card.getChildren().add(Nodes.wrapped(
                name + " said the same again on " + percent(same) + " of what came twice.", "small")));
        return card;
    }

    private static Node alpha(Agreement agreement) {
        Map<Reliability.Scale, Double> alpha = agreement.alpha();
        double nominal = alpha.getOrDefault(Reliability.Scale.NOMINAL, Double.NaN);
        Label figures = Nodes.wrapped("Krippendorff's α over " + Words.count(agreement.units(), "unit") + ": "
                + share(nominal) + " nominal · " + share(alpha.getOrDefault(Reliability.Scale.ORDINAL, Double.NaN))
                + " ordinal · " + share(alpha.getOrDefault(Reliability.Scale.INTERVAL, Double.NaN)) + " interval");
        figures.setId("label-alpha");
        HBox row = Nodes.row(10, figures, Nodes.chip(word(nominal), nominal >= RELIABLE
                ? "good"
                : nominal >= TENTATIVE ? "warn" : "bad"));
        HBox.setHgrow(figures, Priority.SOMETIMES);
        return row;
    }

    private static String word(double alpha) {
        return alpha >= RELIABLE ? "reliable" : alpha >= TENTATIVE ? "tentative" : "too low to rely on";
    }

    private Node differences(People people) {
        VBox card = Nodes.card("Where they differ");
        if (people.differing().isEmpty()) {
            card.getChildren().add(Nodes.wrapped(people.hidden() == 0
                    ? "Nowhere so far."
                    : "Nowhere among the rows you have judged.", "muted"));
        }
        people.differing().forEach(row -> card.getChildren().add(difference(row)));
        if (people.hidden() > 0) {
            card.getChildren().add(Nodes.wrapped("Others differ on " + Words.count(people.hidden(), "more row")
                    + ", shown when you have judged them.", "muted", "small"));
        }
        return card;
    }

    private Node difference(People.Difference row) {
        VBox verdicts = new VBox(1);
        row.verdicts().forEach(line -> verdicts.getChildren().add(Nodes.wrapped(line, "small")));
        HBox.setHgrow(verdicts, Priority.ALWAYS);
        Button go = Nodes.button("row " + Words.count(row.row() + 1L), Feather.ARROW_RIGHT, () -> {
            close();
            controller.goTo(row.row());
        });
        go.setId("label-differing-" + row.row());
        return Nodes.row(12, go, verdicts, Nodes.chip(row.settled() ? "settled" : "open", row.settled()
                ? "good"
                : "warn"));
    }

    private static GridPane table(String... heads) {
        GridPane grid = new GridPane(28, 4);
        for (int i = 0; i < heads.length; i++) {
            grid.add(Nodes.label(heads[i], "muted", "small"), i, 0);
        }
        return grid;
    }

    private static Label figure(String text) {
        return Nodes.label(text, "mono");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "–" : Words.share(value);
    }
}
