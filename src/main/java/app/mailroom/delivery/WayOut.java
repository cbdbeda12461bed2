package app.mailroom.delivery;

import app.mailroom.delivery.OutgoingMail.Header;
import app.mailroom.template.ProgramVariables;
import app.mailroom.tracking.MessageAddresses;
import java.util.List;
import java.util.Optional;

/**
 * How the reader of one mail leaves.
 *
 * @param link what the program fills {@link ProgramVariables#UNSUBSCRIBE} with
 * @param headers by which mail programs offer a button of their own
 */
record WayOut(String link, List<Header> headers) {
    private static final String LIST_UNSUBSCRIBE = "List-Unsubscribe";

    /**
     * By the page of a relay, which mail programs may ask to do it at one click (RFC 8058); by a mail where there is none
     * (RFC 2369).
     *
     * @param relay this message's addresses at the relay
     */
    static WayOut of(Optional<MessageAddresses> relay, String fromAddress, String replyTo) {
        if (relay.isEmpty()) {
            String mail = ProgramVariables.mailToLeave(fromAddress, replyTo);
            return new WayOut(mail, List.of(new Header(LIST_UNSUBSCRIBE, "<" + mail + ">")));
        }
        String page = relay.get().unsubscribe();
        return new WayOut(
                page,
                List.of(
                        new Header(LIST_UNSUBSCRIBE, "<" + page + ">"),
                        new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")));
    }
}
