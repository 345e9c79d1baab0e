package preflab.engine.tensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asking DJL for one of these types ends the process without an exception, so nobody may be able to. */
class EngineRulesTest {

    private static final List<String> FATAL = List.of("BFLOAT16", "INT16", "UINT16", "UINT32", "UINT64");

    private static JavaClasses engine;

    @BeforeAll
    static void read() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // only our own classes are judged
        engine = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("preflab.engine");
    }

    @Test
    void fatalTypesAreNamedNowhere() {
        assertThat(engine).hasSizeGreaterThan(30);
        FATAL.forEach(type -> noClasses().should().accessField(DataType.class, type)
                .because("DJL aborts the process on it").check(engine));
    }

    @Test
    void typesAreNotLookedUpByName() {
        List.of("valueOf", "fromNumpy", "fromSafetensors").forEach(
                method -> noClasses().should().callMethod(DataType.class, method, String.class)
                        .because("the name could be that of a type DJL aborts on").check(engine));
        noClasses().should().callMethod(DataType.class, "values")
                .because("some of the values abort the process").check(engine);
    }

    @Test
    void djlsNativeCallsStayInTheTensorPackage() {
        noClasses().that().resideOutsideOfPackages("preflab.engine.tensor..", "ai.djl..").should().dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..").check(engine);
    }

    @Test
    void theRuleWouldSeeSuchANaming() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThatThrownBy(() -> noClasses().should().accessField(DataType.class, "INT16").check(offender))
                .isInstanceOf(AssertionError.class);
    }

    /** Names a fatal type, and is never made. */
    record Offender(DataType type) {
        Offender() {
            this(DataType.INT16);
        }
    }

    @Test
    void fatalTypesAreStillWhatTheyWere() {
        assertThat(DataType.values()).extracting(Enum::name).contains("BFLOAT16", "INT16");
    }
}
