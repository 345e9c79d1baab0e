package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Citation;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.param.Param;
import preflab.projects.chart.Palette;

/** Everything the catalogue knows about one objective. */
final class ObjectivePage extends ScrollPane {

    private static final double WIDEST = 860;

    private final CatalogueController controller;
    private final ObjectProperty<Palette> palette;
    private final StackPane formula = new StackPane();
    private double naturalWidth;
    private double typesetFor = Double.MAX_VALUE;

    ObjectivePage(CatalogueController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.palette = palette;
        setId("objective-page");
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
        setMinWidth(0);
        formula.setAlignment(Pos.CENTER_LEFT);
        formula.setMinWidth(0); // the picture follows the width, not the other way round
        formula.getStyleClass().add("formula-box");
        controller.model().selectedProperty().subscribe(this::show);
        palette.subscribe(this::typeset);
        formula.widthProperty().subscribe(width -> {
            if (naturalWidth > Math.min(room(), typesetFor)) { // another width, another size of the letters
                typeset();
            }
        });
    }

    private void show(ObjectiveType<?> type) {
        VBox page = new VBox(14, head(type), Nodes.wrapped(type.summary(), "lead"), formula, chips(type));
        page.getStyleClass().add("page");
        page.setMaxWidth(WIDEST);
        page.setMinWidth(0);
        page.getChildren().addAll(use(type), settings(type));
        if (!type.reward().isEmpty()) {
            page.getChildren().add(section("Reward it logs", Nodes.wrapped(type.reward())));
        }
        if (!type.departures().isEmpty()) {
            page.getChildren().add(section("Departures from the paper", Nodes.wrapped(type.departures())));
        }
        page.getChildren().add(paper(type));
        setContent(page);
        setVvalue(0);
        formula.getChildren().setAll(Nodes.wrapped(type.formula().plain(), "formula")); // until it is typeset
        typeset();
    }

    private Node head(ObjectiveType<?> type) {
        Label name = Nodes.label(type.name(), "page-title");
        List<String> names = new ArrayList<>(List.of(type.id()));
        names.addAll(type.aliases());
        Label id = Nodes.label(String.join(", ", names), "muted", "mono");
        Node train = Nodes.primary(Nodes.button("Use in Train", Feather.ACTIVITY, controller::use));
        train.setId("objective-use");
        HBox head = Nodes.row(12, name, id, Nodes.spacer(), train);
        return head;
    }

    private double room() {
        double width = formula.getWidth() - 32; // padding
        return width > 0 ? width : Double.MAX_VALUE;
    }

    private void typeset() {
        ObjectiveType<?> type = controller.model().selectedProperty().get();
        typesetFor = room();
        controller.typeset(type, palette.get().text(), typesetFor, typeset -> typeset.ifPresent(t -> place(type, t)));
    }

    private void place(ObjectiveType<?> type, FormulaPicture.Typeset typeset) {
        naturalWidth = typeset.naturalWidth();
        Image picture = typeset.image();
        ImageView view = new ImageView(picture);
        view.setId("formula-picture");
        view.setPreserveRatio(true);
        view.setSmooth(true);
        view.fitWidthProperty().bind(formula.widthProperty().subtract(32)
                .map(room -> Math.min(room.doubleValue(), picture.getWidth() / FormulaPicture.DENSITY)));
        view.setAccessibleText(type.formula().plain());
        formula.getChildren().setAll(view);
    }

    private static Node chips(ObjectiveType<?> type) {
        Needs needs = type.defaultNeeds();
        FlowPane chips = new FlowPane(6, 6);
        needs.kinds().stream().sorted().map(Kind::id).forEach(kind -> chips.getChildren()
                .add(Nodes.chip(kind + " data", "busy")));
        words(needs).forEach(word -> chips.getChildren().add(Nodes.chip(word, "")));
        needs.obstacle().ifPresent(why -> chips.getChildren().add(Nodes.chip("not trainable yet: " + why, "warn")));
        return chips;
    }

    private static List<String> words(Needs needs) {
        List<String> words = new ArrayList<>();
        add(words, needs.scoresReference(), needs.prior() ? "frozen prior" : "frozen reference");
        add(words, !needs.frozenModel(), "no reference");
        add(words, needs.valueHead(), "value head");
        switch (needs.vocabularyKl()) {
            case NONE -> {
            }
            case FORWARD -> words.add("vocabulary KL(π_ref‖π_θ)");
            case REVERSE -> words.add("vocabulary KL(π_θ‖π_ref)");
        }
        add(words, needs.mismatched(), "answers to other prompts");
        add(words, needs.referenceSamples(), "reference samples");
        add(words, needs.retain(), "retain rows");
        needs.pairNumber().ifPresent(number -> words.add(number.id() + " with every pair"));
        add(words, needs.coupling() == Needs.Coupling.BATCH, "couples the whole step");
        return words;
    }

    private static void add(List<String> words, boolean holds, String word) {
        if (holds) {
            words.add(word);
        }
    }

    private static Node use(ObjectiveType<?> type) {
        GridPane both = new GridPane(); // shares the width before it asks for heights
        both.setHgap(12);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        both.getColumnConstraints().setAll(half, half);
        if (!type.when().isEmpty()) {
            both.addRow(0, tall(Nodes.notice("good", Feather.CHECK_CIRCLE, new Label("When: " + type.when()))),
                    tall(Nodes.notice("", Feather.MINUS_CIRCLE, new Label("Not when: " + type.whenNot()))));
        }
        return both;
    }

    private static HBox tall(HBox notice) {
        notice.setMinWidth(0);
        notice.setMaxHeight(Double.MAX_VALUE);
        return notice;
    }

    private static Node settings(ObjectiveType<?> type) {
        GridPane grid = new GridPane();
        grid.setHgap(14);
        grid.setVgap(9);
        ColumnConstraints symbols = new ColumnConstraints();
        symbols.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints texts = new ColumnConstraints(0, 0, Double.MAX_VALUE);
        texts.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(symbols, texts);
        int row = 0;
        for (Param<?> param : type.params()) {
            Label symbol = Nodes.label(param.symbol(), "strong");
            GridPane.setValignment(symbol, VPos.TOP);
            Label range = Nodes.label("allowed: " + param.range().replace("inf", "∞"), "muted", "small");
            FlowPane facts = new FlowPane(12, 2, Nodes.label("objective." + param.id() + " = " + defaultText(param),
                    "mono"), range);
            grid.addRow(row++, symbol, new VBox(2, facts, Nodes.wrapped(param.help(), "small")));
        }
        return section("Hyper-parameters and their defaults", row == 0 ? new Label("None.") : grid);
    }

    private static <T> String defaultText(Param<T> param) {
        return param.format(param.defaultValue());
    }

    private static Node paper(ObjectiveType<?> type) {
        Citation paper = type.citation();
        Label text = Nodes.wrapped(Stream.of(paper.authors(), paper.title(),
                paper.venue() + " " + paper.year() + (paper.equation().isEmpty() ? "" : ", " + paper.equation()),
                paper.url()).map(String::strip).filter(part -> !part.isEmpty())
                .map(part -> part.endsWith(".") || part.startsWith("https:") ? part : part + ".")
                .collect(Collectors.joining(" ")));
        Node copy = Nodes.button("Copy BibTeX", Feather.COPY, () -> copy(BibTex.of(type)));
        copy.setId("objective-cite");
        return section("Paper", text, copy);
    }

    private static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static VBox section(String title, Node... content) {
        VBox section = new VBox(6, Nodes.label(title, "section-title"));
        section.getChildren().addAll(content);
        return section;
    }
}
