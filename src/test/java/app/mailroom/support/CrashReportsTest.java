package app.mailroom.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);
    private static final String HOME = "/home/mina.kim";
    private static final Redaction REDACTION = new Redaction(List.of(HOME, "mina.kim", "Mina Kim"));

    @TempDir
    Path folder;

    private CrashReports reports() {
        return new CrashReports(List.of(folder), REDACTION, NOON);
    }

    @Test
    void aReportSaysWhatFailedAndWhere() throws IOException {
        Throwable failure = new IllegalStateException("list of mina", new ArithmeticException("/ by zero"));
        CrashReport report = reports().keep("window-work-1", failure).orElseThrow();
        assertThat(report.code()).matches("MR-[0-9A-F]{4}-[0-9A-F]{4}");
        assertThat(report.text())
                .isEqualTo(Files.readString(report.file()))
                .contains(
                        "Code:     " + report.code(),
                        "Time:     2026-03-04T12:00:00Z",
                        "Mailroom: ",
                        "Java: ",
                        "JavaFX: ",
                        "System: ",
                        "Thread:   window-work-1",
                        "java.lang.IllegalStateException: [message left out, 12 characters]",
                        "Caused by: java.lang.ArithmeticException: [path] by zero",
                        "app.mailroom.support.CrashReportsTest.aReportSaysWhatFailedAndWhere")
                .doesNotContain("list of mina");
    }

    @Test
    void theSameFailureHasTheSameCodeWhateverItsMessage() {
        assertThat(CrashCode.of(failing("one"))).isEqualTo(CrashCode.of(failing("another")));
        assertThat(CrashCode.of(failing("one"))).isNotEqualTo(CrashCode.of(new IllegalStateException("one")));
    }

    private static RuntimeException failing(String message) {
        return new IllegalArgumentException(message);
    }

    @Test
    void whatFailsAgainIsWrittenAndToldOnce() throws IOException {
        CrashReports reports = reports();
        List<CrashReport> told = new ArrayList<>();
        reports.subscribe(told::add);
        for (int i = 0; i < 100; i++) {
            reports.uncaught(Thread.currentThread(), failing("frame " + i));
        }
        assertThat(told).hasSize(1);
        assertThat(files()).hasSize(1);
        assertThat(reports.kept()).containsExactlyElementsOf(told);
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        for (int i = 10; i < 45; i++) {
            Files.writeString(folder.resolve("crash-20260101-0000" + i + "-MR-0000-00" + i + ".txt"), "old");
        }
        Files.writeString(folder.resolve("mailroom.log"), "not ours");
        CrashReport report = reports().keep("main", failing("now")).orElseThrow();
        assertThat(files()).hasSize(21).contains(report.file(), folder.resolve("mailroom.log"));
        assertThat(reports().kept()).hasSize(20).first().isEqualTo(report);
    }

    @Test
    void whereTheWorkspaceCannotBeWrittenAnotherFolderIsTaken() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        CrashReport report = new CrashReports(List.of(blocked.resolve("in"), folder.resolve("other")), REDACTION, NOON)
                .keep("main", failing("x"))
                .orElseThrow();
        assertThat(report.file().getParent()).isEqualTo(folder.resolve("other"));
    }

    @Test
    void causesThatGoInCirclesEnd() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);
        assertThat(reports().keep("main", one).orElseThrow().text()).contains("(see above)");
    }

    @Test
    void aFailureWhoseOwnMethodsFailHarmsNobody() {
        RuntimeException bad = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("bad");
            }
        };
        reports().uncaught(Thread.currentThread(), bad);
        assertThat(bad.getSuppressed()).hasSize(1);
    }

    @Property(tries = 300)
    void noReportHoldsWhatIsPersonal(@ForAll("secrets") String secret, @ForAll("words") String before) {
        String message = before + " " + secret + " " + before;
        for (Throwable failure : List.of(
                new NullPointerException(message),
                new ClassCastException(message),
                new IndexOutOfBoundsException(message),
                new NoClassDefFoundError(message),
                new IllegalStateException(message),
                new IOException(message),
                new Error(message, new ArithmeticException(message)))) {
            failure.addSuppressed(new NegativeArraySizeException(message));
            String text = CrashText.of(
                    "MR-0000-0000", NOON.instant(), "thread of " + secret, failure, ProgramFacts.here(), REDACTION);
            assertThat(text).doesNotContain(secret);
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> name =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(12);
        Arbitrary<String> email = Combinators.combine(name, name).as((who, where) -> who + "@" + where + ".example");
        Arbitrary<String> home = name.map(file -> HOME + "/" + file + ".csv");
        Arbitrary<String> path = Combinators.combine(name, name).as((a, b) -> "/srv/" + a + "/" + b);
        Arbitrary<String> windows = Combinators.combine(name, name).as((a, b) -> "C:\\Users\\" + a + "\\" + b);
        Arbitrary<String> address = name.map(host -> "https://" + host + ".example/u?t=" + host);
        Arbitrary<String> token = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .ofMinLength(24)
                .ofMaxLength(60)
                .map(words -> words + "7");
        Arbitrary<String> key = name.map(more -> "AKIA1234567890" + more.toUpperCase(Locale.ROOT));
        Arbitrary<String> phone = Arbitraries.integers().between(1_000, 9_999).map(end -> "010-1234-" + end);
        return Arbitraries.oneOf(
                email,
                home,
                path,
                windows,
                address,
                token,
                key,
                phone,
                Arbitraries.of("mina.kim", "Mina Kim", "MINA.KIM"));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("Cannot invoke", "no row for", "입력:", "value", "<", "(", "'", "for input \"");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
