package app.mailroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import app.mailroom.model.Right;
import app.mailroom.store.Database;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * Whatever changes a workspace names the right that it takes. What does not is listed here by class and method, with the reason:
 * whoever adds a line to one of these lists has to have one.
 */
@AnalyzeClasses(packages = "app.mailroom.store", importOptions = ImportOption.DoNotIncludeTests.class)
class RightsAreNamedTest {
    private static final Set<String> CHANGING = Set.of("write", "change", "step");
    private static final Set<String> UNASKED = Set.of("writeUnasked", "changeUnasked", "stepUnasked", "inStepsUnasked");

    /** What sends, the mail service of practice, and signs of life of proofs: windows and commands have none of them. */
    private static final Set<String> STORES_OF_THE_PROGRAM =
            Set.of("DeliveryStore", "PracticeStore", "ProbeStore", "Restoration");

    /** Only the program's own handle takes these: another refuses them with an IllegalStateException. */
    private static final Set<String> OF_THE_PROGRAM = Set.of(
            // Who comes in, stays and chooses something for themselves: their own session does that in the program's
            // name.
            "MemberStore.admit",
            "MemberStore.beginSession",
            "MemberStore.endSession",
            "MemberStore.keepPicture",
            "MemberStore.lock",
            "MemberStore.prefer",
            "MemberStore.seen",
            "MemberStore.signInRefused",
            "MemberStore.signOut",
            "MemberStore.signedIn",
            "MemberStore.signedOut",
            "MemberStore.unlock",
            // What becomes of a planned mailing by itself.
            "PlanStore.begin",
            "PlanStore.finishDone",
            "PlanStore.parkMissed",
            "PlanStore.tellLapsedApprovals",
            "PlanStore.unparkDue",
            // What comes in.
            "OutcomeStore.settle",
            "OutcomeStore.settleQuarantined",
            "OutcomeStore.judgeAnew",
            "SuppressionStore.takeIn",
            "SuppressionStore.forgetLift",
            // What is done when it starts, and now and then.
            "SettingsStore.putIfAbsent",
            "RecipientStore.purgeAbandoned",
            "SheetHistory.forget",
            "SheetHistory.wipe",
            "ResultsStore.recount");

    /** Nobody is asked here. */
    private static final Set<String> OF_ANYBODY = Set.of(
            // Asks for the right that follows from the names, before it writes.
            "SettingsStore.putAll",
            // Asks before the first of its transactions, and goes on to the end.
            "RecipientStore.keepProblemsAfter",
            // Takes away what nobody sees, whoever began it.
            "RecipientStore.abandon",
            "RecipientStore.deleteDoomed",
            "RecipientStore.deleteProblems",
            // What was begun with the right is brought to its end, or undone, without.
            "SheetChange.end",
            "SheetHistory.settle",
            "SheetHistory.takeBack",
            "SheetHistory.run",
            "SheetLog.delete",
            // Makes the messages of what somebody planned with the right, and takes away those of what nobody planned
            // in the end.
            "PlanStore.alignTimes",
            "PlanStore.cancelAllPlanned",
            "PlanStore.freezeSome",
            "PlanStore.takeBack",
            // Reads what is to be read in one transaction.
            "TemplateStore.draft",
            // Changes no cell, and has to be done before a sheet is shown.
            "SheetStore.readAddresses",
            // Says who did what.
            "AuditStore.add");

    @ArchTest
    static final ArchRule whatChangesAWorkspaceNamesItsRight =
            classes().that().doNotBelongToAnyOf(Database.class).should(nameARight());

    private static ArchCondition<JavaClass> nameARight() {
        return new ArchCondition<>("name the right that a change takes") {
            @Override
            public void check(JavaClass store, ConditionEvents events) {
                store.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Database.class))
                        .filter(call -> !isAllowed(call))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
            }
        };
    }

    private static boolean isAllowed(JavaMethodCall call) {
        String deed =
                call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName();
        if (UNASKED.contains(call.getName())) {
            return OF_ANYBODY.contains(deed);
        }
        return !CHANGING.contains(call.getName())
                || call.getTarget().getRawParameterTypes().get(0).isEquivalentTo(Right.class)
                || OF_THE_PROGRAM.contains(deed)
                || STORES_OF_THE_PROGRAM.contains(call.getOriginOwner().getSimpleName());
    }
}
