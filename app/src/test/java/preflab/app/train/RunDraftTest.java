package preflab.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import preflab.app.form.FormModel;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.objective.Objectives;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;

class RunDraftTest {

    private static final DatasetInfo PAIRS = info("pairs", Kind.PAIRED, 1000);
    private static final DatasetInfo PROMPTS = info("prompts", Kind.PROMPTS, 10);

    private final TrainModel model = new TrainModel();

    private static DatasetInfo info(String name, Kind kind, int rows) {
        return new DatasetInfo(new DatasetVersionId(name, 1, "a".repeat(64)), kind, rows, Instant.EPOCH, "made up");
    }

    private List<String> problems() {
        return RunDraft.of(model).check(ref -> {
            if (!ref.startsWith("builtin:")) {
                throw new IllegalArgumentException("there is no model " + ref);
            }
        }).stream().filter(line -> line.verdict() == CheckLine.Verdict.BAD).map(CheckLine::text).toList();
    }

    private void choose(String objective, DatasetInfo data) {
        model.objectiveProperty().set(Objectives.find(objective).orElseThrow());
        model.datasetProperty().set(data);
        model.modelRefProperty().set("builtin:sums");
    }

    @Test
    void aCompleteFormHasNoProblemsAndBecomesACompleteSpec() {
        choose("dpo", PAIRS);
        model.basic().field("training.steps").textProperty().set("250");
        assertThat(problems()).isEmpty();
        RunSpec spec = RunDraft.of(model).spec();
        assertThat(spec.settings().get(TrainSettings.STEPS)).isEqualTo(250);
        assertThat(spec.name()).isEqualTo("dpo pairs");
        assertThat(spec.reference()).isEmpty();
        assertThat(spec.settings().asText()).containsKeys(TrainSettings.ALL.stream().map(p -> p.id())
                .toArray(String[]::new));
    }

    @Test
    void dataThatDoesNotFitIsNamedWithWhatWouldFit() {
        choose("dpo", PROMPTS);
        assertThat(problems()).singleElement().asString().contains("DPO needs", "paired", "prompts v1 is prompts");
    }

    @Test
    void everyMissingChoiceIsNamedAtOnce() {
        model.objectiveProperty().set(Objectives.find("dpo").orElseThrow());
        assertThat(problems()).hasSize(2).anySatisfy(text -> assertThat(text).contains("data to train on"))
                .anySatisfy(text -> assertThat(text).contains("Choose the model"));
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        choose("sft", PAIRS);
        model.modelRefProperty().set("/nowhere");
        assertThat(problems()).containsExactly("there is no model /nowhere");
    }

    @Test
    void aReferenceIsTakenOnlyWhereTheObjectiveNeedsOne() {
        choose("sft", PAIRS);
        model.referenceProperty().set("builtin:sums");
        assertThat(RunDraft.of(model).spec().reference()).isEmpty();
        choose("dpo", PAIRS);
        assertThat(RunDraft.of(model).spec().reference()).isEqualTo(Optional.of("builtin:sums"));
    }

    @Test
    void pipasFrozenModelIsItsPrior() {
        choose("pipa_n", info("steps", Kind.STEPWISE, 100));
        model.referenceProperty().set("builtin:sums");
        assertThat(RunDraft.of(model).spec().reference()).contains("builtin:sums");
        model.referenceProperty().set("/nowhere");
        assertThat(RunDraft.of(model).check(ref -> {
            if (!ref.startsWith("builtin:")) {
                throw new IllegalArgumentException("there is no model " + ref);
            }
        })).extracting(CheckLine::text).anyMatch(text -> text.contains("/nowhere"));
    }

    @Test
    void aTypedLossBecomesPartOfTheSpecAndAWrongOneIsToldWithItsPlace() {
        choose("expression", PAIRS);
        FormModel form = model.hyper(Objectives.find("expression").orElseThrow());
        form.field("formula").textProperty().set("-ls(beta*(h_w-h_l)) - lambda*A_w");
        form.field("lambda").textProperty().set("0.2");
        assertThat(problems()).isEmpty();
        assertThat(RunDraft.of(model).spec().hyper().asText())
                .containsEntry("formula", "-ls(beta*(h_w-h_l)) - lambda*A_w").containsEntry("lambda", "0.2");
        form.field("formula").textProperty().set("-ls(beta*(h_x-h_l))");
        assertThat(problems()).anyMatch(text -> text.contains("at character 11"));
    }

    @Test
    void everyObjectiveIsMadeForAKindItAccepts() {
        assertThat(Objectives.ALL).allSatisfy(type -> assertThat(List.of(Kind.values()))
                .anyMatch(kind -> Fit.madeFor(type, kind) && type.defaultNeeds().kinds().contains(kind)));
    }
}
