package app.mailroom.practice;

import app.mailroom.delivery.MailGateway;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.model.AccountProblem;
import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import app.mailroom.store.PracticeStore;
import app.mailroom.store.PracticeStore.AcceptedMail;
import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.RelayLinks;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A mail service inside the program. It keeps what it accepts, answers as Amazon SES does, and can be made slow,
 * throttling, silent or unreachable. Nothing leaves the computer.
 */
public final class PracticeMailGateway implements MailGateway {
    private static final Duration SETTINGS_LIVE = Duration.ofMillis(500);

    private final PracticeStore store;
    private final SettingsStore settings;
    private final RelayLinks links;
    private final Clock clock;
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private PracticeSettings current;
    private Instant readAt;
    private long usedOf24h;

    /**
     * A service that keeps its record in the given store and behaves as the workspace's settings say.
     *
     * @param links by which its simulated readers find the relay's addresses in a mail
     */
    public PracticeMailGateway(PracticeStore store, SettingsStore settings, RelayLinks links, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.links = links;
        this.clock = clock;
        this.current = PracticeSettings.from(settings);
        this.readAt = clock.instant();
        this.usedOf24h = store.acceptedWithin(Duration.ofDays(1));
    }

    @Override
    public SendResult send(OutgoingMail mail, Runnable onItsWay) {
        PracticeSettings world = world();
        if (world.outage()) {
            return new SendResult.Stopped(AccountProblem.OFFLINE, "the practice mail service is switched to an outage");
        }
        onItsWay.run();
        if (!waitFor(world.latencyMillis())) {
            return new SendResult.NotStarted();
        }
        if (ThreadLocalRandom.current().nextInt(100) < world.throttlePercent() || tooFast(world)) {
            return new SendResult.Throttled("Maximum sending rate exceeded.");
        }
        if (usedOf24h(0) >= world.quota24h()) {
            return new SendResult.Stopped(AccountProblem.QUOTA_USED, "Daily message quota exceeded.");
        }
        boolean silent = ThreadLocalRandom.current().nextInt(100) < world.timeoutPercent();
        if (silent && ThreadLocalRandom.current().nextBoolean()) {
            return new SendResult.Unknown("TIMEOUT", "no answer from the practice mail service");
        }
        try {
            String providerId = accept(mail, world);
            return silent
                    ? new SendResult.Unknown("TIMEOUT", "no answer from the practice mail service")
                    : new SendResult.Accepted(providerId);
        } catch (MessagingException | IOException e) {
            return new SendResult.Refused("BAD_MESSAGE", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public MailAccount account() {
        PracticeSettings world = world();
        return new MailAccount(world.rate(), world.quota24h(), usedOf24h(0), false, true);
    }

    /** Nothing to do: the store belongs to the workspace. */
    @Override
    public void close() {}

    private String accept(OutgoingMail mail, PracticeSettings world) throws MessagingException, IOException {
        Instant now = clock.instant();
        // Rising ids, as SES's are not: they keep the index small, and nothing depends on their form.
        String providerId = Long.toHexString(now.toEpochMilli()) + "-" + UUID.randomUUID();
        String eml = MimeMail.compose(mail, providerId, now);
        store.accept(
                new AcceptedMail(providerId, mail.messageTag(), mail.planTag(), mail.to(), mail.subject(), eml),
                PracticeOutcomes.of(mail, providerId, now, world, links));
        usedOf24h(1);
        return providerId;
    }

    private synchronized long usedOf24h(int more) {
        usedOf24h += more;
        return usedOf24h;
    }

    private synchronized PracticeSettings world() {
        Instant now = clock.instant();
        if (readAt.plus(SETTINGS_LIVE).isBefore(now)) {
            current = PracticeSettings.from(settings);
            readAt = now;
        }
        return current;
    }

    private synchronized boolean tooFast(PracticeSettings world) {
        long now = System.nanoTime();
        while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() > TimeUnit.SECONDS.toNanos(1)) {
            lastSecond.removeFirst();
        }
        // A tenth more than the rate: SES, too, forgives a little.
        if (lastSecond.size() >= Math.max(1, world.rate() * 1.1)) {
            return true;
        }
        lastSecond.addLast(now);
        return false;
    }

    private static boolean waitFor(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
