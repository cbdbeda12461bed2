package app.mailroom.aws;

import app.mailroom.delivery.OutgoingMail;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.secrets.SessionSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/**
 * A loop around the SDK's client as somebody would write it who only wants to be fast: threads that send one mail after the
 * other. It knows of no pace and no database. Its client has the settings of the program's own.
 */
public final class BareSending implements AutoCloseable {
    private final SesV2Client ses;
    private final int threads;
    private final ExecutorService hands;
    private int runs;

    /** One over so many threads, which stay. */
    public BareSending(String endpoint, int threads) throws AmazonException {
        Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "test");
        ses = new AmazonClients(LocalSqs.settings(endpoint), new SessionSecrets(), keys).sesForSending(Timeouts.USUAL);
        this.threads = threads;
        hands = Executors.newFixedThreadPool(threads);
    }

    /** Sends this mail so many times, each to another address, and returns when all were accepted. */
    public void send(OutgoingMail mail, int times) throws InterruptedException, ExecutionException {
        int run = ++runs;
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(hands.submit(() -> {
                for (int number = next.getAndIncrement(); number < times; number = next.getAndIncrement()) {
                    send(mail, "reader" + number + "@example.com", "bare-" + run + "-" + number);
                }
            }));
        }
        for (Future<?> hand : running) {
            hand.get();
        }
    }

    private void send(OutgoingMail mail, String to, String tag) {
        List<MessageHeader> headers = mail.headers().stream()
                .map(header -> MessageHeader.builder()
                        .name(header.name())
                        .value(header.value())
                        .build())
                .toList();
        String id = ses.sendEmail(request -> request.fromEmailAddress(mail.from())
                        .destination(destination -> destination.toAddresses(to))
                        .content(content -> content.simple(message -> message.subject(
                                        text -> text.data(mail.subject()).charset("UTF-8"))
                                .body(body -> body.html(
                                                text -> text.data(mail.html()).charset("UTF-8"))
                                        .text(text -> text.data(mail.text()).charset("UTF-8")))
                                .headers(headers)))
                        .emailTags(tag(SesEventParser.MESSAGE_TAG, tag), tag(SesEventParser.PLAN_TAG, "bare"))
                        .configurationSetName("mailroom-test"))
                .messageId();
        if (id == null) {
            throw new IllegalStateException("the service accepted a mail and gave it no id");
        }
    }

    @Override
    public void close() {
        hands.shutdown();
        ses.close();
    }

    private static MessageTag tag(String name, String value) {
        return MessageTag.builder().name(name).value(value).build();
    }
}
