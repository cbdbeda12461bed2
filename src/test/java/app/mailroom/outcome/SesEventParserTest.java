package app.mailroom.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.HitSign;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Probe;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesEventParserTest {
    private static final String TAG = "workspace1-42";
    private static final String BOUNCE = """
            {"feedbackId":"0100-b","bounceType":"Permanent","bounceSubType":"NoEmail","bouncedRecipients":[\
            {"emailAddress":"reader@example.com","action":"failed","status":"5.1.1",\
            "diagnosticCode":"smtp; 550 5.1.1 user unknown"}],"timestamp":"2026-03-01T09:00:02.345Z",\
            "reportingMTA":"dsn; a8-70.smtp-out.amazonses.com"}""";

    private static final String COMPLAINT = """
            {"feedbackId":"0100-c","complaintSubType":%s,"complainedRecipients":[\
            {"emailAddress":"reader@example.com"}],"timestamp":"2026-03-01T09:05:00.000Z",\
            "userAgent":"FeedbackLoop","complaintFeedbackType":"%s","arrivalDate":"2026-03-01T09:05:00.000Z"}""";
    private static final Pattern VALUE = Pattern.compile(":(\"[^\"]*\")");

    private final SesEventParser parser = new SesEventParser(new WorkspaceId("workspace1"));

    @Example
    void aSend() {
        Outcome outcome = understood(event("Send", "send", "{}"));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.SEND);
        assertThat(outcome.messageId()).hasValue(42);
        assertThat(outcome.providerId()).isEqualTo("0100018f-ses");
        assertThat(outcome.occurredAt()).isEqualTo(Instant.parse("2026-03-01T09:00:00.123Z"));
        assertThat(outcome.suppresses()).isFalse();
    }

    @Example
    void aReject() {
        Outcome outcome = understood(event("Reject", "reject", "{\"reason\":\"Bad content\"}"));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REJECT);
        assertThat(outcome.reason()).isEqualTo("Reject.Bad content");
    }

    @Example
    void aDelivery() {
        Outcome outcome = understood(event("Delivery", "delivery", """
                        {"timestamp":"2026-03-01T09:00:03.000Z","processingTimeMillis":2877,\
                        "recipients":["reader@example.com"],"smtpResponse":"250 2.6.0 Message received",\
                        "reportingMTA":"a8-70.smtp-out.amazonses.com"}"""));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERY);
        assertThat(outcome.occurredAt()).isEqualTo(Instant.parse("2026-03-01T09:00:03Z"));
        assertThat(outcome.detail()).isEqualTo("250 2.6.0 Message received");
    }

    @Example
    void aDeliveryDelay() {
        Outcome outcome = understood(event("DeliveryDelay", "deliveryDelay", """
                        {"timestamp":"2026-03-01T09:10:00.095Z","delayType":"MailboxFull",\
                        "expirationTime":"2026-03-01T21:00:00.914Z","delayedRecipients":[\
                        {"emailAddress":"reader@example.com","status":"4.2.2","diagnosticCode":"452 full"}]}"""));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERY_DELAY);
        assertThat(outcome.reason()).isEqualTo("Delay.MailboxFull");
        assertThat(outcome.detail()).isEqualTo("452 full");
    }

    @Example
    void aPermanentBounceSuppresses() {
        Outcome outcome = understood(event("Bounce", "bounce", BOUNCE));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.BOUNCE);
        assertThat(outcome.suppresses()).isTrue();
        assertThat(outcome.reason()).isEqualTo("Permanent.NoEmail");
        assertThat(outcome.detail()).isEqualTo("smtp; 550 5.1.1 user unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transient", "Undetermined"})
    void anyOtherBounceDoesNot(String type) {
        Outcome outcome = understood(event("Bounce", "bounce", BOUNCE.replace("Permanent", type)));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.BOUNCE);
        assertThat(outcome.suppresses()).isFalse();
    }

    @Example
    void aComplaintSuppresses() {
        Outcome outcome = understood(event("Complaint", "complaint", """
                        {"feedbackId":"0100-c","complaintSubType":null,"complainedRecipients":[\
                        {"emailAddress":"reader@example.com"}],"timestamp":"2026-03-01T09:05:00.000Z",\
                        "userAgent":"Amazon SES Mailbox Simulator","complaintFeedbackType":"abuse",\
                        "arrivalDate":"2026-03-01T09:05:00.000Z"}"""));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLAINT);
        assertThat(outcome.suppresses()).isTrue();
        assertThat(outcome.reason()).isEqualTo("Complaint.abuse");
    }

    @Example
    void aRenderingFailureWithItsSpace() {
        Outcome outcome = understood(event(
                "Rendering Failure",
                "failure",
                "{\"errorMessage\":\"Attribute 'x' is not present\",\"templateName\":\"T\"}"));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.RENDERING_FAILURE);
        assertThat(outcome.detail()).isEqualTo("Attribute 'x' is not present");
    }

    @Example
    void anOpen() {
        Outcome outcome = understood(event(
                "Open",
                "open",
                "{\"ipAddress\":\"192.0.2.1\",\"timestamp\":\"2026-03-01T10:00:00.000Z\",\"userAgent\":\"UA\"}"));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.OPEN);
        assertThat(outcome.detail()).isEqualTo("UA");
    }

    @Example
    void aClickWithItsLink() {
        Outcome outcome = understood(event("Click", "click", """
                        {"ipAddress":"192.0.2.1","link":"https://example.com/a?b=1","linkTags":{"x":["y"]},\
                        "timestamp":"2026-03-01T10:00:05.000Z","userAgent":"UA"}"""));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CLICK);
        assertThat(outcome.link()).isEqualTo("https://example.com/a?b=1");
    }

    @Example
    void whoUnsubscribesFromAllTopicsIsSuppressed() {
        String all = event("Subscription", "subscription", """
                        {"contactList":"ContactList","timestamp":"2026-03-01T10:00:00.000Z",\
                        "source":"UnsubscribeHeader","newTopicPreferences":{"unsubscribeAll":true,\
                        "topicSubscriptionStatus":[{"topicName":"News","subscriptionStatus":"OptOut"}]},\
                        "oldTopicPreferences":{"unsubscribeAll":false}}""");

        assertThat(understood(all).kind()).isEqualTo(OutcomeKind.SUBSCRIPTION);
        assertThat(understood(all).suppresses()).isTrue();
    }

    @Example
    void whoLeavesOneTopicIsNot() {
        Outcome outcome = understood(event("Subscription", "subscription", """
                        {"contactList":"ContactList","timestamp":"2026-03-01T10:00:00.000Z",\
                        "source":"UnsubscribeHeader","newTopicPreferences":{"unsubscribeAll":false,\
                        "topicSubscriptionStatus":[{"topicName":"News","subscriptionStatus":"OptOut"}]},\
                        "oldTopicPreferences":{"unsubscribeAll":true}}"""));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.SUBSCRIPTION);
        assertThat(outcome.suppresses()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Permanent, OnAccountSuppressionList, true",
        "Permanent, Suppressed, true",
        "Permanent, General, true",
        "Transient, MailboxFull, false",
        "Transient, MessageTooLarge, false",
        "Transient, ContentRejected, false",
        "Transient, AttachmentRejected, false",
        "Undetermined, Undetermined, false"
    })
    void eachKindOfBounce(String type, String subtype, boolean suppresses) {
        Outcome outcome = understood(
                event("Bounce", "bounce", BOUNCE.replace("Permanent", type).replace("NoEmail", subtype)));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.BOUNCE);
        assertThat(outcome.reason()).isEqualTo(type + "." + subtype);
        assertThat(outcome.suppresses()).isEqualTo(suppresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abuse", "auth-failure", "fraud", "other", "virus"})
    void eachKindOfComplaintSuppresses(String feedback) {
        Outcome outcome = understood(event("Complaint", "complaint", COMPLAINT.formatted("null", feedback)));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLAINT);
        assertThat(outcome.suppresses()).isTrue();
        assertThat(outcome.reason()).isEqualTo("Complaint." + feedback);
    }

    @Example
    void aReaderWhoSaysThatItIsNoSpamDoesNotComplain() {
        Outcome outcome = understood(event("Complaint", "complaint", COMPLAINT.formatted("null", "not-spam")));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.NOT_SPAM);
        assertThat(outcome.suppresses()).isFalse();
        assertThat(outcome.reason()).isNull();
    }

    @Example
    void aComplaintOfTheAccountsListStaysAComplaint() {
        String listed =
                event("Complaint", "complaint", COMPLAINT.formatted("\"OnAccountSuppressionList\"", "not-spam"));

        assertThat(understood(listed).kind()).isEqualTo(OutcomeKind.COMPLAINT);
        assertThat(understood(listed).suppresses()).isTrue();
        assertThat(understood(listed).reason()).isEqualTo("Complaint.OnAccountSuppressionList");
    }

    @ParameterizedTest
    @CsvSource({
        "Send, send, SEND",
        "Reject, reject, REJECT",
        "Delivery, delivery, DELIVERY",
        "DeliveryDelay, deliveryDelay, DELIVERY_DELAY",
        "Bounce, bounce, BOUNCE",
        "Complaint, complaint, COMPLAINT",
        "Rendering Failure, failure, RENDERING_FAILURE",
        "Open, open, OPEN",
        "Click, click, CLICK",
        "Subscription, subscription, SUBSCRIPTION"
    })
    void eachTypeOfEventBareAndInAnEnvelope(String type, String object, OutcomeKind kind) {
        String bare = event(type, object, "{}");

        assertThat(understood(bare).kind()).isEqualTo(kind);
        assertThat(understoodInEnvelope(bare).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"Open, OPEN, false", "Click, CLICK, false", "Unsubscribe, UNSUBSCRIBE, true"})
    void anEventOfTheRelay(String name, OutcomeKind kind, boolean suppresses) {
        String bare = relay(name, "hit-1", TAG);

        for (Outcome outcome : List.of(understood(bare), understoodInEnvelope(bare))) {
            assertThat(outcome.kind()).isEqualTo(kind);
            assertThat(outcome.messageId()).hasValue(42);
            assertThat(outcome.providerId()).isEmpty();
            assertThat(outcome.occurredAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(outcome.suppresses()).isEqualTo(suppresses);
            assertThat(outcome.detail()).isEqualTo("UA");
            assertThat(outcome.link()).isEqualTo(kind == OutcomeKind.CLICK ? "https://example.com/a" : null);
        }
    }

    @Example
    void aHitOfTheRelayHasItsLinksNumberAndItsSigns() {
        String told = relay("Click", "hit-1", TAG)
                .replace("}", ",\"number\":3,\"signs\":[\"HEAD\",\"NO_LANGUAGE\",\"SOMETHING_NEW\",7]}");

        assertThat(understood(told).linkNumber()).isEqualTo(3);
        assertThat(understood(told).signs()).containsExactlyInAnyOrder(HitSign.HEAD, HitSign.NO_LANGUAGE);
        assertThat(understood(relay("Click", "hit-1", TAG)).linkNumber()).isZero();
        assertThat(understood(relay("Click", "hit-1", TAG)).signs()).isEmpty();
        assertThat(understood(told.replace("Click", "Open")).linkNumber()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Open, RELAY_OPEN", "Click, RELAY_CLICK", "Unsubscribe, RELAY_UNSUBSCRIBE"})
    void aHitOfAProbeIsASignOfLife(String name, String link) {
        String bare = relay(name, "hit-1", "workspace1-probe-a1b2");

        assertThat(parser.read(bare)).isEqualTo(new Probe("a1b2", link));
        assertThat(parser.read(envelope("Notification", bare))).isEqualTo(new Probe("a1b2", link));
        assertForeign(relay(name, "hit-1", "workspace2-probe-a1b2"), "OTHER_WORKSPACE");
        assertForeign(relay(name, "hit-1", "workspace1-probe-a b"), "UNKNOWN_EVENT");
    }

    @Property
    void whateverTheRelaySaysNeverThrows(
            @ForAll("values") String event,
            @ForAll("values") String id,
            @ForAll("values") String tag,
            @ForAll("values") String time,
            @ForAll("values") String number,
            @ForAll("values") String signs) {
        String body = "{\"mailroomEvent\":" + event + ",\"id\":" + id + ",\"tag\":" + tag + ",\"timestamp\":" + time
                + ",\"link\":" + id + ",\"number\":" + number + ",\"userAgent\":" + id + ",\"signs\":" + signs + "}";

        assertThat(parser.read(body)).isNotNull();
        assertThat(parser.read(envelope("Notification", body))).isNotNull();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "\"Click\"",
                        "\"" + TAG + "\"",
                        "\"workspace1-probe-a\"",
                        "\"2026-03-01T10:00:00Z\"",
                        "[\"HEAD\",[null],{}]",
                        "null",
                        "true",
                        "1e400",
                        "-99999999999999999999",
                        "{\"a\":[1]}"),
                Arbitraries.strings()
                        .withCharRange(' ', '\uffff')
                        .excludeChars('"', '\\')
                        .ofMaxLength(40)
                        .map(text -> "\"" + text + "\""));
    }

    @Example
    void aHitOfTheRelayIsKnownByItsId() {
        Outcome hit = understood(relay("Open", "hit-1", TAG));

        assertThat(hit.fingerprint())
                .isEqualTo(understood(relay("Open", "hit-1", TAG).replace("10:00:00", "10:00:09"))
                        .fingerprint())
                .isNotEqualTo(understood(relay("Open", "hit-2", TAG)).fingerprint());
    }

    @Example
    void anEventOfTheRelayThatLacksSomethingIsForeign() {
        assertForeign(relay("Open", "", TAG), "UNKNOWN_EVENT");
        assertForeign(relay("Nova", "hit-1", TAG), "UNKNOWN_EVENT");
        assertForeign(relay("Open", "hit-1", ""), "NO_MESSAGE_ID");
        assertForeign(relay("Open", "hit-1", "workspace2-42"), "OTHER_WORKSPACE");
        assertForeign(relay("Open", "hit-1", TAG).replace("2026-03-01", "soon"), "NO_TIME");
        assertForeign("{\"mailroomEvent\":null}", "UNKNOWN_EVENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUE", "TOPIC"})
    void aSignOfLifeThatCameWithoutAMail(String link) {
        String bare = "{\"mailroomProbe\":\"workspace1-probe-a1-B2\",\"link\":\"" + link + "\"}";

        assertThat(parser.read(bare)).isEqualTo(new Probe("a1-B2", link));
        assertThat(parser.read(envelope("Notification", bare))).isEqualTo(new Probe("a1-B2", link));
    }

    @ParameterizedTest
    @CsvSource({
        "Send, send, SEND",
        "Delivery, delivery, DELIVERY",
        "Bounce, bounce, BOUNCE",
        "Complaint, complaint, COMPLAINT",
        "Reject, reject, REJECT"
    })
    void anEventOfAMailThatIsASignOfLife(String type, String object, String link) {
        String bare = event(type, object, "{}").replace(TAG, "workspace1-probe-a1");

        assertThat(parser.read(bare)).isEqualTo(new Probe("a1", link));
        assertThat(parser.read(envelope("Notification", bare))).isEqualTo(new Probe("a1", link));
    }

    @Example
    void anotherWorkspacesSignOfLifeIsForeign() {
        assertForeign("{\"mailroomProbe\":\"workspace2-probe-a1\",\"link\":\"QUEUE\"}", "OTHER_WORKSPACE");
        assertForeign(event("Send", "send", "{}").replace(TAG, "workspace2-probe-a1"), "OTHER_WORKSPACE");
        assertForeign("{\"mailroomProbe\":\"workspace1-probe-a b\",\"link\":\"QUEUE\"}", "UNKNOWN_EVENT");
        assertForeign("{\"mailroomProbe\":\"workspace1-probe-a\",\"link\":1}", "UNKNOWN_EVENT");
    }

    @ParameterizedTest
    @CsvSource({"Send,send", "Delivery,delivery", "Bounce,bounce", "Complaint,complaint", "Open,open"})
    void whatBecomesOfATestMailIsHarmless(String type, String object) {
        String tag = new WorkspaceId("workspace1").testTag("3f1c8a52-7e0b-4a43-9d5e-0b9c2f8d1a77");
        String bare = event(type, object, "{}").replace(TAG, tag);

        assertThat(parser.read(bare)).isInstanceOf(Harmless.class);
        assertThat(parser.read(envelope("Notification", bare))).isInstanceOf(Harmless.class);
        assertThat(parser.read(relay("Click", "hit-1", tag))).isInstanceOf(Harmless.class);
    }

    @Example
    void testMailsOfOtherWorkspacesAreForeign() {
        String tag = new WorkspaceId("workspace2").testTag("1");

        assertForeign(event("Send", "send", "{}").replace(TAG, tag), "OTHER_WORKSPACE");
        assertForeign(relay("Open", "hit-1", tag), "OTHER_WORKSPACE");
    }

    @Example
    void greetingsOfSesAreHarmless() {
        String greeting = "Successfully validated SNS topic for Amazon SES event publishing.";
        String feedback = "{\"notificationType\":\"AmazonSnsSubscriptionSucceeded\","
                + "\"message\":\"You have successfully subscribed your Amazon SNS topic\"}";

        for (String published : List.of(greeting, greeting + "\\n", feedback)) {
            assertThat(parser.read(published.replace("\\n", "\n"))).isInstanceOf(Harmless.class);
            assertThat(parser.read(envelope("Notification", published))).isInstanceOf(Harmless.class);
        }
    }

    @Example
    void anEnvelopeOfAnUnknownKindIsForeign() {
        assertForeign(envelope("Surprise", event("Send", "send", "{}")), "UNKNOWN_EVENT");
    }

    @Example
    void anEnvelopeOfSnsMeansWhatItHolds() {
        String bare = event("Bounce", "bounce", BOUNCE);

        Outcome wrapped = understoodInEnvelope(bare);

        assertThat(wrapped.kind()).isEqualTo(OutcomeKind.BOUNCE);
        assertThat(wrapped.fingerprint()).isEqualTo(understood(bare).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SubscriptionConfirmation", "UnsubscribeConfirmation"})
    void confirmationsOfSubscriptionsAreHarmless(String type) {
        assertThat(parser.read(envelope(type, "You have chosen to subscribe to the topic")))
                .isInstanceOf(Harmless.class);
    }

    @Example
    void identityFeedbackIsMatchedByTheProvidersId() {
        Outcome outcome = understood("""
                {"notificationType":"Bounce","bounce":%s,"mail":{"timestamp":"2026-03-01T09:00:00.123Z",\
                "source":"news@example.com","messageId":"0100018f-ses","destination":["reader@example.com"]}}""".formatted(BOUNCE));

        assertThat(outcome.messageId()).isEmpty();
        assertThat(outcome.providerId()).isEqualTo("0100018f-ses");
        assertThat(outcome.suppresses()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workspace2-42",
                "workspace1-",
                "workspace1-x",
                "workspace1--1",
                "42",
                "workspace1-9999999999999999999"
            })
    void anotherWorkspacesTagIsForeign(String tag) {
        assertForeign(event("Send", "send", "{}").replace(TAG, tag), "OTHER_WORKSPACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<xml/>", "{", "{\"a\":", "nonsense", "\u0000", "{\"eventType\":\"Send\""})
    void whatIsNotJsonIsForeign(String body) {
        assertForeign(body, "NOT_JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{\"eventType\":\"Nova\"}",
                "{\"eventType\":null}",
                "{\"eventType\":{}}"
            })
    void whatIsNoEventIsForeign(String body) {
        assertForeign(body, "UNKNOWN_EVENT");
    }

    @Example
    void anEnvelopeWithoutAnEventIsForeign() {
        assertForeign(envelope("Notification", "hello"), "NOT_JSON");
        assertForeign("{\"Type\":\"Notification\",\"TopicArn\":\"arn\"}", "UNKNOWN_EVENT");
    }

    @Example
    void anEventOfNoMessageIsForeign() {
        assertForeign("{\"eventType\":\"Send\",\"mail\":{},\"send\":{}}", "NO_MESSAGE_ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T00:00:00Z",
                "2026-03-01",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z"
            })
    void aTimeThatIsMissingOrCannotBeStoredIsForeign(String time) {
        assertForeign(event("Send", "send", "{}").replace("2026-03-01T09:00:00.123Z", time), "NO_TIME");
    }

    @Example
    void aMissingTimeIsForeign() {
        assertForeign("{\"eventType\":\"Send\",\"mail\":{\"messageId\":\"m\"},\"send\":{}}", "NO_TIME");
    }

    @Example
    void differentEventsOfAMessageHaveDifferentFingerprints() {
        String open = event("Open", "open", "{\"timestamp\":\"2026-03-01T10:00:00.000Z\",\"userAgent\":\"UA\"}");
        String later = open.replace("10:00:00", "10:00:01");
        String click = event("Click", "click", "{\"timestamp\":\"2026-03-01T10:00:00.000Z\",\"userAgent\":\"UA\"}");

        assertThat(understood(open).fingerprint())
                .isEqualTo(understood(open).fingerprint())
                .isNotEqualTo(understood(later).fingerprint())
                .isNotEqualTo(understood(click).fingerprint())
                .isNotEqualTo(understood(open.replace("0100018f-ses", "other")).fingerprint());
    }

    @Example
    void deepNestingIsForeign() {
        assertThat(parser.read("[".repeat(100_000))).isInstanceOf(Foreign.class);
    }

    @Property
    void arbitraryTextNeverThrows(@ForAll String body) {
        assertThat(parser.read(body)).isNotNull();
        assertThat(parser.read(envelope("Notification", body.replaceAll("[\\p{Cntrl}\"\\\\]", ""))))
                .isNotNull();
    }

    @Property
    void truncatedEventsNeverThrow(@ForAll @IntRange(max = 1_000) int length) {
        String whole = event("Bounce", "bounce", BOUNCE);
        String cut = whole.substring(0, Math.min(length, whole.length() - 1));

        assertThat(parser.read(cut)).isInstanceOf(Foreign.class);
        assertThat(parser.read(envelope("Notification", cut))).isInstanceOf(Foreign.class);
    }

    @Property
    void mutatedEventsNeverThrow(
            @ForAll("events") String event,
            @ForAll @IntRange(max = 2_000) int at,
            @ForAll @IntRange(max = 60) int removed,
            @ForAll("insertions") String inserted) {
        int from = Math.min(at, event.length());
        String mutated =
                event.substring(0, from) + inserted + event.substring(Math.min(event.length(), from + removed));

        assertThat(parser.read(mutated)).isNotNull();
        assertThat(parser.read(envelope("Notification", mutated))).isNotNull();
    }

    @Property
    void valuesOfTheWrongKindNeverThrow(
            @ForAll("events") String event, @ForAll int which, @ForAll("insertions") String value) {
        List<MatchResult> texts = VALUE.matcher(event).results().toList();
        MatchResult text = texts.get(Math.floorMod(which, texts.size()));
        String mutated = event.substring(0, text.start(1)) + value + event.substring(text.end(1));

        assertThat(parser.read(mutated)).isNotNull();
        assertThat(parser.read(envelope("Notification", mutated))).isNotNull();
    }

    @Provide
    Arbitrary<String> events() {
        return Arbitraries.of(
                event("Send", "send", "{}"),
                event("Bounce", "bounce", BOUNCE),
                event("Bounce", "bounce", BOUNCE).replace("eventType", "notificationType"),
                event("Complaint", "complaint", COMPLAINT.formatted("null", "not-spam")),
                event("Click", "click", "{\"timestamp\":\"2026-03-01T10:00:00Z\",\"link\":\"https://example.com\"}"),
                event("Send", "send", "{}").replace(TAG, "workspace1-probe-a1"),
                relay("Click", "hit-1", TAG),
                "{\"mailroomProbe\":\"workspace1-probe-a1\",\"link\":\"QUEUE\"}");
    }

    @Provide
    Arbitrary<String> insertions() {
        return Arbitraries.oneOf(
                Arbitraries.of("null", "{}", "[]", "-1", "1e999", "true", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[{}]"),
                Arbitraries.strings().ofMaxLength(20));
    }

    private Outcome understood(String body) {
        return understood(body, body);
    }

    private Outcome understoodInEnvelope(String published) {
        return understood(envelope("Notification", published), published);
    }

    /** What is kept of an event is what was published, whatever it came in. */
    private Outcome understood(String received, String kept) {
        Reading reading = parser.read(received);
        assertThat(reading).isInstanceOf(Understood.class);
        Outcome outcome = ((Understood) reading).outcome();
        assertThat(outcome.body()).isEqualTo(kept);
        return outcome;
    }

    private void assertForeign(String body, String reason) {
        assertThat(parser.read(body)).isInstanceOfSatisfying(Foreign.class, foreign -> {
            assertThat(foreign.reason()).isEqualTo(reason);
            assertThat(foreign.fingerprint()).isNotEmpty();
        });
    }

    private static String event(String type, String name, String object) {
        return """
                {"eventType":"%s","mail":{"timestamp":"2026-03-01T09:00:00.123Z","source":"News <news@example.com>",\
                "sendingAccountId":"123456789012","messageId":"0100018f-ses","destination":["reader@example.com"],\
                "headersTruncated":false,"headers":[{"name":"Subject","value":"Hi"}],\
                "commonHeaders":{"from":["news@example.com"],"to":["reader@example.com"],"subject":"Hi"},\
                "tags":{"ses:configuration-set":["mailroom"],"mailroom-message":["%s"],\
                "mailroom-plan":["workspace1-7"]}},"%s":%s}""".formatted(type, TAG, name, object);
    }

    private static String relay(String name, String id, String tag) {
        return """
                {"mailroomEvent":"%s","id":"%s","tag":"%s","timestamp":"2026-03-01T10:00:00Z",\
                "link":"https://example.com/a","userAgent":"UA"}""".formatted(name, id, tag);
    }

    private static String envelope(String type, String message) {
        return """
                {"Type":"%s","MessageId":"22b80b92","TopicArn":"arn:aws:sns:eu-west-1:123456789012:events",\
                "Message":"%s","Timestamp":"2026-03-01T09:00:04.000Z","SignatureVersion":"1"}""".formatted(type, message.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
