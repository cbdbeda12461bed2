package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.Somebody;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Role;
import app.mailroom.model.SendingRules;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.store.Database;
import app.mailroom.store.PlanStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits until somebody else approves it, from the command line and through the pipeline of {@code mailroom run}. */
class ApprovalCommandsIT extends CommandRun {
    private static final Somebody MINA = Somebody.called("mina@example.com", Role.SENDER);

    private String id;

    @BeforeEach
    void minaPlansSomething() throws Exception {
        try (Mailroom mailroom = open(workspace())) {
            mailroom.accountSettings.approval(true);
            Template template = mailroom.templates.list().get(0);
            RecipientList list = mailroom.recipients.lists().get(0);
            id = Long.toString(asMina(plans -> {
                long plan = plans.create(
                        new PlanStore.NewPlan(
                                "Spring",
                                template.newest().id(),
                                list.id(),
                                list.name(),
                                "news@example.com",
                                "News",
                                "",
                                new PlanTiming(Instant.now(), "UTC", SendingRules.NONE),
                                true,
                                World.PRACTICE,
                                List.of()),
                        mailroom.recipients.columns(list.id()),
                        List.of());
                plans.start(plan);
                return plan;
            }));
        }
    }

    /** On another computer, perhaps. */
    private long asMina(ToLongFunction<PlanStore> deed) throws Exception {
        Workspace there = Workspace.in(workspace());
        try (Database database = Database.open(there.database(), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            return deed.applyAsLong(new PlanStore(database.usedBy(MINA), Clock.systemUTC(), () -> true));
        }
    }

    @Test
    void nothingIsSentBeforeItIsApprovedAndAllOfItAfterwards() throws Exception {
        assertThat(mailroom("run", "--quiet", "--settle", "0")).isEqualTo(4);
        assertThat(mailroom("plan", "list")).isEqualTo(0);
        assertThat(out).contains("waits for approval by somebody else than mina@example.com");

        assertThat(mailroom("plan", "approval", "show", id, "--mails", "2", "--json"))
                .as(err)
                .isEqualTo(0);
        assertThat(json().path("approved").asBoolean()).isFalse();
        assertThat(json().path("to_go_out").asLong()).isEqualTo(240);
        assertThat(json().path("mails")).hasSize(2);
        assertThat(json().path("mails").path(0).path("subject").asText()).contains("a seat is kept for you");
        String fingerprint = json().path("fingerprint").asText();

        assertThat(mailroom("plan", "approve", id)).isEqualTo(3);
        assertThat(out).contains("240 of list");
        assertThat(err).contains("Nothing was approved").contains("--fingerprint " + fingerprint);

        assertThat(mailroom("plan", "approve", id, "--fingerprint", fingerprint, "--json"))
                .as(err)
                .isEqualTo(0);
        assertThat(json().path("approved").asBoolean()).isTrue();
        assertThat(mailroom("run", "--quiet", "--settle", "1")).as(err).isIn(0, 5);
        assertThat(mailroom("plan", "list", "--json")).isEqualTo(0);
        assertThat(json().path(0).path("state").asText()).isEqualTo("SENT");
    }

    @Test
    void whatWasChangedSinceItWasLookedAtIsNotApproved() throws Exception {
        mailroom("plan", "approval", "show", id, "--json");
        String fingerprint = json().path("fingerprint").asText();
        asMina(plans -> {
            Plan plan = plans.find(Long.parseLong(id)).orElseThrow();
            plans.retime(plan.id(), new PlanTiming(plan.notBefore(), "Asia/Seoul", SendingRules.NONE));
            return 0;
        });

        assertThat(mailroom("plan", "approve", id, "--fingerprint", fingerprint))
                .isEqualTo(3);
        assertThat(err).contains("was changed after you looked at it");

        assertThat(mailroom("plan", "approve", id, "--yes")).as(err).isEqualTo(0);
        assertThat(mailroom("plan", "approval", "take-back", id)).as(err).isEqualTo(0);
        assertThat(mailroom("plan", "approval", "decline", id, "--note", "Wrong price"))
                .as(err)
                .isEqualTo(0);
        mailroom("plan", "approval", "show", id);
        assertThat(out).contains("missing", "Wrong price");
    }

    @Test
    void whoPlannedItIsRefused() {
        assertThat(mailroom("plan", "edit", id, "--per-hour", "10")).as(err).isEqualTo(0);

        assertThat(mailroom("plan", "approve", id, "--yes")).isEqualTo(3);
        assertThat(err).contains("Somebody else has to approve this mailing");
        assertThat(mailroom("plan", "approve", "77", "--yes")).isEqualTo(3);
        assertThat(err).contains("There is no mailing 77.");
    }
}
