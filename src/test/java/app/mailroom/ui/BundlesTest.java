package app.mailroom.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.account.NotAdmittedException;
import app.mailroom.account.SignInException;
import app.mailroom.account.UnfitGuestException;
import app.mailroom.authoring.Gallery;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.AwsSetup;
import app.mailroom.aws.ChainProof;
import app.mailroom.model.AccountProblem;
import app.mailroom.model.AuditAction;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.HitSign;
import app.mailroom.model.MessageState;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.PlanState;
import app.mailroom.model.ProofState;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.SendingIdentity;
import app.mailroom.model.World;
import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.PlanFinding;
import app.mailroom.recipients.AddressFault;
import app.mailroom.recipients.ImportTarget;
import app.mailroom.recipients.ListImport;
import app.mailroom.recipients.RecipientFileFault;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.TemplateProblem;
import app.mailroom.tracking.ProofNote;
import app.mailroom.tracking.RelayAddressException;
import app.mailroom.tracking.RelayProof;
import app.mailroom.tracking.TrackingException;
import app.mailroom.ui.account.SignInScreen;
import app.mailroom.ui.common.PageId;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private static final Path SOURCES = Path.of("src/main/java/app/mailroom/ui");
    private static final Path BUNDLES = Path.of("src/main/resources/app/mailroom/ui");
    private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z][a-zA-Z_.]*)\"");
    private static final Pattern PREFIX = Pattern.compile("code\\(\\s*\"([a-z.]+)\"");
    private static final Pattern GET = Pattern.compile("[tT]exts(?:\\(\\))?\\s*\\.get\\(\\s*\"([^\"]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)[,}]");

    /** Prefixes that are handed on as parameters, so that no call shows them. */
    private static final Set<String> PASSED_ON = Set.of("theme", "language", "failure", "amazon.relay.note");

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        assertThat(keys("messages_ko")).containsExactlyInAnyOrderElementsOf(keys("messages"));
    }

    @Test
    void noTextIsEmpty() throws IOException {
        for (String bundle : List.of("messages", "messages_ko")) {
            load(bundle)
                    .forEach((key, text) ->
                            assertThat((String) text).as("%s %s", bundle, key).isNotBlank());
        }
    }

    @Test
    void bothLanguagesFillTheSamePlaces() throws IOException {
        Properties english = load("messages");
        Properties korean = load("messages_ko");
        for (String key : keys("messages")) {
            assertThat(places(korean.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void textsWithPlacesCanBeFormatted() throws IOException {
        for (String bundle : List.of("messages", "messages_ko")) {
            Properties texts = load(bundle);
            for (String key : keys(bundle)) {
                String text = texts.getProperty(key);
                if (!places(text).isEmpty()) {
                    String filled = new MessageFormat(text).format(new Object[] {1, 2, 3, 4, 5});
                    assertThat(filled).as(key).doesNotContainPattern("\\{\\d}");
                }
            }
        }
    }

    @Test
    void everyKeyInTheCodeIsDefined() throws IOException {
        Set<String> defined = keys("messages");
        assertThat(matches(GET))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(defined).contains(key));
    }

    @Test
    void everyDefinedKeyIsUsed() throws IOException {
        Set<String> literals = matches(LITERAL);
        Set<String> prefixes = matches(PREFIX);
        prefixes.addAll(PASSED_ON);
        Set<String> unused = keys("messages").stream()
                .filter(key -> !literals.contains(key))
                .filter(key -> prefixes.stream().noneMatch(prefix -> key.startsWith(prefix + ".")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unused).isEmpty();
    }

    @Test
    void everyCodeHasWords() throws IOException {
        Map<String, List<String>> codes = Map.ofEntries(
                Map.entry("page", names(PageId.values())),
                Map.entry("message", names(MessageState.values())),
                Map.entry("message.hint", names(MessageState.values())),
                Map.entry("plan", names(PlanState.values())),
                Map.entry("event", names(OutcomeKind.values())),
                Map.entry("problem", names(AccountProblem.values())),
                Map.entry("finding", names(PlanFinding.Code.values())),
                Map.entry("finding.detail", names(PlanFinding.Code.values())),
                Map.entry("finding.world", names(World.values())),
                Map.entry("link.standing", names(LinkCheck.Standing.values())),
                Map.entry("link.reason", names(LinkCheck.Reason.values())),
                Map.entry("amazon.trouble", names(AmazonException.Code.values())),
                Map.entry("amazon.part", names(AwsSetup.Part.values())),
                Map.entry("amazon.part.state", names(AwsSetup.State.values())),
                Map.entry("amazon.link", names(ChainProof.Link.values())),
                Map.entry("amazon.link.state", names(ProofState.values())),
                Map.entry("amazon.relay.link", names(RelayProof.Link.values())),
                Map.entry("amazon.relay.fault", names(RelayAddressException.Fault.values())),
                Map.entry(
                        "amazon.relay.note",
                        names(Arrays.stream(ProofNote.Code.values())
                                .filter(code -> code != ProofNote.Code.NONE)
                                .toArray(ProofNote.Code[]::new))),
                Map.entry("rescue.damage", names(FileDamage.Kind.values())),
                Map.entry("rescue.kind", names(BackupCopy.Kind.values())),
                Map.entry("sign", names(HitSign.values())),
                Map.entry("amazon.standing", names(SendingIdentity.Standing.values())),
                Map.entry("suppressions.world", names(World.values())),
                Map.entry("gallery", names(Gallery.Kind.values())),
                Map.entry("gallery.hint", names(Gallery.Kind.values())),
                Map.entry("part", names(TemplateProblem.Part.values())),
                Map.entry("template", names(TemplateProblem.Code.values())),
                Map.entry("check", names(TemplateFinding.Code.values())),
                Map.entry("check.hint", names(TemplateFinding.Code.values())),
                Map.entry("address", names(AddressFault.values())),
                Map.entry("import.fault", names(RecipientFileFault.values())),
                Map.entry("import.mode", names(ImportTarget.Mode.values())),
                Map.entry("import.mode.hint", names(ImportTarget.Mode.values())),
                Map.entry("signin.trouble", names(SignInException.Code.values())),
                Map.entry("signin.advice", names(SignInException.Code.values())),
                Map.entry("signin.refused", names(NotAdmittedException.Code.values())),
                Map.entry("signin.refused.advice", names(NotAdmittedException.Code.values())),
                Map.entry("signin.reason", names(SignInScreen.Reason.values())),
                Map.entry("right", names(Right.values())),
                Map.entry("role", names(Role.values())),
                Map.entry("people.role.hint", names(Role.values())),
                Map.entry("people.unfit", names(UnfitGuestException.Code.values())),
                Map.entry("audit.action", names(AuditAction.values())),
                Map.entry("reason.RENDERING", names(RenderException.Code.values())));
        Set<String> defined = keys("messages");
        codes.forEach(
                (prefix, names) -> names.forEach(name -> assertThat(defined).contains(prefix + "." + name)));
        names(TrackingException.Code.values())
                .forEach(code -> assertThat(defined).contains("amazon.trouble.RELAY_" + code));
        Stream.of(
                        ListImport.DUPLICATE,
                        ListImport.TOO_MANY_FIELDS,
                        ListImport.QUOTE_NOT_CLOSED,
                        ListImport.ALREADY_THERE,
                        ListImport.NOT_THERE)
                .forEach(code -> assertThat(defined).contains("address." + code));
        Stream.of(
                        "TIMEOUT",
                        "NO_ANSWER",
                        "CONNECTION_LOST",
                        "GATEWAY_FAILED",
                        "MESSAGE_REJECTED",
                        "BAD_REQUEST",
                        "RECIPIENT_NOT_VERIFIED",
                        "UNREADABLE_ANSWER",
                        "SERVER_ERROR")
                .forEach(code -> assertThat(defined).contains("reason." + code));
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    private static Set<String> places(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> keys(String bundle) throws IOException {
        return new TreeSet<>(load(bundle).stringPropertyNames());
    }

    private static Properties load(String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(bundle + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static Set<String> matches(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
