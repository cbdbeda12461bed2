package app.mailroom.plan;

import app.mailroom.plan.FindingValue.Coded;
import app.mailroom.plan.FindingValue.Count;
import app.mailroom.plan.FindingValue.Said;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a check before sending found.
 *
 * @param blocks whether nothing may be planned; otherwise it is worth knowing
 * @param values what its words are filled with, in the order in which {@link Code} says it in English
 */
public record PlanFinding(boolean blocks, Code code, List<FindingValue> values) {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    /** What was found; in English with places for values. */
    public enum Code {
        TITLE_EMPTY("Give the mailing a title."),
        TEMPLATE_GONE("The template does not exist any more. Choose another."),
        /** It cannot be compiled; said of each place. */
        TEMPLATE_PROBLEM("{0}, line {1}: {2} ({3})"),
        /** It can be compiled, and no reader could do anything with what arrives. */
        TEMPLATE_MISTAKES("Mistakes in the template: {0}. {1}"),
        /** What readers or their mail programs would stumble over. */
        TEMPLATE_CHECKS("Worth a look in the template: {0}. {1}"),
        SUBJECT_EMPTY("Give the template a subject."),
        /** Nobody can leave a mailing that goes to many. */
        UNSUBSCRIBE_MISSING("Put a link to {0} into the template. Korean law asks for a way to refuse in advertising,"
                + " and Gmail and Yahoo ask it of whoever sends to many."),
        LIST_GONE("The recipient list does not exist any more. Choose another."),
        LIST_EMPTY("The list “{0}” has nobody in it."),
        /** Somebody is changing the list in many steps, and it is only half of what it is to be. */
        LIST_CHANGING("The list “{0}” is being changed, for instance by an import. Try again when that has come to its"
                + " end."),
        /** Nobody in the list can be mailed. */
        NOBODY_LEFT("Nobody in the list “{0}” would get it: suppressed {1}, not to be mailed {2}."),
        /** Not all rows are mailed, or some look wrong. */
        LIST_MARKS("Recipients who get it: {0}. Left out: suppressed {1}, repeated {2}, not to be mailed {3}. Likely"
                + " mistyped, and mailed: {4}."),
        FROM_INVALID("The sender's address: {0}"),
        REPLY_TO_INVALID("The reply address: {0}"),
        ZONE_INVALID("“{0}” is not a time zone."),
        COLUMN_MISSING("The list has no column for {0}. Add one, or write {1} in the template."),
        VALUE_MISSING(
                "Rows that do not fill the template: {0}. The first is row {1}, {2}: the variable {3} has no value"
                        + " there and no fallback."),
        VALUE_UNFIT("Rows that do not fill the template: {0}. The first is row {1}, {2}, with the variable {3}: {4}"),
        TIME_PAST("The time is past, so the mailing begins at once."),
        ATTACHMENT_REFUSED("{0}: mail services refuse files of this kind."),
        ATTACHMENT_TOO_LARGE("{0} in all; at most {1} can be sent."),
        ATTACHMENT_LARGE("{0} in all; many mailboxes refuse such a mail."),
        /** Mostly the same people got the same template a short while ago, or are about to. */
        RECENT_TWIN("“{0}” has the same template and begins or began at {1}. Of these recipients, it has {2}."),
        /** A mailing of the same title waits or is under way. */
        SAME_TITLE("Another mailing is called “{0}” and has not ended. It begins or began at {1}. Of these recipients,"
                + " it has {2}."),
        /** Practice was switched to live, or back, since the request was made. */
        MODE_CHANGED("It was made for {0}, and new mailings now go to {1}. Begin anew."),
        /** The mailing is larger than what is left of the 24-hour quota. */
        QUOTA_SMALLER(
                "Recipients: {0}. Left of the {2} of these 24 hours: {1}. The rest waits by itself and goes out as"
                        + " the quota allows."),
        /** The mail service did not say what is left. */
        QUOTA_UNKNOWN("{0}"),
        /** Verified recipients only. */
        SANDBOX("All other recipients will be refused, one by one."),
        SENDER_NOT_VERIFIED("Amazon SES does not send for {0} until the address or its domain is verified."),
        SENDERS_UNKNOWN("{0}"),
        ACCOUNT_PAUSED("The mailing will wait until Amazon SES sends again."),
        /** Mails would go out without a signature of the sender's domain. */
        DKIM_MISSING("Amazon SES does not sign mail of {0} with DKIM. Put its records into the domain's DNS; Gmail and"
                + " Yahoo refuse unsigned mail of whoever sends to many."),
        /** The domain does not say what is to become of mail that is not its own. */
        DMARC_MISSING("Put a TXT record like v=DMARC1; p=none into the DNS at _dmarc.{0}; Gmail and Yahoo ask it of"
                + " whoever sends to many."),
        /** Amazon counts openings and clicks of every mail, and this mailing's are not to be counted. */
        TRACKING_BY_AMAZON(
                "Amazon SES adds its picture and its links to every mail that is sent from here. Let Amazon stop"
                        + " counting, or allow counting for this mailing."),
        /** Amazon and the relay would count each opening and click. */
        COUNTED_TWICE(
                "Amazon SES counts openings and clicks of every mail, and so does the relay: each would be counted twice."
                        + " Let Amazon stop counting, or switch the relay off."),
        /** They may be counted, and there is nobody who does. */
        NOBODY_COUNTS(
                "Openings and clicks of this mailing may be counted, and nobody does. Set up the relay, or the results"
                        + " will show none."),
        /** Many mails, without the header that gives mail programs a button to unsubscribe. */
        ONE_CLICK_MISSING(
                "Gmail and Yahoo want a button to unsubscribe in their own windows from whoever sends {0} mails or"
                        + " more in a day. Mails have it when the relay is set up."),
        /** The mail itself has no way to leave; the mail program's own button is there. */
        UNSUBSCRIBE_BY_BUTTON(
                "With the relay many mail programs show their own button to unsubscribe. Not all do, and Korean"
                        + " law asks for a way to refuse in the advertising itself: put a link to {0} into the template."),
        /** More than one record, which counts as none. */
        DMARC_SEVERAL("There are several DMARC records at _dmarc.{0}, and receivers then heed none. Leave one."),
        /** The name servers did not say. */
        DNS_UNKNOWN("The name servers did not say whether {0} has a DMARC record: {1}"),

        /** Who opened or clicked was not counted, so nobody is known not to have. */
        NOT_TRACKED(
                "Openings and clicks of this mailing were not counted, so nobody can tell who did not open it or click."
                        + " Choose another group."),
        /** Of a mailing that is sent again. */
        AGAIN_NOBODY("There is nobody to send it to again."),
        /** The same as its code without AGAIN, of a mailing that is sent again. */
        AGAIN_MODE_CHANGED("The mailing was sent in {0}, and new mailings now go to {1}."),
        /** The same as its code without AGAIN, of a mailing that is sent again. */
        AGAIN_COLUMN_MISSING("The mailing that is sent again has no column for {0}. Write {1} in the template."),
        /** The same as its code without AGAIN, of a mailing that is sent again. */
        AGAIN_VALUE_MISSING("Messages that do not fill the template: {0}. The first is to {1}: the variable {2} has no"
                + " value there and no fallback."),
        /** The same as its code without AGAIN, of a mailing that is sent again. */
        AGAIN_VALUE_UNFIT(
                "Messages that do not fill the template: {0}. The first is to {1}, with the variable {2}:" + " {3}");

        private final String english;

        Code(String english) {
            this.english = english;
        }
    }

    static PlanFinding block(Code code, FindingValue... values) {
        return new PlanFinding(true, code, List.of(values));
    }

    static PlanFinding warning(Code code, FindingValue... values) {
        return new PlanFinding(false, code, List.of(values));
    }

    static FindingValue said(String text) {
        return new Said(text);
    }

    static FindingValue count(long number) {
        return new Count(number);
    }

    static FindingValue coded(Enum<?> code, String english) {
        return new Coded(code, english);
    }

    /** A code that came with an exception, which says it in English. */
    static FindingValue coded(Enum<?> code, Exception e) {
        return new Coded(code, e.getMessage() == null ? code.name() : e.getMessage());
    }

    /** What was found, where and what to do, in plain English; for the command line. */
    public String detail() {
        return PLACE.matcher(code.english)
                .replaceAll(place -> Matcher.quoteReplacement(
                        values.get(Integer.parseInt(place.group(1))).english()));
    }
}
