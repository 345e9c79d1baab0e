package preflab.app.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static preflab.app.rules.ProgramClasses.exemptFrom;

import ai.djl.ndarray.types.DataType;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import preflab.datasets.importer.Importer;
import preflab.datasets.importer.Importers;
import preflab.engine.objective.Objective;
import preflab.engine.objective.Objectives;

/** What no class does, wherever it lives, unless an {@code @Exempt} with a reason allows it. */
class HabitsTest {

    @Test
    void threadsAreMadeOnlyWhereTasksAreRun() {
        check(outside("threads", "preflab.app.task..").should().callConstructorWhere(ownedBy(Thread.class)));
        check(outside("threads", "preflab.app.task..").should().callMethodWhere(
                ownedBy(Thread.class).and(named("sleep", "startVirtualThread"))));
        check(outside("threads", "preflab.app.task..").should().callMethodWhere(
                ownedBy("javafx.application.Platform").and(named("runLater"))));
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        check(outside("streams", "preflab.app.cli").should().accessFieldWhere(
                ownedBy(System.class).and(named("out", "err"))));
        check(outside("streams").should().accessTargetWhere(DescribedPredicate.describe(
                "prints a trace to standard error",
                access -> access.getTarget().getFullName().equals("java.lang.Throwable.printStackTrace()"))));
    }

    @Test
    void logsGoThroughSlf4jAlone() {
        check(outside("logging").should().dependOnClassesThat().resideInAnyPackage("java.util.logging..",
                "ch.qos.logback..", "org.apache.commons.logging..", "org.apache.log4j..", "org.apache.logging.."));
    }

    /** A random UUID is allowed: a file name that collides with nobody's is not a number anybody computes with. */
    @Test
    void randomnessHasASeed() {
        DescribedPredicate<JavaAccess<?>> unseeded = DescribedPredicate.describe("is not seeded", access -> {
            String target = access.getTarget().getFullName();
            return target.equals("java.util.Random.<init>()") || target.equals("java.util.SplittableRandom.<init>()")
                    || target.startsWith("java.lang.Math.random")
                    || target.startsWith("java.util.concurrent.ThreadLocalRandom.current")
                    || target.equals("java.util.Collections.shuffle(java.util.List)")
                    || access.getTargetOwner().getName().equals("java.security.SecureRandom");
        });
        check(outside("randomness").should().accessTargetWhere(unseeded));
    }

    @Test
    void charsetLocaleAndZoneAreAlwaysNamed() {
        DescribedPredicate<JavaAccess<?>> implicit = DescribedPredicate.describe("relies on a default", access -> {
            String target = access.getTarget().getFullName();
            return Defaults.RELYING.stream().anyMatch(target::equals);
        });
        check(outside("defaults").should().accessTargetWhere(implicit));
    }

    @Test
    void numberTypesThatAbortTheEngineAreNamedOnlyInTheTensorPackage() {
        Set<String> deadly = Set.of("BFLOAT16", "INT16", "UINT16", "UINT32", "UINT64");
        assertThat(Arrays.stream(DataType.values()).map(Enum::name)).containsAll(deadly);
        check(outside("number types", "preflab.engine.tensor").should().accessFieldWhere(
                ownedBy(DataType.class).and(named(deadly.toArray(String[]::new)))));
    }

    @Test
    void devicesAreNamedOnlyInTheTensorPackage() {
        check(outside("devices", "preflab.engine.tensor").should().callMethodWhere(
                ownedBy("ai.djl.Device").and(named("gpu", "cpu", "of", "fromName"))));
    }

    @Test
    void everyObjectiveIsARecordInTheCatalogue() {
        JavaClasses objectives = implementing(Objective.class);
        assertThat(objectives).isNotEmpty();
        assertThat(objectives).allMatch(JavaClass::isRecord)
                .allMatch(type -> type.getPackageName().equals("preflab.engine.objective"));
        List<String> listed = Objectives.ALL.stream() // as it comes, and with the term that all of them take
                .flatMap(type -> Stream.of(Map.<String, String>of(), Map.of("sft_coefficient", "1"))
                        .map(given -> type.factory().apply(type.values(given))))
                .map(objective -> objective.getClass().getName()).toList();
        assertThat(objectives).allMatch(type -> listed.contains(type.getName()), "is in Objectives.ALL");
    }

    @Test
    void everyImporterIsInItsList() {
        JavaClasses importers = implementing(Importer.class);
        assertThat(importers).isNotEmpty();
        List<String> listed = Importers.ALL.stream().map(importer -> importer.getClass().getName()).toList();
        assertThat(importers).allMatch(type -> listed.contains(type.getName()), "is in Importers.ALL");
    }

    private static JavaClasses implementing(Class<?> type) {
        return ProgramClasses.ALL.that(assignableTo(type)
                .and(DescribedPredicate.describe("are concrete", candidate -> !candidate.isInterface())));
    }

    private static GivenClassesConjunction outside(String rule, String... packages) {
        DescribedPredicate<JavaClass> there = resideInAnyPackage(packages);
        return noClasses().that(not(there).and(resideInAPackage("preflab.."))
                .and(not(exemptFrom(rule))));
    }

    private static DescribedPredicate<JavaAccess<?>> ownedBy(Class<?> owner) {
        return ownedBy(owner.getName());
    }

    private static DescribedPredicate<JavaAccess<?>> ownedBy(String owner) {
        return DescribedPredicate.describe("of " + owner, access -> access.getTargetOwner().getName().equals(owner));
    }

    private static DescribedPredicate<JavaAccess<?>> named(String... names) {
        return DescribedPredicate.describe("named " + String.join(", ", names),
                access -> Arrays.asList(names).contains(access.getTarget().getName()));
    }

    private static void check(com.tngtech.archunit.lang.ArchRule rule) {
        assertThat(ProgramClasses.ALL).hasSizeGreaterThan(100);
        rule.check(ProgramClasses.ALL);
    }
}
