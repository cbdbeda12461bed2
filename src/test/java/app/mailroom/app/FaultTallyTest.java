package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Message;
import app.mailroom.model.MessageQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that never finds anything proves nothing. */
class FaultTallyTest {
    private static final int PEOPLE = 5;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private LiveWorld world;

    private long plan;

    private List<Message> messages;

    @BeforeEach
    void planAMailing() throws Exception {
        world = new LiveWorld(folder, false);
        plan = world.plan(PEOPLE);
        world.mailroom.control(() -> {}).start(plan);
        messages = world.mailroom.messages.page(MessageQuery.all(plan, PEOPLE));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatIsStillToBeSentIsNotLost() {
        assertThat(FaultTally.of(world, plan))
                .isEqualTo(new FaultTally(PEOPLE, 0, 0, 0, 0, 0, 0, 0, 0, PEOPLE))
                .matches(FaultTally::holds)
                .matches(tally -> !tally.isWhole());
    }

    @Test
    void everybodyOnceIsWhole() throws Exception {
        for (Message message : messages) {
            mail(message, message.address(), message.values().get(0));
        }
        execute("UPDATE messages SET state = 'ACCEPTED'");
        assertThat(FaultTally.of(world, plan)).matches(FaultTally::isWhole);
    }

    @Test
    void aSecondMailIsFoundEvenUnderAnotherTag() throws Exception {
        Message first = messages.get(0);
        mail(first, first.address(), first.values().get(0));
        mail(first, first.address(), first.values().get(0));
        assertThat(FaultTally.of(world, plan).sentTwice()).isEqualTo(1);

        mail(messages.get(1), first.address(), first.values().get(0));
        FaultTally tally = FaultTally.of(world, plan);
        assertThat(tally.sentTwice()).isEqualTo(2);
        assertThat(tally.wrong()).isEqualTo(1);
        assertThat(tally.requests()).isEqualTo(3);
    }

    @Test
    void aMailInTheNameOfAnotherIsWrong() throws Exception {
        mail(
                messages.get(0),
                messages.get(0).address(),
                messages.get(1).values().get(0));
        assertThat(FaultTally.of(world, plan).wrong()).isEqualTo(1);
    }

    @Test
    void whoNeverGotItAndNeverWillIsLostUnlessThatIsKnown() throws Exception {
        execute("UPDATE messages SET state = 'DELIVERED' WHERE id = "
                + messages.get(0).id());
        execute("UPDATE messages SET state = 'UNCERTAIN' WHERE id = "
                + messages.get(1).id());
        execute("UPDATE messages SET state = 'REJECTED' WHERE id = "
                + messages.get(2).id());
        FaultTally tally = FaultTally.of(world, plan);
        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.uncertain()).isEqualTo(1);
        assertThat(tally.uncertainTaken()).isZero();
        assertThat(tally.refused()).isEqualTo(1);
        assertThat(FaultTally.inDoubt(world.mailroom, plan))
                .containsExactly(world.mailroom.workspaceId.tag(messages.get(1).id()));

        execute("UPDATE plans SET state = 'SENT'");
        FaultTally over = FaultTally.of(world, plan);
        assertThat(over.lost())
                .as("two more are planned in a mailing that is over")
                .isEqualTo(3);
        assertThat(over.holds()).isFalse();
    }

    private void mail(Message message, String recipient, String name) throws Exception {
        String json = """
                {"Destination": {"ToAddresses": ["%1$s"]},
                 "EmailTags": [{"Name": "mailroom-message", "Value": "%3$s"}, {"Name": "mailroom-plan", "Value": "%4$s"}],
                 "Content": {"Simple": {"Subject": {"Data": "Hello %2$s"},
                  "Body": {"Html": {"Data": "<p>Hello %2$s</p>"}, "Text": {"Data": "Hello %2$s"}}}}}
                """.formatted(
                recipient, name, world.mailroom.workspaceId.tag(message.id()), world.mailroom.workspaceId.tag(plan));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(world.ses.endpoint() + "/v2/email/outbound-emails"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private void execute(String sql) throws Exception {
        try (Connection file = DriverManager.getConnection(
                        "jdbc:sqlite:" + Workspace.in(folder).database());
                Statement statement = file.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
