package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import preflab.app.catalogue.BanditModel;
import preflab.app.catalogue.CatalogueModel;
import preflab.app.catalogue.LabModel;
import preflab.app.ui.CssWarnings;
import preflab.app.ui.ProjectFixture;
import preflab.app.ui.Ui;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.engine.bandit.BanditExperiment;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunLock;
import preflab.projects.workspace.Workspace;

/** Catalogue and Lab by clicks and keys, and their pictures. */
class ObjectivesScreenTest {

    private final Ui ui = Ui.get();

    @TempDir
    private Path folder;

    private void pictures(TestWindow window, String name) {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            window.dress(theme);
            String suffix = theme == Theme.DARK ? "-dark" : "-light";
            ui.resize(Ui.WIDE, 940);
            typeset(window);
            ui.picture(name + "-wide" + suffix);
            ui.resize(Ui.NARROW, 720);
            typeset(window);
            ui.picture(name + "-narrow" + suffix);
        }
    }

    private void typeset(TestWindow window) {
        if (window.assembly().catalogue().model().shown().size() > 0 && ui.robot().lookup("#objective-page").tryQuery()
                .filter(node -> node.getScene() != null).isPresent()) {
            ui.await("the formula is typeset", () -> ui.robot().lookup("#formula-picture").tryQuery().isPresent());
        }
    }

    @Test
    void aPageIsFoundByWordsReadAndUsed() {
        Path project = folder.resolve("p.preflab");
        Workspace.create(project).close();
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.open(project, "objectives");
            typeset(window);
            pictures(window, "objectives-page");
            CatalogueModel model = window.assembly().catalogue().model();
            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn("#catalogue-search").write("value head");
            ui.await("the list is filtered", () -> !model.shown().isEmpty() && model.shown().size() < 5);
            ui.run(() -> ui.find(ListView.class, "#catalogue-list").getSelectionModel().selectFirst());
            assertThat(model.selectedProperty().get().id()).startsWith("pipa");
            pictures(window, "objectives-pipa");
            ui.resize(Ui.WIDE, 940);
            ui.run(() -> model.kindProperty().set(Kind.FORGET_RETAIN));
            ui.await("nothing fits", () -> model.shown().isEmpty());
            pictures(window, "objectives-none");
            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn("#objective-cite");
            assertThat(ui.on(() -> Clipboard.getSystemClipboard().getString())).startsWith("@misc{pipa");
            ui.robot().clickOn("#objective-use");
            assertThat(window.session().trainController().model().objectiveProperty().get())
                    .isEqualTo(model.selectedProperty().get());
            assertThat(window.assembly().model().screenProperty().get()).isEqualTo("train");
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void theLabRedrawsAsTicksAndSlidersMoveAndSavesItsPoints() throws Exception {
        Path project = folder.resolve("p.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            DatasetVersionId pairs = ProjectFixture.addData(workspace).getFirst();
            ProjectFixture.addRun(workspace, "dpo", "dpo on pairs", pairs, 1, 200, Outcome.FINISHED);
        }
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.open(project, "objectives");
            ui.robot().clickOn("Lab");
            LabModel lab = window.assembly().lab().model();
            drawn(lab, 3);
            ui.await("the run is offered", () -> lab.runs().size() == 1);
            ui.robot().clickOn("#lab-run").clickOn("1  dpo on pairs");
            ui.await("its batches lie over the map",
                    () -> lab.cloudSize() == 200 && lab.mapProperty().get().isPresent());
            pictures(window, "lab-curves");
            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn("#lab-replay");
            ui.await("the batches come again from the first on", () -> lab.cloudSize() > 5 && lab.cloudSize() < 150);
            ui.robot().clickOn("#lab-replay");
            assertThat(lab.replayingProperty().get()).isFalse();
            ui.run(() -> lab.replayedProperty().set(0.45));
            pictures(window, "lab-replay");
            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn("#lab-replay");
            ui.await("the replay goes on to the end",
                    () -> lab.cloudSize() == 200 && !lab.replayingProperty().get());
            assertThat(ui.find(Label.class, "#lab-replay-step").getText()).isEqualTo("step 200");
            ui.run(() -> lab.focusedProperty().set(lab.entry("kto")));
            ui.run(() -> ui.find(ListView.class, "#lab-objectives").requestFocus());
            ui.robot().type(KeyCode.SPACE);
            drawn(lab, 5); // accepted and rejected
            double before = lab.lossProperty().get().lines().getFirst().y(0);
            ui.run(() -> lab.focusedProperty().set(lab.entry("dpo")));
            ui.run(() -> lab.entry("dpo").form().field("beta").textProperty().set("0.5"));
            ui.await("the curve moved", () -> lab.lossProperty().get().lines().getFirst().y(0) > 2 * before);
            ui.await("the map is there", () -> lab.mapProperty().get().isPresent());
            ui.run(() -> lab.scaledProperty().set(true));
            ui.await("lines are scaled", () -> lab.lossProperty().get().yLabel().startsWith("share"));
            pictures(window, "lab-many");

            ui.run(() -> {
                lab.scaledProperty().set(false);
                lab.focusedProperty().set(lab.entry("expression"));
                lab.entry("expression").drawnProperty().set(true);
                lab.entry("expression").form().field("formula").textProperty().set("-ls(beta*(h_w-h_l)) - lambda*A_w");
                lab.entry("expression").form().field("lambda").textProperty().set("0.2");
            });
            drawn(lab, 6);
            pictures(window, "lab-typed");
            ui.resize(Ui.WIDE, 940);
            ui.run(() -> lab.entry("expression").form().field("formula").textProperty().set("-ls(beta*(h_x-h_l))"));
            ui.await("the formula is refused with its place", () -> lab.entry("expression").form()
                    .field("formula").problemProperty().get().contains("at character 11"));
            pictures(window, "lab-wrong");
            ui.run(() -> lab.entry("expression").drawnProperty().set(false));
            drawn(lab, 5);

            Path file = folder.resolve("loss.csv");
            window.picker().willChoose(file);
            ui.resize(Ui.WIDE, 940);
            ui.robot().clickOn(ui.robot().lookup(".chart-save").queryAll().iterator().next());
            ui.await("the table is written", () -> Files.exists(file));
            assertThat(Files.readAllLines(file)).startsWith("line,x,y").hasSize(1 + 5 * 161);
            ui.run(() -> lab.focusedProperty().set(lab.entry("dpo")));
            ui.await("the map of DPO is back", () -> lab.mapProperty().get().isPresent());
            Path picture = folder.resolve("map.png");
            window.picker().willChoose(picture);
            ui.robot().clickOn(ui.robot().from(ui.find(Node.class, "#lab-map").getParent()).lookup(".chart-save")
                    .queryAs(Node.class));
            ui.await("the picture is written", () -> Files.exists(picture) && Files.size(picture) > 1000);
            Path table = folder.resolve("map.csv");
            window.picker().willChoose(table);
            ui.robot().clickOn(ui.robot().from(ui.find(Node.class, "#lab-map").getParent()).lookup(".chart-save")
                    .queryAs(Node.class));
            ui.await("the map is written as numbers", () -> Files.exists(table));
            assertThat(Files.readAllLines(table)).startsWith("h_w,h_l,loss,pull_chosen,pull_rejected")
                    .hasSize(1 + 25 * 25);
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    void theBatchesOfARunUnderWayDriftOverTheMapAsTheyAreLogged() {
        Path project = folder.resolve("p.preflab");
        try (Workspace workspace = Workspace.create(project)) {
            int run = workspace.runs().create(ProjectFixture.spec("dpo", "under way",
                    ProjectFixture.addData(workspace).getFirst(), 7, 2000));
            try (RunLock held = workspace.runs().lock(run);
                    EventWriter writer = workspace.runs().writer(run);
                    TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
                assertThat(held).isNotNull();
                writer.on(new RunEvent.Started(Map.of("device", "cpu", "threads", "2")));
                log(writer, 1, 40);
                window.open(project, "objectives");
                ui.robot().clickOn("Lab");
                LabModel lab = window.assembly().lab().model();
                ui.await("the run is offered", () -> lab.runs().size() == 1);
                ui.robot().clickOn("#lab-run").clickOn("1  under way");
                ui.await("what it has logged lies over the map", () -> lab.cloudSize() == 40);
                log(writer, 41, 55);
                ui.await("what it logs now lies there too", () -> lab.cloudSize() == 55);
                assertThat(lab.runProperty().get().name()).isEqualTo("under way");
            }
        }
    }

    private static void log(EventWriter writer, int from, int to) {
        for (int step = from; step <= to; step++) {
            writer.on(new RunEvent.Measured(step,
                    Map.of("rewards/chosen", 0.01 * step, "rewards/rejected", -0.02 * step)));
        }
    }

    private void drawn(LabModel lab, int lines) {
        ui.await(lines + " lines are drawn", () -> lab.lossProperty().get().lines().size() == lines);
    }

    @Test
    void theBanditLabPlaysAndTypoEndsNearerToTheTruth() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.go("objectives");
            ui.robot().clickOn("Bandit lab");
            BanditModel bandit = window.assembly().bandit().model();
            ui.await("the first look", () -> bandit.framesProperty().get() > 0);
            ui.run(() -> bandit.speedProperty().set(20));
            ui.robot().clickOn("#bandit-play");
            ui.await("it has come some way",
                    () -> bandit.lines().getFirst().viewProperty().get() != null
                            && bandit.lines().getFirst().viewProperty().get().steps() > 1500);
            ui.robot().clickOn("#bandit-play");
            assertThat(bandit.playingProperty().get()).isFalse();
            BanditExperiment.View dpo = bandit.lines().getFirst().viewProperty().get();
            BanditExperiment.View typo = bandit.lines().getLast().viewProperty().get();
            assertThat(typo.truthDistance()).isLessThan(0.1).isLessThan(dpo.truthDistance());
            pictures(window, "bandit-interpolation");
            ui.resize(Ui.WIDE, 940);
            for (int preset = 1; preset < 9; preset++) {
                int chosen = preset;
                int seen = bandit.framesProperty().get();
                ui.run(() -> ui.find(ComboBox.class, "#bandit-preset").getSelectionModel().select(chosen));
                ui.await("preset " + preset, () -> bandit.framesProperty().get() > seen);
                ui.robot().clickOn("#bandit-step");
                ui.await("a step of preset " + preset, () -> bandit.lines().stream()
                        .allMatch(
                                line -> line.viewProperty().get() != null && line.viewProperty().get().steps() == 20));
                ui.picture("bandit-preset-" + preset);
                assertThat(bandit.problemProperty().get()).isEmpty();
            }
        }
        assertThat(CssWarnings.heard()).isEmpty();
    }

    @Test
    @Tag("slow")
    void sixObjectivesMoveAtThirtyFramesASecond() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.go("objectives");
            ui.robot().clickOn("Bandit lab");
            BanditModel bandit = window.assembly().bandit().model();
            ui.run(() -> ui.find(ComboBox.class, "#bandit-preset").getSelectionModel().selectLast());
            ui.await("six are there", () -> bandit.lines().size() == 6 && bandit.framesProperty().get() > 1);
            ui.run(() -> bandit.playingProperty().set(true));
            ui.await("it is warm", () -> bandit.framesProperty().get() > 200);
            int first = bandit.framesProperty().get();
            long start = System.nanoTime();
            ui.await("300 frames", () -> bandit.framesProperty().get() >= first + 300);
            double rate = (bandit.framesProperty().get() - first) / ((System.nanoTime() - start) / 1e9);
            ui.run(() -> bandit.playingProperty().set(false));
            LoggerFactory.getLogger(ObjectivesScreenTest.class).info("bandit lab: {} frames a second", rate);
            assertThat(rate).isGreaterThan(30);
        }
    }

    @Test
    void everyFormulaOfTheCatalogueCanBeTypeset() {
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940)) {
            window.go("objectives");
            for (var type : Objectives.BUILT_IN) {
                ui.run(() -> window.assembly().catalogue().model().selectedProperty().set(type));
                ui.await("the formula of " + type.id(),
                        () -> ui.robot().lookup("#formula-picture").tryQuery().isPresent());
            }
        }
    }
}
