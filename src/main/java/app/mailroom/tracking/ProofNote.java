package app.mailroom.tracking;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What there is to say about a link of a {@link RelayProof}: what was found, and what to do.
 *
 * @param values in the order of the places in the code's words
 */
public record ProofNote(Code code, List<String> values) {
    /** Nothing to say. */
    public static final ProofNote NONE = of(Code.NONE);

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    /** What was found, with its words for the command line. */
    public enum Code {
        NONE(""),
        SILENT(
                "{0} did not answer within {1} seconds. Look whether the relay runs, and whether its firewall or security"
                        + " group lets port {2} through."),
        NO_NAME(
                "There is no server of the name {0}. Look for a typing mistake, and whether the name is in the DNS; a new"
                        + " one may take an hour to be known everywhere."),
        NO_WAY("There is no way to {0} from here. Look at this computer's network and at the name's address."),
        NOBODY_LISTENS("Nobody listens at {0}, port {1}. Look whether the relay runs, and whether the name leads to its"
                + " computer."),
        BROKE_OFF("The connection to {0} broke off ({1}). Look at the relay's log, and at what stands between."),
        CERTIFICATE_OVER(
                "The certificate of {0} has expired. Renew it: readers' programs show a warning in place of the"
                        + " relay."),
        CERTIFICATE_EARLY(
                "The certificate of {0} is not valid yet. Look at the clock of this computer, or at the day from"
                        + " which it holds."),
        CERTIFICATE_UNTRUSTED("The certificate of {0} is not signed by anybody whom browsers trust. Use one of a public"
                + " authority, such as Let's Encrypt, and give the relay the whole chain, not the last certificate"
                + " alone."),
        CERTIFICATE_OF_ANOTHER(
                "The certificate at {0} is for another name. Get one for {0}, or look whether the name leads"
                        + " to the right computer."),
        NO_TLS(
                "The connection to {0} cannot be made secure ({1}). Look whether the relay or its proxy speaks TLS at this"
                        + " port."),
        NO_RELAY(
                "Something answers at {0}, and it is no relay (HTTP 404 for /healthz). Have the name lead to the relay,"
                        + " and a proxy pass every path on to it."),
        SENDS_ON("The answer was HTTP {0}, which sends on to “{1}”. Set the address that the relay itself has."),
        ASKS_WHO(
                "The answer was HTTP {0}: something before the relay asks who is there. Readers must reach it without."),
        ASKED_TOO_OFTEN("The answer was HTTP 429: this computer asked too often. Wait a minute and try again."),
        PROXY_ALONE(
                "The answer was HTTP {0}: the proxy does not reach the relay. Look whether the relay runs, and at which"
                        + " port."),
        BUSY("The answer was HTTP 503: the relay has too much to do, or no room. Look at its log and its disk."),
        STRANGE("The answer was HTTP {0}, and a relay does not answer so. Look at what stands at this address."),
        FORGERY_TAKEN("An address that nobody signed was answered with HTTP {0} in place of 404, so anybody could forge"
                + " hits and lead readers anywhere. This is not our relay, or something stands before it that answers in"
                + " its place."),
        KEY_UNKNOWN("The relay does not know the key {0}: it refuses what we signed (HTTP 404). Give it the key file of"
                + " this workspace, which “mailroom tracking key FILE” writes, and let it read the file anew."),
        OLDER_KEYS_UNKNOWN("The relay does not know the older keys {0}: links in mails that were sent with them lead"
                + " nowhere."),
        PICTURE_CHANGED("In place of its picture the relay gave {0} bytes of “{1}”. Something between changes what it"
                + " answers: have the proxy pass it on as it is."),
        PICTURE_KEPT(
                "The picture may be kept (Cache-Control: “{0}”), so a second opening would not be seen. Have the proxy"
                        + " pass the relay's headers on."),
        LINK_CHANGED("A link led to “{0}” in place of “{1}”. Have the proxy pass the Location header on as it is."),
        PAGE_CHANGED("The page on which a reader leaves came as “{0}”. Have the proxy pass it on as it is."),
        LEAVING_NOT_KEPT(
                "The relay cannot keep a wish to leave (HTTP 503). Look whether the disk with its spool is full or"
                        + " may not be written to."),
        LEAVING_REFUSED(
                "A wish to leave was refused (HTTP {0}). Have the proxy or firewall let POST requests through."),
        LOOKING_LEAVES("Who only looked at the page was taken for one who leaves. Programs that test links would"
                + " unsubscribe people. This is not our relay, or a proxy turns GET into POST."),
        NOTHING_RECEIVED("Nothing can be received here: {0}"),
        QUEUE_UNREADABLE("The queue cannot be read: {0}"),
        NOT_ARRIVED(
                "The relay answered, and within {0} seconds it did not arrive in the queue. The relay has to report to"
                        + " {1} and needs the right sqs:SendMessage there. Compare that with its settings, and look at its log:"
                        + " it keeps what it cannot send, and sends it when the queue is back.");

        private final String english;

        Code(String english) {
            this.english = english;
        }
    }

    /** Keeps a copy of the values. */
    public ProofNote {
        values = List.copyOf(values);
    }

    static ProofNote of(Code code, Object... values) {
        return new ProofNote(code, List.of(values).stream().map(String::valueOf).toList());
    }

    /** In plain English; empty for nothing. */
    public String english() {
        return PLACE.matcher(code.english)
                .replaceAll(place -> Matcher.quoteReplacement(values.get(Integer.parseInt(place.group(1)))));
    }
}
