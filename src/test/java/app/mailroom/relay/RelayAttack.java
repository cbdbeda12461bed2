package app.mailroom.relay;

import app.mailroom.aws.RestartableSqs;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A relay in a small process of its own, with its usual limits but that for one address, and clients that mean harm: connections
 * that trickle, forged links, requests that are too large. A decent reader asks all the time. Prints what came of it and how much
 * memory the relay's process held; ends with 1 if anything of it was not refused, or the decent reader was not served.
 */
final class RelayAttack {
    /** The heap is the system's from the start, so that what grows is anything but that. */
    private static final List<String> RELAY = List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");

    private static final int TRICKLING = 900;
    private static final int FORGED = 10_000;
    private static final int OVERSIZED = 1_000;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String END = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

    private final RelayProcess relay;
    private final HitTokens tokens;
    private final Readers decent;
    private long most;
    private boolean well = true;

    private RelayAttack(RelayProcess relay, HitTokens tokens) {
        this.relay = relay;
        this.tokens = tokens;
        this.decent = new Readers(relay.port(), tokens, "decent", 1);
    }

    /** Argument: a folder for the spool. */
    public static void main(String[] arguments) throws Exception {
        SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        boolean well;
        Path spool = Path.of(arguments[0]).resolve("spool");
        try (RestartableSqs sqs = RestartableSqs.start();
                RelayProcess process = RelayProcess.start(keys, spool, sqs, RELAY)) {
            RelayAttack attack = new RelayAttack(process, new HitTokens(keys));
            well = attack.run();
            process.stop();
            // Not by number: a client may ask once more over a new connection if the old one ended under it.
            Set<String> tags = sqs.drain().stream().map(Readers::tagOf).collect(Collectors.toSet());
            Set<String> answered = attack.decent.answered().keySet();
            System.out.printf(
                    "messages in the queue      %,d, those of the decent reader are %,d%n",
                    tags.size(), answered.size());
            well &= tags.equals(answered);
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run() throws Exception {
        // So that the memory at first is that of a relay at work.
        while (decent.answered().size() < 2_000) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        memory("before");
        trickle();
        memory("after " + TRICKLING + " trickling connections");
        Random random = new Random(7);
        refused("forged links", FORGED, "404", i -> "GET " + forged(i, random) + END + "\r\n");
        memory("after " + FORGED + " forged links");
        String large = "a".repeat(64 << 10);
        refused("addresses of 64 KB", OVERSIZED, "414", i -> "GET /o/" + large + END + "\r\n");
        refused("headers of 64 KB", OVERSIZED, "431", i -> "GET /o/a" + END + "X-Large: " + large + "\r\n\r\n");
        refused(
                "bodies of 64 KB",
                OVERSIZED,
                "413",
                i -> "POST " + leaving(i) + END
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + large.length()
                        + "\r\n\r\n"
                        + large);
        memory("after " + 3 * OVERSIZED + " oversized requests");
        decent.leave();
        System.out.printf("memory at most             %d MB%n", most >> 20);
        System.out.printf(
                "decent reader              %,d answered, %d refused, longest answer %d ms%n",
                decent.answered().size(), decent.refused(), decent.longest().toMillis());
        return well && decent.refused() == 0;
    }

    /** Each sends a byte of a head now and then, so that it is never silent. */
    private void trickle() throws Exception {
        long begun = System.nanoTime();
        List<RawClient> left = new ArrayList<>();
        for (int i = 0; i < TRICKLING; i++) {
            left.add(new RawClient(relay.port()).send("GET /o/a HTTP/1.1\r\nHost: a\r\nX-Slow: "));
        }
        while (!left.isEmpty() && System.nanoTime() - begun < PATIENCE_NANOS) {
            TimeUnit.MILLISECONDS.sleep(250);
            left.removeIf(client -> client.cutOff("a"));
            look();
        }
        System.out.printf(
                "trickling connections      %,d of %,d cut off within %d s%n",
                TRICKLING - left.size(),
                TRICKLING,
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        well &= left.isEmpty();
        for (RawClient client : left) {
            client.close();
        }
    }

    private void refused(String what, int count, String status, IntFunction<String> request) throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            answers.merge(answer(request.apply(i)), 1, Integer::sum);
            if (i % 100 == 0) {
                look();
            }
        }
        System.out.printf("%-26s %,d: %s%n", what, count, answers);
        well &= answers.keySet().stream().allMatch(answer -> answer.equals(status) || answer.equals("cut off"));
    }

    /** The status, or that the relay did not listen to the end, which it need not. */
    private String answer(String request) throws IOException {
        try (RawClient client = new RawClient(relay.port())) {
            String head = client.send(request).head();
            return head.length() > 12 ? head.substring(9, 12) : "cut off";
        } catch (SocketException e) {
            return "cut off";
        }
    }

    /** As somebody writes it who knows all but the secret. */
    private String forged(int number, Random random) {
        HitLink link = switch (number % 3) {
            case 0 -> HitLink.open("forged-" + number);
            case 1 -> HitLink.click("forged-" + number, 1, "https://evil.example/" + number);
            default -> HitLink.unsubscribe("forged-" + number);
        };
        String token = tokens.token(link);
        int signature = token.lastIndexOf('.') + 1;
        char other = (char) ('a' + random.nextInt(26));
        int at = signature + random.nextInt(token.length() - signature - 1);
        return link.kind().path()
                + token.substring(0, at)
                + (token.charAt(at) == other ? '_' : other)
                + token.substring(at + 1);
    }

    private String leaving(int number) {
        HitLink link = HitLink.unsubscribe("oversized-" + number);
        return link.kind().path() + tokens.token(link);
    }

    private void memory(String when) throws IOException {
        look();
        System.out.printf("memory %-38s %d MB%n", when, relay.memory() >> 20);
    }

    private void look() throws IOException {
        most = Math.max(most, relay.memory());
    }
}
