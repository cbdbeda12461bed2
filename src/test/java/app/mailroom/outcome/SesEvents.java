package app.mailroom.outcome;

/** Events as SES and SNS would put them on the queue. */
final class SesEvents {
    private SesEvents() {}

    /** An event publishing record without a tag of ours if the tag is empty. */
    static String record(String type, String object, String tag, String providerId) {
        return """
                {"eventType":"%s","mail":{"timestamp":"2026-03-01T09:00:00.123Z","source":"news@example.com",\
                "messageId":"%s","destination":["reader@example.com"],"tags":{"mailroom-message":[%s]}},\
                "%s":{"timestamp":"2026-03-01T09:00:03.000Z","bounceType":"Permanent","bounceSubType":"General"}}""".formatted(type, providerId, tag.isEmpty() ? "" : "\"" + tag + "\"", object);
    }

    /** The same as SNS delivers it unless raw delivery is switched on. */
    static String enveloped(String message) {
        return """
                {"Type":"Notification","MessageId":"22b80b92","TopicArn":"arn:aws:sns:eu-west-1:123456789012:events",\
                "Message":"%s","Timestamp":"2026-03-01T09:00:04.000Z","SignatureVersion":"1"}""".formatted(message.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
