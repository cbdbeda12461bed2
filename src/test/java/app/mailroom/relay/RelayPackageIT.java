package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.LocalSqs;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The list of libraries in {@code installer/relay/package.xml}, against what a relay loads that has no others. */
class RelayPackageIT {
    private static final Pattern ENTRY = Pattern.compile("<(include|exclude)>([^:<>]+):([^:<>]+)</\\1>");
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:([0-9]+)");
    /** For keys by a role that is taken on, for proxies that ask who is there, and what the SDK's own parts need to be read. */
    private static final List<String> SELDOM =
            List.of("sts", "aws-query-protocol", "commons-codec", "annotations", "utils-lite");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
    private final LocalSqs sqs = LocalSqs.start();

    private record Library(boolean taken, Pattern jar) {}

    @AfterEach
    void stopQueue() {
        sqs.close();
    }

    @Test
    void theRelayWorksWithTheLibrariesOfItsPackageAloneAndNeedsEachOfThem() throws Exception {
        List<Path> libraries = libraries();
        TestCertificate certificate = TestCertificate.make(folder.resolve("made.p12"), "hits", "-keyalg", "EC");
        certificate.pem(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        Files.writeString(folder.resolve("relay.keys"), keys.secretText());
        String queue = sqs.createQueue("hits");
        Files.writeString(folder.resolve("relay.properties"), """
                listen = 127.0.0.1:0
                tls.certificates = chain.pem
                tls.key = key.pem
                keys_file = relay.keys
                spool.folder = spool
                region = eu-central-1
                queue_url = %s
                endpoint = %s
                """.formatted(queue, sqs.endpoint()));

        Process relay = start(libraries);
        try {
            HttpClient reader = HttpClient.newBuilder()
                    .sslContext(certificate.trusting())
                    .version(HttpClient.Version.HTTP_2)
                    .build();
            String base = "https://127.0.0.1:" + port(relay);
            HttpResponse<Void> picture = reader.send(
                    HttpRequest.newBuilder(address(base, HitLink.open("w-1"))).build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(picture.version()).isEqualTo(HttpClient.Version.HTTP_2);
            HttpResponse<Void> left = reader.send(
                    HttpRequest.newBuilder(address(base, HitLink.unsubscribe("w-1")))
                            .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(left.statusCode()).isEqualTo(200);

            relay.destroy();

            assertThat(relay.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(relay.exitValue()).as(output()).isZero();
        } finally {
            relay.destroyForcibly();
        }
        assertThat(sqs.count(queue)).isEqualTo(2);
        assertThat(output()).doesNotContain("NoClassDefFound", "ClassNotFound", " WARN ", " ERROR ");
        String loaded = Files.readString(folder.resolve("classes.txt"));
        assertThat(libraries)
                .filteredOn(jar -> SELDOM.stream()
                        .noneMatch(seldom -> jar.getParent().getParent().endsWith(seldom)))
                .allMatch(jar -> loaded.contains(jar.getFileName().toString()));
    }

    /** Those of this test's own class path that the package holds; each line of the list has to meet one. */
    private static List<Path> libraries() throws IOException {
        List<Library> list = new ArrayList<>();
        Matcher entry = ENTRY.matcher(Files.readString(Path.of("installer", "relay", "package.xml")));
        while (entry.find()) {
            String folders = entry.group(2).replace(".", "/").replace("*", ".*") + "/"
                    + entry.group(3).replace("*", "[^/]*");
            list.add(new Library(
                    entry.group(1).equals("include"), Pattern.compile(".*/" + folders + "/[^/]+/[^/]+\\.jar")));
        }
        List<Path> all = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        assertThat(list)
                .isNotEmpty()
                .allSatisfy(
                        library -> assertThat(all).as(library.jar().pattern()).anyMatch(jar -> isMet(library, jar)));
        return all.stream()
                .filter(jar -> list.stream().anyMatch(library -> library.taken() && isMet(library, jar))
                        && list.stream().noneMatch(library -> !library.taken() && isMet(library, jar)))
                .toList();
    }

    private static boolean isMet(Library library, Path jar) {
        return library.jar().matcher(jar.toString().replace('\\', '/')).matches();
    }

    private Process start(List<Path> libraries) throws Exception {
        Path program = Path.of(
                Relay.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String classPath = Stream.concat(Stream.of(program), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=classes.txt",
                        "-Daws.accessKeyId=test",
                        "-Daws.secretAccessKey=test",
                        "-cp",
                        classPath,
                        "app.mailroom.app.Main",
                        "relay",
                        "--config",
                        "relay.properties")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private int port(Process relay) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            assertThat(relay.isAlive()).as(output()).isTrue();
                            Matcher listening = LISTENING.matcher(output());
                            return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
                        },
                        port -> port > 0);
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private URI address(String base, HitLink link) {
        return URI.create(base + link.kind().path() + new HitTokens(keys).token(link));
    }
}
