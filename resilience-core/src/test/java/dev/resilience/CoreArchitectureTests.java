package dev.resilience;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class CoreArchitectureTests {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.resilience");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.resilience");

    @Test
    void dependsOnTheJdkAndJSpecifyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.resilience..", "java..", "org.jspecify.annotations")
                .check(MAIN);
    }

    @Test
    void hasNoCircleBetweenItsCapabilities() {
        slices().matching("dev.resilience.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void letsNeitherBreakerNorBulkheadKnowTheOtherOrTheRegistry() {
        noClasses()
                .that()
                .resideInAPackage("dev.resilience.breaker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.resilience.bulkhead..", "dev.resilience.registry..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("dev.resilience.bulkhead..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.resilience.breaker..", "dev.resilience.registry..")
                .check(MAIN);
    }

    @Test
    void marksEveryPackageForNull() {
        for (JavaClass type : MAIN) {
            JavaPackage home = type.getPackage();
            assertThat(home.isAnnotatedWith(NullMarked.class))
                    .as(home.getName())
                    .isTrue();
        }
    }

    @Test
    void namesNoClassAfterNothingInParticular() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)").check(ALL);
    }

    @Test
    void neverSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .check(ALL);
    }

    @Test
    void readsTheClockInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SystemTicker")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(MAIN);
    }
}
