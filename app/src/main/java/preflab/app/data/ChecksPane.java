package preflab.app.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.check.DatasetCheck;
import preflab.datasets.check.Finding;
import preflab.datasets.check.LabelBalance;
import preflab.datasets.check.TokenLengths;
import preflab.datasets.store.DatasetInfo;

/** Before training: what was found in the rows, worst first, with rows to look at and a way to mend it; pictures. */
final class ChecksPane extends ScrollPane {

    private static final int BINS = 48;
    private static final int LONGEST_LIMIT = 8192;
    /** Findings whose rows may all go; of contradictions, somebody must say which. */
    private static final Set<String> LEFT_OUT = Set.of("empty_answers", "equal_answers", "duplicates",
            "near_duplicates", "leakage", "too_long", "prompt_too_long");

    private final ChecksController controller;
    private final ChecksModel model;
    private final ConvertController convert;
    private final Runnable showRows;
    private final VBox results = new VBox(12);

    ChecksPane(ChecksController controller, ConvertController convert, Runnable showRows) {
        this.controller = controller;
        this.convert = convert;
        this.model = controller.model();
        this.showRows = showRows;
        setId("data-checks");
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
        VBox page = new VBox(12, settings(), progress(), results);
        page.getStyleClass().add("data-tab");
        setContent(page);
        model.checkProperty().subscribe(check -> {
            results.getChildren().clear();
            if (check == null) {
                results.getChildren().add(empty());
            } else {
                fill(check);
            }
        });
    }

    private Node empty() {
        EmptyState empty = new EmptyState(Feather.SEARCH, "Not checked yet",
                "Check looks at every row for duplicates, contradicting labels, empty or equal answers, prompts that"
                        + " fill max_length and prompts shared with held-out data. It changes nothing.");
        Nodes.showWhen(empty, model.runningProperty().not());
        return empty;
    }

    private Node settings() {
        ComboBox<String> tokenizer = new ComboBox<>(model.models());
        tokenizer.setId("checks-tokenizer");
        tokenizer.setAccessibleText("Tokenizer");
        tokenizer.setPrefWidth(170);
        tokenizer.valueProperty().bindBidirectional(model.tokenizerProperty());
        Button folder = Nodes.iconButton(Feather.FOLDER, "The tokenizer of a model in a folder",
                controller::chooseFolder);
        ComboBox<DatasetInfo> heldOut = new ComboBox<>();
        heldOut.setId("checks-held-out");
        heldOut.setAccessibleText("Held-out version");
        heldOut.setPromptText("no held-out version");
        heldOut.setPrefWidth(190);
        heldOut.setConverter(new RowsPane.Named<>(info -> info.id().display()));
        heldOut.valueProperty().bindBidirectional(model.heldOutProperty());
        controller.data().selectedProperty().subscribe(selected -> heldOut.getItems().setAll(
                controller.data().datasets().stream().filter(info -> !info.equals(selected)).toList()));
        Button run = Nodes.primary(Nodes.button("Check", Feather.CHECK_SQUARE, () -> {
            convert.model().remarkProperty().set("");
            controller.run();
        }));
        run.setId("checks-run");
        run.disableProperty().bind(model.runningProperty().or(controller.data().selectedProperty().isNull()));
        FlowPane row = new FlowPane(14, 8,
                Nodes.row(6, Nodes.label("Tokenizer", "muted", "small"), tokenizer, folder),
                Nodes.row(6, Nodes.label("Must not share prompts with", "muted", "small"), heldOut), run);
        return Nodes.card("", row);
    }

    private Node progress() {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(220);
        bar.setAccessibleText("Progress of the check");
        bar.progressProperty().bind(model.progressProperty());
        Label words = Nodes.label("", "muted");
        words.textProperty().bind(model.wordsProperty());
        Button cancel = Nodes.button("Cancel", Feather.X, controller::cancel);
        cancel.setId("checks-cancel");
        HBox row = Nodes.row(10, bar, words, cancel);
        Nodes.showWhen(row, model.runningProperty());
        return row;
    }

    private void fill(DatasetCheck check) {
        VBox findings = new VBox(8);
        findings.setId("checks-findings");
        check.findings().forEach(finding -> findings.getChildren().add(finding(finding)));
        if (check.findings().isEmpty()) {
            findings.getChildren().add(Nodes.notice("good", Feather.CHECK_CIRCLE,
                    Nodes.label("Nothing was found in " + Words.count(check.rows(), "row") + ".")));
        }
        results.getChildren().add(Nodes.card("Before training", findings, left()));
        check.lengths().filter(lengths -> lengths.max() > 0).map(this::lengths).ifPresent(results.getChildren()::add);
        if (!check.balance().counts().isEmpty()) {
            results.getChildren().add(labels(check.balance()));
        }
        VBox compositions = new VBox(16);
        compositions.setId("checks-compositions");
        check.compositions().forEach(composition -> compositions.getChildren().add(new VBox(6,
                Nodes.label(composition.title(), "section-title"), Bars.shares(composition.counts()))));
        results.getChildren()
                .add(Nodes.card("Repeats and shared prompts", compositions, Nodes.wrapped(prompts(check), "muted")));
    }

    /** Steps with a value are counted beside their labels: a step has both. */
    private static Node labels(LabelBalance balance) {
        Map<String, Long> counts = new LinkedHashMap<>(balance.counts());
        Long withValue = counts.remove(LabelBalance.WITH_VALUE);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        VBox card = Nodes.card("Labels", Bars.shares(counts));
        if (withValue != null) {
            card.getChildren().add(Nodes.wrapped(
                    Words.count(withValue) + " of " + Words.count(all, "step") + " have a Q value.", "muted"));
        }
        return card;
    }

    /** What became of rows that were to be left out. */
    private Node left() {
        Label remark = Nodes.wrapped("", "muted");
        remark.setId("checks-left");
        ConvertModel made = convert.model();
        remark.textProperty().bind(Bindings.when(made.problemProperty().isEmpty()).then(made.remarkProperty())
                .otherwise(made.problemProperty()));
        Nodes.showWhen(remark, made.remarkProperty().isNotEmpty().or(made.problemProperty().isNotEmpty()));
        return remark;
    }

    private static String prompts(DatasetCheck check) {
        double each = check.prompts() == 0 ? 0 : (double) check.rows() / check.prompts();
        return String.format(Locale.ROOT, "%,d different prompts in %,d rows: %.2f rows a prompt.", check.prompts(),
                check.rows(), each) + (each > 1.005 ? " Splits keep rows of equal prompts together." : "");
    }

    private Node finding(Finding finding) {
        Label problem = Nodes.wrapped(finding.problem(), "strong");
        Label fix = Nodes.wrapped("Fix: " + finding.fix(), "muted", "small");
        FlowPane actions = new FlowPane(8, 6);
        if (!finding.rows().isEmpty()) {
            Button show = Nodes.button(finding.rows().size() < finding.count()
                    ? "Show the first " + Words.count(finding.rows().size())
                    : "Show the rows", Feather.LIST, () -> show(finding));
            show.getStyleClass().add("finding-show");
            actions.getChildren().add(show);
        }
        if (LEFT_OUT.contains(finding.id()) && finding.rows().size() == finding.count()) {
            Button leave = Nodes.button("Leave them out", Feather.SCISSORS, () -> convert.leaveOut(finding));
            leave.getStyleClass().add("finding-leave");
            leave.setTooltip(new Tooltip("Make the next version without these rows; this one stays"));
            leave.disableProperty().bind(convert.model().makingProperty());
            actions.getChildren().add(leave);
        }
        VBox box = new VBox(4, Nodes.row(8, Nodes.chip(finding.id().replace('_', ' '), "warn"),
                Nodes.label(Words.count(finding.count(), "row"), "muted", "small")), problem, fix, actions);
        box.getStyleClass().add("panel");
        return box;
    }

    private void show(Finding finding) {
        controller.data().pickedProperty().set(new PickedRows(finding.id().replace('_', ' '), finding.rows()));
        showRows.run();
    }

    private Node lengths(TokenLengths lengths) {
        int bins = Math.min(BINS, lengths.max() + 1);
        int width = Math.max(1, (int) Math.ceil((lengths.max() + 1.0) / bins));
        int[] counts = lengths.histogram(bins);
        VBox picture = new VBox();
        Label words = Nodes.wrapped("");
        words.setId("checks-cut");
        Slider limit = new Slider(2, Math.clamp(lengths.max() + 16L, 64, LONGEST_LIMIT),
                Math.min(model.maxLengthProperty().get(), LONGEST_LIMIT));
        limit.setId("checks-max-length");
        limit.setAccessibleText("max_length");
        limit.setBlockIncrement(1);
        HBox.setHgrow(limit, Priority.ALWAYS);
        limit.valueProperty().subscribe(value -> {
            int at = value.intValue();
            model.maxLengthProperty().set(at);
            picture.getChildren().setAll(Bars.histogram(counts, width, at));
            words.setText(cut(lengths, at));
        });
        Label value = Nodes.label("", "mono");
        value.textProperty().bind(Bindings.format("max_length %d", model.maxLengthProperty()));
        value.setMinWidth(USE_PREF_SIZE);
        Label least = Nodes.label("0", "muted", "small");
        Label most = Nodes.label(Words.count(lengths.max(), "token"), "muted", "small");
        return Nodes.card("Tokens of prompt and longest answer", picture, Nodes.row(0, least, Nodes.spacer(), most),
                Nodes.row(10, value, limit), words);
    }

    private static String cut(TokenLengths lengths, int limit) {
        int longer = lengths.longerThan(limit);
        int full = lengths.promptsFilling(limit);
        return String.format(Locale.ROOT, "%,d rows (%.1f %%) are longer; %.1f %% of all tokens lie past it.", longer,
                100.0 * longer / Math.max(1, lengths.rows()), 100 * lengths.shareCut(limit))
                + (full == 0
                        ? " No prompt fills it."
                        : " In " + Words.count(full, "row") + " the prompt alone fills it: nothing is left to learn"
                                + " from.");
    }
}
