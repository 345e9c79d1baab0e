package preflab.app.data;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.store.Split;
import preflab.datasets.store.SplitPlan;

/** Another version from this one: conversions with what would come of them, and splits by seed. */
final class ConvertPane extends ScrollPane {

    private final ConvertController controller;
    private final ConvertModel model;
    private final Runnable showRows;

    ConvertPane(ConvertController controller, Runnable showRows) {
        this.controller = controller;
        this.model = controller.model();
        this.showRows = showRows;
        setId("data-convert");
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
        VBox page = new VBox(12, underWay(), conversion(), split());
        page.getStyleClass().add("data-tab");
        setContent(page);
    }

    private Node underWay() {
        Label remark = Nodes.wrapped("");
        remark.setId("convert-remark");
        remark.textProperty().bind(model.remarkProperty());
        Node said = Nodes.notice("good", Feather.CHECK_CIRCLE, remark);
        Nodes.showWhen(said, model.remarkProperty().isNotEmpty());
        Button cancel = Nodes.button("Cancel", Feather.X, controller::cancel);
        cancel.setId("convert-cancel");
        Node making = Nodes.row(10, Nodes.label("Making the version; the task bar shows how far it is.", "muted"),
                cancel);
        Nodes.showWhen(making, model.makingProperty());
        VBox box = new VBox(said, making);
        Nodes.showWhen(box, model.remarkProperty().isNotEmpty().or(model.makingProperty()));
        return box;
    }

    private Node conversion() {
        ComboBox<Recipe> recipes = new ComboBox<>(model.recipes());
        recipes.setId("convert-recipe");
        recipes.setAccessibleText("Conversion");
        recipes.setPromptText("choose a conversion");
        recipes.setConverter(new RowsPane.Named<>(Recipe::title));
        recipes.setPrefWidth(240);
        recipes.setOnAction(e -> {
            if (recipes.getValue() != null && !recipes.getValue().equals(model.recipeProperty().get())) {
                controller.choose(recipes.getValue());
            }
        });
        FlowPane settings = new FlowPane(14, 8);
        model.recipeProperty().subscribe(recipe -> {
            recipes.setValue(recipe);
            settings.getChildren().setAll(recipe == null
                    ? List.of()
                    : recipe.settings().stream().map(this::setting).toList());
        });
        Label result = Nodes.wrapped("", "strong");
        result.setId("convert-result");
        result.textProperty().bind(model.resultProperty());
        Nodes.showWhen(result, model.resultProperty().isNotEmpty());
        VBox card = Nodes.card("Convert", Nodes.wrapped("The rows of this version stay as they are; what is made is"
                + " another version that says what it was made from.", "muted"), recipes, settings, result, problem(),
                makeRow());
        Nodes.showWhen(settings, Bindings.isNotEmpty(settings.getChildren()));
        return card;
    }

    private Node problem() {
        Label problem = Nodes.wrapped("", "field-problem");
        problem.setId("convert-problem");
        problem.textProperty().bind(model.problemProperty());
        Nodes.showWhen(problem, model.problemProperty().isNotEmpty());
        return problem;
    }

    private Node makeRow() {
        TextField name = field("convert-name", "Name of the dataset", model.nameProperty(), 220);
        Button make = Nodes.primary(Nodes.button("Make the version", Feather.PLUS, controller::make));
        make.setId("convert-make");
        make.disableProperty().bind(model.recipeProperty().isNull().or(model.makingProperty())
                .or(model.problemProperty().isNotEmpty()).or(model.nameProperty().isEmpty()));
        FlowPane row = new FlowPane(10, 8, Nodes.row(6, Nodes.label("As", "muted", "small"), name), make);
        Nodes.showWhen(row, model.recipeProperty().isNotNull());
        return row;
    }

    private Node setting(Recipe.Setting setting) {
        Label label = Nodes.label(setting.label(), "muted", "small");
        if (setting.choices().isEmpty()) {
            TextField field = new TextField(setting.usual());
            field.setId("convert-" + setting.id());
            field.setAccessibleText(setting.label());
            field.setPrefWidth(setting.usual().length() > 6 ? 220 : 80);
            field.textProperty().subscribe((before, text) -> controller.set(setting.id(), text));
            return Nodes.row(6, label, field);
        }
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(setting.choices());
        box.setId("convert-" + setting.id());
        box.setAccessibleText(setting.label());
        box.setValue(setting.usual());
        box.setConverter(new RowsPane.Named<>(choice -> choice.replace('_', ' ')));
        box.setOnAction(e -> controller.set(setting.id(), box.getValue()));
        return Nodes.row(6, label, box);
    }

    private static TextField field(String id, String name, StringProperty value, double width) {
        TextField field = new TextField();
        field.setId(id);
        field.setAccessibleText(name);
        field.setPrefWidth(width);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private Node split() {
        Button work = Nodes.button("Split", Feather.GIT_BRANCH, controller::split);
        work.setId("split-run");
        FlowPane settings = new FlowPane(14, 8,
                Nodes.row(6, Nodes.label("Validation %", "muted", "small"),
                        field("split-validation", "Validation share in per cent", model.validationProperty(), 64)),
                Nodes.row(6, Nodes.label("Test %", "muted", "small"),
                        field("split-test", "Test share in per cent", model.testProperty(), 64)),
                Nodes.row(6, Nodes.label("Seed", "muted", "small"),
                        field("split-seed", "Seed of the split", model.seedProperty(), 80)),
                work);
        Label problem = Nodes.wrapped("", "field-problem");
        problem.setId("split-problem");
        problem.textProperty().bind(model.splitProblemProperty());
        Nodes.showWhen(problem, model.splitProblemProperty().isNotEmpty());
        VBox parts = new VBox(10);
        parts.setId("split-parts");
        model.splitProperty().subscribe(split -> parts.getChildren().setAll(split == null ? List.of() : parts(split)));
        Nodes.showWhen(parts, model.splitProperty().isNotNull());
        return Nodes.card("Split by seed", Nodes.wrapped("Rows of equal prompts stay together, so that nothing leaks"
                + " from training into what is measured. Equal seeds give equal parts.", "muted"), settings, problem,
                parts);
    }

    private List<Node> parts(Split split) {
        FlowPane figures = new FlowPane(10, 8);
        for (SplitPlan.Part part : SplitPlan.Part.values()) {
            Label figure = Nodes.label(Words.count(split.rows(part).size()), "figure");
            figure.setId("split-" + part.id());
            Button show = Nodes.button("Show", Feather.LIST, () -> {
                controller.show(part);
                showRows.run();
            });
            VBox box = new VBox(4, figure, Nodes.label(part.id() + " rows", "muted", "small"), show);
            box.getStyleClass().add("panel");
            box.setMinWidth(120);
            figures.getChildren().add(box);
        }
        Button save = Nodes.button("Save the parts as datasets", Feather.SAVE, controller::saveSplit);
        save.setId("split-save");
        save.disableProperty().bind(model.makingProperty());
        return List.of(figures, save);
    }
}
