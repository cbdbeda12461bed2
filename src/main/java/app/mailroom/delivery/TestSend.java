package app.mailroom.delivery;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.model.SendResult;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.WorkspaceId;
import app.mailroom.model.World;
import app.mailroom.store.AuditStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Sends a template to addresses of one's own before any mailing is made of it, through the same gateway and at the same
 * pace as mailings. In practice mode nothing leaves the computer. A test mail is no message: nothing of it is stored,
 * and what becomes of it is not followed. Whoever leaves by its link stays where they are.
 */
public final class TestSend {
    /** To how many addresses at once. */
    public static final int MOST_ADDRESSES = 10;

    private static final String SUBJECT_PREFIX = "[Test] ";
    private static final int MOST_TRIES = 5;
    /** Longer than the mail service is ever waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * What is to be sent.
     *
     * @param values by {@link app.mailroom.template.Variables#key}, those of the row as which it is sent
     * @param fromName display name, may be empty
     * @param replyTo a mailbox, or empty for none
     * @param to one to ten valid addresses, each gets a mail of its own, and only one if it is there twice
     */
    public record Request(
            TemplateContent content,
            Map<String, String> values,
            String fromAddress,
            String fromName,
            String replyTo,
            List<String> to) {}

    /**
     * What became of one mail.
     *
     * @param eml the mail as it was handed over when it went to the practice world, empty otherwise
     */
    public record Sent(String to, SendResult result, String eml) {}

    private record Trial(OutgoingMail mail, CompletableFuture<SendResult> answer) {}

    private final Dispatch dispatch;
    private final WorkspaceId workspace;
    private final Function<String, Optional<String>> keptInPractice;
    private final Access access;
    private final AuditStore audit;

    /**
     * Sends through the running pipelines of this dispatch.
     *
     * @param keptInPractice finds the mail that the practice world kept under a message tag
     * @param access of whoever sends, by whose name the audit is told
     */
    public TestSend(
            Dispatch dispatch,
            WorkspaceId workspace,
            Function<String, Optional<String>> keptInPractice,
            Access access,
            AuditStore audit) {
        this.dispatch = dispatch;
        this.workspace = workspace;
        this.keptInPractice = keptInPractice;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Sends one mail to each address and returns what the mail service answered, in the same order. Takes as long as the
     * service does; not for the JavaFX thread. What the service surely did not take because it came too fast is sent
     * again a few times.
     *
     * @throws TemplateException when the template cannot be made into a mail
     * @throws RenderException when the values do not fill it
     * @throws IOException that says what keeps mails from being sent in the present mode; nothing was sent
     * @throws app.mailroom.model.NotAllowedException when the person may not; nothing was sent
     * @throws InterruptedException when the thread is interrupted; what waits for its turn is not sent then
     */
    public List<Sent> send(Request request)
            throws TemplateException, RenderException, IOException, InterruptedException {
        access.require(Right.PREPARE_MAILINGS);
        List<String> addresses = List.copyOf(new LinkedHashSet<>(request.to()));
        if (addresses.isEmpty() || addresses.size() > MOST_ADDRESSES) {
            throw new IllegalArgumentException("a test goes to 1 to " + MOST_ADDRESSES + " addresses");
        }
        CompiledTemplate template = CompiledTemplate.compile(request.content());
        Pipeline pipeline = dispatch.readyPipeline();
        access.require(Right.PREPARE_MAILINGS, pipeline.world());
        List<OutgoingMail> mails = new ArrayList<>();
        for (String address : addresses) {
            mails.add(outgoing(request, template, pipeline, address));
        }
        List<Trial> trials = mails.stream().map(mail -> trial(pipeline, mail)).toList();
        try {
            List<Sent> sent = new ArrayList<>();
            for (Trial trial : trials) {
                SendResult result = outcome(pipeline, trial);
                sent.add(new Sent(trial.mail().to(), result, eml(pipeline.world(), trial.mail())));
            }
            return sent;
        } finally {
            trials.forEach(trial -> trial.answer().cancel(false));
            String world = pipeline.world().name().toLowerCase(Locale.ROOT);
            audit.add(AuditAction.TEST_SENT, "test mail", trials.size() + " mails, " + world);
        }
    }

    private OutgoingMail outgoing(Request request, CompiledTemplate template, Pipeline pipeline, String address)
            throws RenderException {
        String tag = workspace.testTag(UUID.randomUUID().toString());
        WayOut out = pipeline.wayOut(tag, request.fromAddress(), request.replyTo());
        RenderedMail mail = template.render(ProgramVariables.beside(request.values()::get, out.link()));
        return new OutgoingMail(
                tag,
                workspace.testTag("mailing"),
                Mailboxes.format(request.fromName(), request.fromAddress()),
                address,
                request.replyTo(),
                SUBJECT_PREFIX + mail.subject(),
                mail.html(),
                mail.text(),
                out.headers(),
                template.images(),
                // It shows a mail as it will arrive, with what the service does to each; nothing of it is stored.
                // At the relay its links would only be hits that are thrown away.
                true);
    }

    private static Trial trial(Pipeline pipeline, OutgoingMail mail) {
        return new Trial(mail, pipeline.sendAside(mail));
    }

    private static SendResult outcome(Pipeline pipeline, Trial trial) throws InterruptedException {
        SendResult result = await(trial.answer());
        for (int tries = 1; tries < MOST_TRIES && result instanceof SendResult.Throttled; tries++) {
            result = await(pipeline.sendAside(trial.mail()));
        }
        return result;
    }

    private static SendResult await(CompletableFuture<SendResult> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return new SendResult.Unknown("TIMEOUT", "No answer in " + PATIENCE.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is a result, whatever goes wrong", e);
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw e;
        }
    }

    private String eml(World world, OutgoingMail mail) {
        return world == World.PRACTICE ? keptInPractice.apply(mail.messageTag()).orElse("") : "";
    }
}
