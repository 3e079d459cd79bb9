package dev.resilience.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** Who may depend on whom: each capability on the core alone, so that removing it is removing its package and its wiring. */
@AnalyzeClasses(packages = "dev.resilience.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class StarterArchitectureTests {

    private static final DescribedPredicate<JavaClass> THE_STARTER = resideInAPackage("dev.resilience.spring..");

    @ArchTest
    static final ArchRule annotationsDependOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("..spring.annotation")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.resilience..")
                    .and(DescribedPredicate.not(resideInAPackage("..spring.annotation"))));

    @ArchTest
    static final ArchRule interceptionSeesAnnotationsTheOperatorAndTheCoreOnly = noClasses()
            .that()
            .resideInAPackage("..spring.aop")
            .should()
            .dependOnClassesThat(THE_STARTER.and(DescribedPredicate.not(
                    resideInAnyPackage("..spring.aop", "..spring.annotation", "..spring.reactive"))));

    @ArchTest
    static final ArchRule theFleetSeesTheCoreOnly = noClasses()
            .that()
            .resideInAPackage("..spring.shared")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.resilience.spring..", "org.springframework..")
                    .and(DescribedPredicate.not(resideInAPackage("..spring.shared"))));

    @ArchTest
    static final ArchRule whatTheCoreKeepsToItselfIsSeenByNobody =
            noClasses().should().dependOnClassesThat(resideInAPackage("dev.resilience.internal"));

    @ArchTest
    static final ArchRule wiringIsSeenByNobody = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("..spring.autoconfigure..")))
            .should()
            .dependOnClassesThat(are(resideInAPackage("..spring.autoconfigure..")));

    @ArchTest
    static final ArchRule capabilitiesDoNotSeeEachOther = slices().matching("dev.resilience.spring.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("..spring.autoconfigure.."), THE_STARTER)
            .ignoreDependency(
                    resideInAPackage("..spring.aop"), resideInAnyPackage("..spring.annotation", "..spring.reactive"));

    @ArchTest
    static final ArchRule autoConfigurationsArePublicAndFinal = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .resideInAPackage("..spring.autoconfigure");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule namesSayTheJob = noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
