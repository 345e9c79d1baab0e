package preflab.app.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static preflab.app.rules.ProgramClasses.exemptFrom;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part may know which. Every test first makes sure that the classes it judges are there. */
class ArchitectureTest {

    @ParameterizedTest
    @CsvSource({"preflab.datasets.., preflab.engine..", "preflab.datasets.., preflab.projects..",
            "preflab.datasets.., preflab.app..", "preflab.engine.., preflab.projects..",
            "preflab.engine.., preflab.app..", "preflab.projects.., preflab.app.."})
    void noModulePointsBack(String lower, String upper) {
        assertSeen(lower);
        assertSeen(upper);
        check(classes(lower).should().dependOnClassesThat().resideInAPackage(upper));
    }

    @Test
    void engineKnowsOfDatasetsOnlyTheExamples() {
        assertSeen("preflab.engine..");
        check(classes("preflab.engine..").should().dependOnClassesThat(
                resideInAPackage("preflab.datasets..").and(not(resideInAPackage("preflab.datasets.example")))));
    }

    @Test
    void examplesKnowNothingButTheJdk() {
        assertSeen("preflab.datasets.example");
        check(classes("preflab.datasets.example").should()
                .dependOnClassesThat(not(resideInAnyPackage("preflab.datasets.example", "java.."))));
    }

    @ParameterizedTest
    @CsvSource({"preflab.datasets..", "preflab.engine..", "preflab.projects..", "preflab.app.cli"})
    void toolkitIsOnlyInTheWindow(String outside) {
        assertSeen(outside);
        check(classes(outside).should().dependOnClassesThat().resideInAnyPackage("javafx..", "com.sun.javafx..",
                "org.controlsfx..", "atlantafx..", "org.fxmisc..", "org.kordamp.."));
    }

    @Test
    void commandsKnowNoScreen() {
        assertSeen("preflab.app.cli");
        check(classes("preflab.app.cli").should().dependOnClassesThat(
                resideInAPackage("preflab.app..")
                        .and(not(resideInAnyPackage("preflab.app.cli", "preflab.app.user", "preflab.app.rule")))));
    }

    @Test
    void sqlIsOnlyInTheStores() {
        assertSeen("preflab.datasets.store");
        check(outside("preflab.datasets.store", "preflab.projects..").should().dependOnClassesThat()
                .resideInAnyPackage("java.sql", "javax.sql", "org.sqlite.."));
    }

    @Test
    void nativeCallsAreOnlyInTheTensorPackage() {
        assertSeen("preflab.engine.tensor");
        check(outside("preflab.engine.tensor", "ai.djl.pytorch.jni").should().dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch.jni"));
    }

    /** The built-in model is made by {@code projects.builtin}; commands score and sample in their own process. */
    @Test
    void theWindowAndTheStoresDoNotKnowTheTensorLibrary() {
        assertSeen("preflab.engine..");
        check(outside("preflab.engine..", "preflab.projects.builtin", "preflab.app.cli", "ai.djl.pytorch.jni").should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.."));
    }

    @Test
    void packagesHaveNoCycles() {
        assertThat(ProgramClasses.ALL).hasSizeGreaterThan(100);
        SlicesRuleDefinition.slices().matching("preflab.(**)").should().beFreeOfCycles().check(ProgramClasses.ALL);
    }

    /** The windows' assembly in {@code shell} knows all of them; they know only the shared parts. */
    @Test
    void featuresNeverUseEachOther() {
        String[] features = {"home", "data", "label", "catalogue", "models", "train", "compare", "tutorial"};
        assertSeen("preflab.app.home..");
        for (String feature : features) {
            for (String other : features) {
                if (!feature.equals(other)) {
                    check(classes("preflab.app." + feature + "..").should().dependOnClassesThat()
                            .resideInAPackage("preflab.app." + other + ".."));
                }
            }
        }
    }

    private static GivenClassesConjunction classes(String packages) {
        return noClasses().that(resideInAPackage(packages).and(not(exemptFrom("architecture"))));
    }

    private static GivenClassesConjunction outside(String... packages) {
        DescribedPredicate<JavaClass> there = resideInAnyPackage(packages);
        return noClasses().that(not(there).and(not(exemptFrom("architecture"))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ProgramClasses.ALL);
    }

    private static void assertSeen(String packages) {
        assertThat(ProgramClasses.ALL.that(resideInAPackage(packages))).as("classes in " + packages).isNotEmpty();
    }
}
