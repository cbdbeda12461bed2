package app.mailroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages are the walls of this house; ARCHITECTURE.md says why each stands where it does. */
@AnalyzeClasses(packages = "app.mailroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "app.mailroom.";

    @ArchTest
    static final ArchRule nothingImportsTheBootSequence = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "app..");

    @ArchTest
    static final ArchRule theModelDependsOnTheJdkAlone = classes()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + "model..");

    @ArchTest
    static final ArchRule theStoreKnowsTheModelAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "template..",
                    ROOT + "authoring..",
                    ROOT + "backup..",
                    ROOT + "support..",
                    ROOT + "recipients..",
                    ROOT + "plan..",
                    ROOT + "results..",
                    ROOT + "delivery..",
                    ROOT + "outcome..",
                    ROOT + "practice..",
                    ROOT + "aws..",
                    ROOT + "secrets..",
                    ROOT + "account..",
                    ROOT + "tracking..",
                    ROOT + "relay..",
                    ROOT + "cli..",
                    ROOT + "ui..");

    @ArchTest
    static final ArchRule amazonStaysBehindItsWall = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "aws..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule googleStaysBehindItsWall = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "account..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google..");

    @ArchTest
    static final ArchRule signingInKnowsNothingOfMailings = classes()
            .that()
            .resideInAPackage(ROOT + "account..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "account..",
                    ROOT + "secrets..",
                    ROOT + "store..",
                    ROOT + "model..",
                    "com.google..",
                    "com.sun.net.httpserver..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..");

    @ArchTest
    static final ArchRule theKeychainStaysBehindItsWall = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "secrets..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.javakeyring..");

    @ArchTest
    static final ArchRule onlyTheChecksBeforePlanningAskNameServers = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xbill..");

    @ArchTest
    static final ArchRule sqlStaysInTheStore = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jooq..", "org.flywaydb..", "org.sqlite..");

    @ArchTest
    static final ArchRule javaFxStaysInTheWindows = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "ui..", ROOT + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "atlantafx..", "org.controlsfx..", "org.kordamp..", "org.fxmisc..");

    @ArchTest
    static final ArchRule featuresDoNotKnowWhoUsesThem = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "template..",
                    ROOT + "authoring..",
                    ROOT + "backup..",
                    ROOT + "support..",
                    ROOT + "recipients..",
                    ROOT + "plan..",
                    ROOT + "results..",
                    ROOT + "delivery..",
                    ROOT + "outcome..",
                    ROOT + "practice..",
                    ROOT + "aws..",
                    ROOT + "secrets..",
                    ROOT + "account..",
                    ROOT + "tracking..",
                    ROOT + "relay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "cli..", ROOT + "ui..");

    @ArchTest
    static final ArchRule whatHelpsWithTheProgramKnowsNothingOfMailings = classes()
            .that()
            .resideInAPackage(ROOT + "support..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "support..",
                    ROOT + "model..",
                    "com.fasterxml.jackson..",
                    "org.commonmark..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..");

    @ArchTest
    static final ArchRule theWebServerStaysInTheRelay = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "relay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule theRelayNeedsNothingOfTheDesktop = classes()
            .that()
            .resideInAPackage(ROOT + "relay..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "relay..",
                    ROOT + "tracking..",
                    ROOT + "model..",
                    "org.eclipse.jetty..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..",
                    "javax.net.ssl..",
                    "javax.security..",
                    "com.sun.management..");

    @ArchTest
    static final ArchRule workbooksAreReadAndWrittenInTwoPlaces = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "recipients..", ROOT + "results..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.dhatim..");

    @ArchTest
    static final ArchRule pagesOnPaperStayWithTheResults = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "results..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pdfbox..", "org.apache.fontbox..");

    @ArchTest
    static final ArchRule resultsOnPaperKnowNoSending = noClasses()
            .that()
            .resideInAPackage(ROOT + "results..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "template..",
                    ROOT + "authoring..",
                    ROOT + "plan..",
                    ROOT + "delivery..",
                    ROOT + "outcome..",
                    ROOT + "practice..",
                    ROOT + "aws..",
                    ROOT + "secrets..");

    @ArchTest
    static final ArchRule thePipelineKnowsNeitherWorld = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "delivery..", ROOT + "outcome..", ROOT + "plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "practice..", ROOT + "aws..", ROOT + "secrets..");

    @ArchTest
    static final ArchRule windowsAndCommandsAreStrangers = noClasses()
            .that()
            .resideInAPackage(ROOT + "ui..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "cli..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayAStepOrAThing =
            noClasses().should().haveNameMatching(".*(Manager|Service|Helper|Utils?|Impl)");
}
