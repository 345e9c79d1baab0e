package preflab.app.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The program's own classes, read once; tests are left out. */
final class ProgramClasses {

    static final JavaClasses ALL = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("preflab", "ai.djl.pytorch.jni")
            .that(DescribedPredicate.describe("are ours",
                    type -> type.getPackageName().startsWith("preflab") || type.getSimpleName().endsWith("Bridge")));

    private ProgramClasses() {
    }

    /** Carries an annotation named {@code Exempt} for this rule, itself or on the class around it. */
    static DescribedPredicate<JavaClass> exemptFrom(String rule) {
        return DescribedPredicate.describe("are exempt from " + rule, type -> isExempt(type, rule));
    }

    private static boolean isExempt(JavaClass type, String rule) {
        return type.getAnnotations().stream().anyMatch(annotation -> names(annotation, rule))
                || type.getEnclosingClass().map(outer -> isExempt(outer, rule)).orElse(false);
    }

    /** By simple name, so that a module needs no dependency on the one that declares the annotation. */
    private static boolean names(JavaAnnotation<?> annotation, String rule) {
        return annotation.getRawType().getSimpleName().equals("Exempt")
                && annotation.get("rule").map(rule::equals).orElse(false)
                && annotation.get("reason").map(reason -> !reason.toString().isBlank()).orElse(false);
    }
}
