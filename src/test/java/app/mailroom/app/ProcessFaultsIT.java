package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.TemplateContent;
import app.mailroom.plan.PlanRequests;
import app.mailroom.store.FieldValues;
import app.mailroom.store.StagedRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes, and runs several at once, on one workspace. The practice world's own record is the judge. */
class ProcessFaultsIT {
    private static final int PEOPLE = 2_000;
    private static final int KILLS = 20;
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Mailroom mailroom;
    private long planId;

    @BeforeEach
    void planAMailing() throws Exception {
        mailroom = Mailroom.open(Workspace.in(folder.resolve("workspace")), Clock.systemUTC());
        mailroom.settings.put("delivery.heartbeat_ms", "200");
        mailroom.settings.put("delivery.stale_after_ms", "1500");
        mailroom.settings.put("practice.rate", "400");
        mailroom.settings.put("practice.latency_ms", "30");
        mailroom.settings.put("practice.outcome_speed", "30");
        long templateId = mailroom.templates.create(
                "letter",
                new TemplateContent(
                        "Hello {{name}}", "", "<p>Hello {{name}}, <a href=\"https://example.com\">look</a></p>"),
                "test");
        long listId = mailroom.recipients.begin(
                "people",
                "test",
                List.of(new RecipientColumn(0, 0, "email", "email"), new RecipientColumn(1, 1, "name", "name")));
        List<StagedRow> rows = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            String address = "person" + i + "@example.com";
            rows.add(new StagedRow(address, address, FieldValues.toJson(List.of(address, "Person " + i))));
        }
        mailroom.recipients.append(listId, rows);
        mailroom.recipients.finish(listId);
        planId = mailroom.planning.plan(PlanRequests.atOnce(
                "all of them",
                mailroom.templates.find(templateId).orElseThrow().newest().id(),
                listId,
                "shop@example.com",
                "Shop"));
    }

    @AfterEach
    void closeWorkspace() {
        mailroom.close();
    }

    @Test
    void killedAtTwentyMomentsNobodyGetsItTwiceAndNobodyIsForgotten() throws Exception {
        Path output = folder.resolve("killed.txt");
        for (int kill = 1; kill <= KILLS; kill++) {
            MailroomProcess process = MailroomProcess.start(mailroom(), output, SMALL, "run", "--settle", "60");
            int moment = record().size() + PEOPLE / (2 * KILLS);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> record().size() >= moment || !process.isAlive());
            assertThat(process.isAlive())
                    .as("still sending at moment %d; it said: %s", kill, Files.readString(output))
                    .isTrue();
            process.kill();
        }
        int exit = MailroomProcess.start(mailroom(), output, SMALL, "run", "--settle", "6")
                .waitFor();

        assertThat(exit).isIn(0, 5);
        assertThat(mailroom.plans.find(planId).orElseThrow().state()).isEqualTo(PlanState.SENT);
        assertThat(record().values()).as("mails a recipient got").containsOnly(1);
        Set<String> uncertain = new HashSet<>();
        for (Message message :
                mailroom.messages.page(new MessageQuery(planId, EnumSet.of(MessageState.UNCERTAIN), "", 0, PEOPLE))) {
            uncertain.add(message.address());
        }
        assertThat(record().keySet())
                .as("what was accepted has settled by its events")
                .doesNotContainAnyElementsOf(uncertain);
        assertThat(record().size() + uncertain.size()).as("accounted for").isEqualTo(PEOPLE);
        assertThat(states()).doesNotContainKeys(MessageState.PLANNED, MessageState.CLAIMED, MessageState.ACCEPTED);
        assertThat(totals().all()).isEqualTo(PEOPLE);

        // The rest were claimed by a process that was killed before it asked. A person decides about them.
        for (Message message :
                mailroom.messages.page(new MessageQuery(planId, EnumSet.of(MessageState.UNCERTAIN), "", 0, PEOPLE))) {
            assertThat(mailroom.messages.sendAgain(message.id())).isTrue();
        }
        assertThat(MailroomProcess.start(mailroom(), output, SMALL, "run").waitFor())
                .isEqualTo(0);
        assertThat(record()).hasSize(PEOPLE);
        assertThat(record().values()).containsOnly(1);
        assertThat(totals().awaitingOutcome()).isZero();
    }

    @Test
    void twoProcessesOnOneWorkspaceShareTheWorkAndSendNothingTwice() throws Exception {
        MailroomProcess one =
                MailroomProcess.start(mailroom(), folder.resolve("one.txt"), SMALL, "run", "--settle", "60");
        MailroomProcess two =
                MailroomProcess.start(mailroom(), folder.resolve("two.txt"), SMALL, "run", "--settle", "60");

        assertThat(one.waitFor()).isEqualTo(0);
        assertThat(two.waitFor()).isEqualTo(0);
        assertThat(record()).hasSize(PEOPLE);
        assertThat(record().values()).containsOnly(1);
        assertThat(totals().awaitingOutcome()).isZero();
        assertThat(totals().unsent()).isZero();
        assertThat(totals().all()).isEqualTo(PEOPLE);
    }

    private Path mailroom() {
        return folder.resolve("workspace");
    }

    private Map<String, Integer> record() {
        return mailroom.practiceMailbox.mailsByRecipient(planId);
    }

    private PlanTotals totals() {
        return mailroom.plans.totals(planId);
    }

    private Map<MessageState, Long> states() {
        return totals().byState();
    }
}
