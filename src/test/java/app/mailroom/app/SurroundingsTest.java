package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.UsualSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    private static final String SECRET = "hUsHhUsH/k7MDENG+bPxRfiCYEXAMPLEKEY0123";

    @TempDir
    Path folder;

    private Path workspace;
    private Path working;

    @BeforeEach
    void makeFolders() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        working = Files.createDirectory(folder.resolve("working"));
    }

    @Test
    void withoutAnythingThereIsNothingAndNoWarning() {
        Surroundings read = read(Map.of());

        assertThat(read).isEqualTo(Surroundings.EMPTY);
    }

    @Test
    void theEnvironmentStandsBeforeTheWorkspaceAndThatBeforeTheWorkingDirectory() throws IOException {
        write(workspace, "AWS_REGION=eu-central-1\nEMAIL_RATE=14\n");
        write(working, "AWS_REGION=us-east-1\nEMAIL_RATE=5\nEMAIL_SENDER=Shop <news@example.com>\n");

        Surroundings read = read(Map.of("AWS_REGION", "ap-northeast-2", "PATH", "/bin"));

        assertThat(read.amazon()).containsOnly(Map.entry("AWS_REGION", "ap-northeast-2"));
        assertThat(read.usualRateCap()).isEqualTo(14);
        assertThat(read.usualSender()).isEqualTo(new UsualSender("news@example.com", "Shop", ""));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aPairOfKeysIsNeverPutTogetherFromTwoPlaces() throws IOException {
        write(workspace, "AWS_ACCESS_KEY_ID=AKIAFILE\nAWS_SECRET_ACCESS_KEY=" + SECRET + "\nAWS_SESSION_TOKEN=old\n");

        assertThat(read(Map.of("AWS_ACCESS_KEY_ID", "AKIAENV", "AWS_SECRET_ACCESS_KEY", "x"))
                        .amazon())
                .containsOnly(Map.entry("AWS_ACCESS_KEY_ID", "AKIAENV"), Map.entry("AWS_SECRET_ACCESS_KEY", "x"));
        assertThat(read(Map.of("AWS_PROFILE", "shop")).amazon()).containsOnly(Map.entry("AWS_PROFILE", "shop"));
        assertThat(read(Map.of("AWS_ACCESS_KEY_ID", " ")).amazon()).containsEntry("AWS_ACCESS_KEY_ID", "AKIAFILE");
    }

    @Test
    void anOtherNameOfTheRegionInTheEnvironmentStandsBeforeTheFileToo() throws IOException {
        write(workspace, "AWS_REGION=eu-central-1\n");

        assertThat(read(Map.of("AWS_DEFAULT_REGION", "us-west-2")).amazon())
                .containsOnly(Map.entry("AWS_DEFAULT_REGION", "us-west-2"));
    }

    @Test
    void halfAPairIsLeftOutWithItsLine() throws IOException {
        write(workspace, "# keys\n\nAWS_SECRET_ACCESS_KEY=" + SECRET + "\n");

        Surroundings read = read(Map.of());

        assertThat(read.amazon()).isEmpty();
        assertThat(read.warnings()).singleElement().asString().contains("line 3", "AWS_ACCESS_KEY_ID");
    }

    @Test
    void theClientOfGoogleComesFromOnePlaceAndItsIssuerFromAny() throws IOException {
        write(workspace, "GOOGLE_CLIENT_ID=4711.apps.example.com\nGOOGLE_CLIENT_SECRET=" + SECRET + "\n");
        write(
                working,
                "GOOGLE_CLIENT_ID=other\nGOOGLE_CLIENT_SECRET=other\nGOOGLE_ISSUER=http://localhost:8080/google\n");

        Surroundings read = read(Map.of());

        assertThat(read.google())
                .containsOnly(
                        Map.entry("GOOGLE_CLIENT_ID", "4711.apps.example.com"),
                        Map.entry("GOOGLE_CLIENT_SECRET", SECRET),
                        Map.entry("GOOGLE_ISSUER", "http://localhost:8080/google"));
        assertThat(read.amazon()).isEmpty();
        assertThat(read.warnings()).singleElement().asString().contains("GOOGLE_ISSUER", "line 3", "who signs in");
        assertThat(read(Map.of("GOOGLE_CLIENT_ID", "env", "GOOGLE_CLIENT_SECRET", "env"))
                        .google())
                .containsEntry("GOOGLE_CLIENT_ID", "env")
                .containsEntry("GOOGLE_CLIENT_SECRET", "env");
    }

    @Test
    void halfAClientOfGoogleIsLeftOutWithItsLine() throws IOException {
        write(workspace, "\nGOOGLE_CLIENT_SECRET=" + SECRET + "\n");
        write(working, "GOOGLE_CLIENT_ID=4711\n");

        Surroundings secretAlone = read(Map.of());
        assertThat(secretAlone.google()).isEmpty();
        assertThat(secretAlone.warnings())
                .singleElement()
                .asString()
                .contains("GOOGLE_CLIENT_SECRET in ", "line 2", "without GOOGLE_CLIENT_ID")
                .doesNotContain(SECRET);

        Surroundings idAlone = read(Map.of("GOOGLE_CLIENT_ID", "4711"));
        assertThat(idAlone.google()).isEmpty();
        assertThat(idAlone.warnings()).singleElement().asString().contains("without GOOGLE_CLIENT_SECRET");
    }

    @Test
    void quotesCommentsAndBlanksAreUnderstood() throws IOException {
        write(
                workspace,
                "# a comment\n  # another\n\nEMAIL_SENDER = \"Shop #1 <News@Example.com>\" # ours\n"
                        + "EMAIL_REPLY_TO='help@example.com'\nAWS_PROFILE=mail # the profile\n");

        Surroundings read = read(Map.of());

        assertThat(read.usualSender()).isEqualTo(new UsualSender("News@example.com", "Shop #1", "help@example.com"));
        assertThat(read.amazon()).containsOnly(Map.entry("AWS_PROFILE", "mail"));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aSenderMayBeAnAddressAlone() {
        assertThat(read(Map.of("EMAIL_SENDER", "news@example.com")).usualSender())
                .isEqualTo(new UsualSender("news@example.com", "", ""));
        assertThat(read(Map.of("EMAIL_SENDER", "\"News, of Busan\" <news@example.com>"))
                        .usualSender())
                .isEqualTo(new UsualSender("news@example.com", "News, of Busan", ""));
    }

    @Test
    void faultyLinesAreNamedByNumberAndTheRestIsUsed() throws IOException {
        write(
                workspace,
                "export AWS_SECRET_ACCESS_KEY=" + SECRET + "\n" + SECRET + "\nAWS_REGION=eu-central-1\n"
                        + "EMAIL_RATE=fast\nEMAIL_SENDER=nobody\nEMAIL_REPLY_TO=a@b@c\nAWS_ENDPOINT_URL=" + SECRET
                        + "\n");

        Surroundings read = read(Map.of());

        assertThat(read.amazon()).containsOnly(Map.entry("AWS_REGION", "eu-central-1"));
        assertThat(read.usualSender()).isEqualTo(UsualSender.NOBODY);
        assertThat(read.usualRateCap()).isInfinite();
        assertThat(read.warnings())
                .hasSize(6)
                .anySatisfy(warning -> assertThat(warning).contains(".env, line 1 begins with “export”"))
                .anySatisfy(warning -> assertThat(warning).contains(".env, line 2 is not of the form NAME=value"))
                .anySatisfy(warning -> assertThat(warning).contains("EMAIL_RATE in ", ".env, line 4 is not a number"))
                .anySatisfy(
                        warning -> assertThat(warning).contains("EMAIL_SENDER in ", ".env, line 5 is not an address"))
                .anySatisfy(warning -> assertThat(warning).contains("EMAIL_REPLY_TO in ", "line 6"))
                .anySatisfy(warning -> assertThat(warning).contains("AWS_ENDPOINT_URL in ", "line 7"))
                .noneSatisfy(warning -> assertThat(warning).contains(SECRET));
    }

    @Test
    void anEndlessQuotationIsSaidToBeOne() throws IOException {
        write(workspace, "AWS_PROFILE=mail\nAWS_SECRET_ACCESS_KEY=\"" + SECRET + "\nAWS_REGION=eu-central-1\n");

        Surroundings read = read(Map.of());

        assertThat(read.amazon()).containsOnly(Map.entry("AWS_PROFILE", "mail"));
        assertThat(read.warnings()).singleElement().asString().contains("line 2 opens a quotation mark");
    }

    @Test
    void aFileThatIsNoTextOrNoFileDoesNoHarm() throws IOException {
        Files.write(workspace.resolve(".env"), new byte[] {'A', '=', (byte) 0xFF, '\n'});
        Files.createDirectory(working.resolve(".env"));

        Surroundings read = read(Map.of());

        assertThat(read.warnings()).singleElement().asString().contains("is not UTF-8 text");
        assertThat(read.amazon()).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNamed() throws IOException {
        write(workspace, "\uFEFFAWS_REGION=eu-central-1\n");

        assertThat(read(Map.of()).warnings()).singleElement().asString().contains("line 1 begins with a byte order");
    }

    @Test
    void oneFileThatIsBothIsReadOnce() throws IOException {
        write(workspace, "nonsense\n");

        assertThat(Surroundings.of(workspace, workspace, Map.of()).warnings()).hasSize(1);
    }

    @Test
    void neitherWarningsNorTheTextFormHoldASecret() {
        Surroundings read = read(Map.of("AWS_ACCESS_KEY_ID", "AKIA1", "AWS_SECRET_ACCESS_KEY", SECRET));

        assertThat(read.toString()).doesNotContain(SECRET).contains("AWS_SECRET_ACCESS_KEY");
        assertThat(read(Map.of("GOOGLE_CLIENT_ID", "4711", "GOOGLE_CLIENT_SECRET", SECRET))
                        .toString())
                .doesNotContain(SECRET)
                .contains("GOOGLE_CLIENT_SECRET");
    }

    private Surroundings read(Map<String, String> environment) {
        return Surroundings.of(workspace, working, environment);
    }

    private static void write(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text, StandardCharsets.UTF_8);
    }
}
