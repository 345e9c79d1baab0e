package preflab.engine.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Torch;

class CatalogueTest {

    static Stream<ObjectiveType<?>> all() {
        return Objectives.ALL.stream();
    }

    @Test
    void idsAndAliasesAreUnique() {
        List<String> names = new ArrayList<>();
        all().forEach(type -> {
            names.add(type.id());
            names.addAll(type.aliases());
        });
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9_]+"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyNameFindsItsObjective(ObjectiveType<?> type) {
        assertThat(Objectives.find(type.id())).contains(type);
        assertThat(type.aliases()).allSatisfy(alias -> assertThat(Objectives.find(alias)).contains(type));
        assertThat(Objectives.find(" " + type.id().replace('_', '-').toUpperCase(Locale.ROOT))).contains(type);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyObjectiveSaysWhatItIs(ObjectiveType<?> type) {
        assertThat(type.summary()).endsWith(".");
        assertThat(type.reward()).endsWith(".");
        if (!type.id().equals("expression")) { // whoever types it is the author
            assertThat(type.citation().url()).startsWith("https://arxiv.org/abs/");
        }
        assertThat(type.citation().year()).isBetween(2020, 2026);
        assertThat(type.formula().latex()).isNotBlank();
        assertThat(type.formula().plain()).isNotBlank();
        assertThat(type.defaultNeeds().kinds()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void defaultsAreAllowedAndReadBackFromText(ObjectiveType<?> type) {
        ParamValues defaults = ParamValues.defaults(type.params());
        assertThat(type.values(defaults.asText())).isEqualTo(defaults);
        assertThat(type.factory().apply(defaults)).isNotNull();
        assertThat(type.params()).allSatisfy(param -> assertThat(param.help()).endsWith("."));
        assertThat(type.params()).extracting(Param::id).doesNotHaveDuplicates();
    }

    /** What an objective says it does not need is not there when it runs. */
    @ParameterizedTest
    @MethodSource("all")
    void objectivesAskOnlyForWhatTheyNamed(ObjectiveType<?> type) {
        assertThat(Objectives.find(type.id())).isPresent();
        try (NDManager manager = Torch.newManager()) {
            assertThat(lossOf(type, manager)).isFinite();
        }
    }

    private static <S extends Scores> double lossOf(ObjectiveType<S> type, NDManager manager) {
        ParamValues values = type.values(Map.of());
        S scores = Needed.scores(type, type.needs().apply(values), manager);
        return type.factory().apply(values).loss(scores, State.EMPTY).loss().toType(DataType.FLOAT64, false)
                .getDouble();
    }

    @ParameterizedTest
    @CsvSource({"dpo,beta,0", "dpo,beta,-1", "dpo,label_smoothing,0.5", "exo,label_smoothing,0", "pmpo,alpha,1.5",
            "pmpo,beta,-1", "rpo,lambda,-0.1", "robust_dpo,label_smoothing,0.5", "fdpo,alpha,0", "mcpo,num_negatives,0",
            "pipa_m,clip_eps,1", "kto,z0,soon", "apo,variant,up", "inpo,tau,1"})
    void valuesOutOfRangeAreRefusedByName(String objective, String name, String value) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        assertThatThrownBy(() -> type.factory().apply(type.values(Map.of(name, value))))
                .isInstanceOf(ParamException.class).hasMessageContaining(name).hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({"ipo,tau,beta", "rpo,rpo_alpha,lambda", "cpo,cpo_alpha,lambda", "simpo,simpo_gamma,gamma",
            "kto,desirable_weight,lambda_d", "kto,undesirable_weight,lambda_u", "orpo,beta,lambda"})
    void otherProgramsNamesAreTaken(String objective, String alias, String id) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        assertThat(type.values(Map.of(alias, "0.25")).asText()).containsEntry(id, "0.25");
    }

    @Test
    void everyObjectiveCanBeTrainedAsItComes() {
        assertThat(Objectives.ALL).filteredOn(type -> !type.trainable()).isEmpty();
    }

    @Test
    void whatCannotBeTrainedSaysWhy() {
        ObjectiveType<?> mcpo = Objectives.find("mcpo").orElseThrow();
        assertThat(mcpo.obstacle(mcpo.values(Map.of("sampler", "given")))).hasValueSatisfying(
                why -> assertThat(why).startsWith(mcpo.name() + " cannot be trained yet: ").contains("use mc, max"));
    }

    @Test
    void pmpoWarnsWhereRejectedPrefixesCollapse() {
        ObjectiveType<?> pmpo = Objectives.find("pmpo").orElseThrow();
        assertThat(pmpo.advice().apply(pmpo.values(Map.of("beta", "0.5")))).hasSize(1);
        assertThat(pmpo.advice().apply(pmpo.values(Map.of()))).isEmpty();
    }
}
