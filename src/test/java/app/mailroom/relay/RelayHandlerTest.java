package app.mailroom.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayHandlerTest {
    private static final String TAG = "w1abcdefgh-42";
    private static final HitLink OPEN = HitLink.open(TAG);
    private static final HitLink CLICK = HitLink.click(TAG, 3, "https://shop.example/spring?a=1&b=%20#top");
    private static final HitLink UNSUBSCRIBE = HitLink.unsubscribe(TAG);
    private static final byte[] ONE_CLICK = "List-Unsubscribe=One-Click".getBytes(UTF_8);
    private static final int LARGEST_BODY = 4_096;
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path folder;

    private RelayUnderTest relay;

    @BeforeEach
    void start() throws Exception {
        relay = RelayUnderTest.start(folder);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void anOpeningGetsAPictureThatNobodyKeeps() throws Exception {
        HttpResponse<byte[]> answer =
                relay.ask("GET", relay.path(OPEN), "User-Agent", "Mail/1", "Accept-Language", "de");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(43).startsWith("GIF89a".getBytes(UTF_8));
        assertThat(header(answer, "Content-Type")).isEqualTo("image/gif");
        assertThat(header(answer, "Content-Length")).isEqualTo("43");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store, no-cache, must-revalidate, private");
        assertThat(header(answer, "Pragma")).isEqualTo("no-cache");
        assertThat(header(answer, "Expires")).isEqualTo("0");
        JsonNode event = onlyEvent();
        assertThat(event.path("mailroomEvent").asText()).isEqualTo("Open");
        assertThat(event.path("tag").asText()).isEqualTo(TAG);
        assertThat(event.path("timestamp").asText()).isEqualTo(SettableClock.START.toString());
        assertThat(event.path("userAgent").asText()).isEqualTo("Mail/1");
        assertThat(event.path("signs")).isEmpty();
        assertThat(fields(event)).containsExactly("id", "mailroomEvent", "signs", "tag", "timestamp", "userAgent");
    }

    @Test
    void aClickLeadsToExactlyWhatWasSigned() throws Exception {
        HttpResponse<byte[]> answer = relay.ask("GET", relay.path(CLICK));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).isEqualTo(CLICK.target());
        assertThat(header(answer, "Cache-Control")).contains("no-store");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.body()).isEmpty();
        JsonNode event = onlyEvent();
        assertThat(event.path("mailroomEvent").asText()).isEqualTo("Click");
        assertThat(event.path("link").asText()).isEqualTo(CLICK.target());
        assertThat(event.path("number").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/봄?q=세일#위, https://shop.example/%EB%B4%84?q=%EC%84%B8%EC%9D%BC#%EC%9C%84",
        "https://한국.example:8443/a, https://xn--3e0b707e.example:8443/a",
        "https://shop.example/\u0085x, https://shop.example/%C2%85x",
        "http://[::1]:80/é, http://[::1]:80/%C3%A9",
    })
    void aHeaderTakesAsciiOnly(String target, String location) throws Exception {
        HttpResponse<byte[]> answer = relay.ask("GET", relay.path(HitLink.click(TAG, 1, target)));

        assertThat(header(answer, "Location")).isEqualTo(location);
        assertThat(onlyEvent().path("link").asText()).isEqualTo(target);
    }

    @Test
    void aHeadCountsAndSaysSo() throws Exception {
        HttpResponse<byte[]> picture = relay.ask("HEAD", relay.path(OPEN));
        HttpResponse<byte[]> link = relay.ask("HEAD", relay.path(CLICK));

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.body()).isEmpty();
        assertThat(header(picture, "Content-Length")).isEqualTo("43");
        assertThat(header(link, "Location")).isEqualTo(CLICK.target());
        assertThat(relay.events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.path("signs"))
                        .extracting(JsonNode::asText)
                        .contains("HEAD", "NO_LANGUAGE"));
    }

    @ParameterizedTest
    @CsvSource({"Sec-Purpose,prefetch;prerender", "Purpose,prefetch", "X-Purpose,preview", "X-Moz,prefetch"})
    void whatIsFetchedInAdvanceSaysSo(String header, String value) throws Exception {
        relay.ask("GET", relay.path(CLICK), header, value, "User-Agent", "Mail/1", "Accept-Language", "de");

        assertThat(onlyEvent().path("signs")).extracting(JsonNode::asText).containsExactly("PREFETCH");
    }

    @Test
    void whoeverNamesNeitherAgentNorLanguageIsSeenAsSuch() throws Exception {
        relay.raw("GET " + relay.path(OPEN) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(onlyEvent().path("signs")).extracting(JsonNode::asText).containsExactly("NO_LANGUAGE", "NO_AGENT");
    }

    @Test
    void anAgentIsCutAndCannotBreakTheLine() throws Exception {
        relay.raw(
                "GET " + relay.path(OPEN) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nUser-Agent: a\t\u0085\uffff한"
                        + "x".repeat(2_000) + "\r\n\r\n");

        String line = relay.lines().get(0);
        assertThat(line).matches("[ -~]+");
        assertThat(onlyEvent().path("userAgent").asText())
                .hasSize(HitReading.LONGEST_AGENT)
                .startsWith("a")
                .endsWith("x");
    }

    @Test
    void noHitIsNamedTwice() throws Exception {
        for (int i = 0; i < 50; i++) {
            relay.ask("GET", relay.path(OPEN));
        }

        Set<String> ids = new HashSet<>();
        relay.events().forEach(event -> ids.add(event.path("id").asText()));
        assertThat(ids).hasSize(50).allMatch(id -> id.length() >= 22);
    }

    @Test
    void aReaderIsNamedOnlyWhereThatIsSwitchedOn() throws Exception {
        relay.ask("GET", relay.path(OPEN));
        assertThat(onlyEvent().has("reader")).isFalse();

        try (RelayUnderTest keeping = RelayUnderTest.start(
                folder.resolve("keeping"), HitSpool.Limits.USUAL, true, RelayUnderTest.NO_LIMITS)) {
            keeping.ask("GET", keeping.path(OPEN));
            assertThat(keeping.events().get(0).path("reader").asText()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?utm_source=x&y=%00", "?", "?https://evil.example", ".", ")", ",", "/", "%3E", "%22."})
    void whatMailProgramsAppendDoesNoHarm(String appended) throws Exception {
        String answer =
                relay.raw("GET " + relay.path(CLICK) + appended + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 302 ").contains("\r\nLocation: " + CLICK.target() + "\r\n");
    }

    @Test
    void lookingAtThePageNeverUnsubscribes() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(relay.ask("GET", relay.path(UNSUBSCRIBE)).statusCode()).isEqualTo(200);
            assertThat(relay.ask("HEAD", relay.path(UNSUBSCRIBE)).statusCode()).isEqualTo(200);
        }

        assertThat(relay.events()).isEmpty();
    }

    @Test
    void thePageIsStrictAndSaysNothingOfItsAddress() throws Exception {
        HttpResponse<byte[]> page = relay.ask("GET", relay.path(UNSUBSCRIBE));

        String html = new String(page.body(), UTF_8);
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain(relay.path(UNSUBSCRIBE).substring(10));
        assertThat(html).containsOnlyOnce("<h1").containsOnlyOnce("<button").contains("<html lang=\"en\">");
        assertThat(html).contains("<form method=\"post\" action=\"\">");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; "
                        + "frame-ancestors 'none'; base-uri 'none'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cache-Control")).contains("no-store");
        assertThat(header(page, "X-Robots-Tag")).contains("noindex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ko-KR,ko;q=0.9,en-US;q=0.8 | ko",
                "en-US,en;q=0.9,ko;q=0.8 | en",
                "en;q=0.3, ko;q=0.7 | ko",
                "de, ko;q=0.5 | ko",
                "de-CH | en",
                "* | en",
                "ko;q=0, * | en",
                "ko;q=high | en",
                "한국어 | en",
                ";;,,;q= | en"
            })
    void thePageSpeaksTheLanguageThatItsReaderPrefers(String accepted, String language) throws Exception {
        String answer = relay.raw("GET " + relay.path(UNSUBSCRIBE) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                + "Accept-Language: " + accepted + "\r\n\r\n");

        assertThat(answer).contains("<html lang=\"" + language + "\">").contains("Content-Language: " + language);
    }

    @Test
    void theButtonUnsubscribesAndMayBePressedAgain() throws Exception {
        HttpResponse<byte[]> first = relay.ask("POST", relay.path(UNSUBSCRIBE), "Accept-Language", "ko");
        HttpResponse<byte[]> second = relay.ask("POST", relay.path(UNSUBSCRIBE), "Accept-Language", "ko");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(new String(first.body(), UTF_8)).contains("수신 거부가 완료되었습니다").doesNotContain("<button");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(relay.events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.path("mailroomEvent").asText()).isEqualTo("Unsubscribe");
            assertThat(event.path("tag").asText()).isEqualTo(TAG);
            assertThat(event.has("link")).isFalse();
        });
    }

    /** RFC 8058, section 3.1. */
    @Test
    void oneClickWorksInBothEncodings() throws Exception {
        byte[] multipart = """
                --b
                Content-Disposition: form-data; name="List-Unsubscribe"

                One-Click
                --b--
                """.getBytes(UTF_8);

        assertThat(relay.ask("POST", relay.path(UNSUBSCRIBE), ONE_CLICK, "Content-Type", FORM)
                        .statusCode())
                .isEqualTo(200);
        assertThat(relay.ask(
                                "POST",
                                relay.path(UNSUBSCRIBE),
                                multipart,
                                "Content-Type",
                                "multipart/form-data; boundary=b")
                        .statusCode())
                .isEqualTo(200);
        assertThat(relay.events()).hasSize(2);
    }

    @Test
    void aBodyMaySayAnythingButNotMuch() throws Exception {
        byte[] most = new byte[LARGEST_BODY];
        byte[] tooMuch = new byte[LARGEST_BODY + 1];
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

        assertThat(relay.ask("POST", relay.path(UNSUBSCRIBE), most).statusCode())
                .isEqualTo(200);
        assertThat(relay.ask("POST", relay.path(UNSUBSCRIBE), tooMuch).statusCode())
                .isEqualTo(413);
        assertThat(relay.raw("POST " + relay.path(UNSUBSCRIBE) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(relay.figure("refused_total{reason=\"too_large\"}")).isEqualTo(2);
        assertThat(relay.events()).hasSize(1);
    }

    @Test
    void aWishThatCannotBeKeptIsNotCalledDone() throws Exception {
        HitSpool.Limits none = new HitSpool.Limits(1, 10, Duration.ofMillis(20));
        try (RelayUnderTest full =
                RelayUnderTest.start(folder.resolve("full"), none, false, RelayUnderTest.NO_LIMITS)) {
            HttpResponse<byte[]> answer = full.ask("POST", full.path(UNSUBSCRIBE));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "Retry-After")).isNotEmpty();
            assertThat(new String(answer.body(), UTF_8))
                    .contains("still subscribed")
                    .containsOnlyOnce("<button");
            assertThat(full.ask("GET", full.path(OPEN)).body()).hasSize(43);
            assertThat(full.ask("GET", full.path(CLICK)).statusCode()).isEqualTo(302);
            assertThat(full.ask("GET", "/healthz").statusCode()).isEqualTo(503);
            assertThat(full.events()).isEmpty();
        }
    }

    @Test
    void everythingElseIsAnsweredAlike() throws Exception {
        Map<String, List<String>> nothing = told(relay.ask("GET", "/nothing"));
        byte[] body = relay.ask("GET", "/nothing").body();
        String open = relay.tokens().token(OPEN);
        String unsubscribe = relay.tokens().token(UNSUBSCRIBE);

        for (String path : List.of(
                "/",
                "/o",
                "/o/",
                "/c/",
                "/u/",
                "/o/x",
                "/c/x.y.z",
                "/u/" + open,
                "/o/" + unsubscribe,
                "/c/" + open,
                "/O/" + open,
                "/favicon.ico",
                "/robots.txt",
                "/healthz/x",
                "/metricsx",
                "/.well-known/security.txt",
                "/c/?url=https://evil.example")) {
            HttpResponse<byte[]> answer = relay.ask("GET", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEqualTo(body);
            assertThat(told(answer)).as(path).isEqualTo(nothing);
        }
        for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "ODD")) {
            for (HitLink link : List.of(OPEN, CLICK, UNSUBSCRIBE)) {
                assertThat(relay.ask(method, relay.path(link)).statusCode())
                        .as(method)
                        .isEqualTo(404);
            }
        }
        assertThat(relay.ask("POST", relay.path(OPEN)).statusCode()).isEqualTo(404);
        assertThat(relay.ask("POST", relay.path(CLICK)).statusCode()).isEqualTo(404);
        assertThat(relay.ask("POST", "/healthz").statusCode()).isEqualTo(404);
        assertThat(relay.events()).isEmpty();
    }

    @Test
    void nobodyElsesSignatureLeadsAnywhere() throws Exception {
        HitTokens stranger = new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom()))));
        String evil = stranger.token(HitLink.click(TAG, 1, "https://evil.example/"));
        String ours = relay.tokens().token(CLICK);
        String ourKey = ours.substring(0, ours.indexOf('.'));

        for (String token : List.of(
                evil,
                ourKey + evil.substring(evil.indexOf('.')),
                evil.substring(0, evil.lastIndexOf('.')) + ours.substring(ours.lastIndexOf('.')),
                ours.substring(0, ours.lastIndexOf('.') + 1))) {
            HttpResponse<byte[]> answer = relay.ask("GET", "/c/" + token);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
        assertThat(relay.events()).isEmpty();
    }

    @Test
    void nothingGetsIntoTheHeadersOfAnAnswer() throws Exception {
        String path = relay.path(CLICK);
        for (String odd : List.of(
                path + "%0d%0aSet-Cookie:%20a=b", path + "?%0d%0aSet-Cookie:%20a=b", "/c/%0d%0aSet-Cookie:%20a=b")) {
            String answer = relay.raw("GET " + odd + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(answer).doesNotContain("Set-Cookie").doesNotContain("a=b");
        }
    }

    @Test
    void tenThousandForgedLinksLeaveNothingBehind() throws Exception {
        String[] parts = relay.tokens().token(CLICK).split("\\.");
        // As many once before, so that what is compiled and pooled is there.
        forge(parts, 2_000);
        long before = usedAfterCollection();

        forge(parts, 10_000);

        assertThat(usedAfterCollection()).isLessThan(before + before / 2 + (8L << 20));
        assertThat(relay.figure("refused_total{reason=\"unsigned\"}")).isEqualTo(12_000);
        assertThat(relay.events()).isEmpty();
    }

    @Test
    void whoeverAsksTooOftenIsTurnedAway() throws Exception {
        RelaySettings.Limits few =
                new RelaySettings.Limits(100, 100, 1, 5, Duration.ofSeconds(30), Duration.ofSeconds(20));
        try (RelayUnderTest strict =
                RelayUnderTest.start(folder.resolve("strict"), HitSpool.Limits.USUAL, false, few)) {
            List<HttpResponse<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(strict.ask("GET", strict.path(OPEN)));
            }

            List<HttpResponse<byte[]>> refused = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .toList();
            assertThat(answers.subList(0, 4))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(200);
            assertThat(refused)
                    .isNotEmpty()
                    .allSatisfy(
                            answer -> assertThat(header(answer, "Retry-After")).isNotEmpty());
            assertThat(strict.events()).hasSize(200 - refused.size());
        }
    }

    @Test
    void healthIsOneWord() throws Exception {
        HttpResponse<byte[]> answer = relay.ask("GET", "/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("ok\n");
    }

    @Test
    void figuresAreForThisComputerAlone() throws Exception {
        relay.ask("GET", relay.path(OPEN));
        relay.ask("GET", "/o/forged");

        String figures = new String(relay.ask("GET", "/metrics").body(), UTF_8);

        assertThat(figures)
                .contains("# TYPE mailroom_relay_hits_total counter\n")
                .contains("mailroom_relay_hits_total{kind=\"open\"} 1\n")
                .contains("mailroom_relay_refused_total{reason=\"unsigned\"} 1\n")
                .contains("mailroom_relay_answers_total{status=\"404\"} 1\n")
                .contains("mailroom_relay_memory_used_bytes ");
        for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto")) {
            assertThat(relay.ask("GET", "/metrics", header, "127.0.0.1").statusCode())
                    .as(header)
                    .isEqualTo(404);
        }
    }

    @Test
    void figuresAreForOthersOnlyIfTheyAreNamed() throws Exception {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeThat(found).as("a way round the loopback").isPresent();
        InetAddress outside = found.orElseThrow();
        String network = outside.getHostAddress().replaceFirst("[0-9]+$", "0/24");

        assertThat(figuresAskedFrom(outside, List.of())).isEqualTo(404);
        assertThat(figuresAskedFrom(outside, List.of("198.51.100.0/24"))).isEqualTo(404);
        assertThat(figuresAskedFrom(outside, List.of("198.51.100.7", network))).isEqualTo(200);
        assertThat(figuresAskedFrom(outside, List.of(network), "X-Forwarded-For", "192.0.2.1"))
                .as("asked for a reader by a proxy that stands there")
                .isEqualTo(404);
    }

    private int figuresAskedFrom(InetAddress address, List<String> metricsFrom, String... headers) throws Exception {
        RelaySettings usual = RelaySettings.onLoopback(
                0, new SigningKeys(List.of(SigningKey.random(new SecureRandom()))), folder.resolve("outside"));
        RelaySettings settings = new RelaySettings(
                new RelaySettings.Listening("0.0.0.0", 0, Optional.empty(), Optional.of("X-Reader")),
                usual.keys(),
                usual.spool(),
                usual.spoolLimits(),
                false,
                usual.limits(),
                metricsFrom);
        try (Relay open = Relay.start(settings, new QueueInMemory(), Clock.systemUTC())) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create("http://" + address.getHostAddress() + ":" + open.port() + "/metrics"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private void forge(String[] parts, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            String forged = "/c/" + parts[0] + "." + parts[1] + "." + Integer.toHexString(i) + parts[2].substring(8);
            assertThat(relay.ask("GET", forged).statusCode()).isEqualTo(404);
        }
    }

    /** The least of some looks, since a collection may leave something for the next. */
    private static long usedAfterCollection() {
        return IntStream.range(0, 3)
                .mapToLong(look -> {
                    System.gc();
                    return Runtime.getRuntime().totalMemory()
                            - Runtime.getRuntime().freeMemory();
                })
                .min()
                .orElseThrow();
    }

    private JsonNode onlyEvent() {
        List<JsonNode> events = relay.events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static Set<String> fields(JsonNode event) {
        Set<String> names = new TreeSet<>();
        event.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, List<String>> told(HttpResponse<byte[]> answer) {
        Map<String, List<String>> told = new TreeMap<>(answer.headers().map());
        told.remove("date");
        return told;
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
