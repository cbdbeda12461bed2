package app.mailroom.model;

/**
 * Who a new mailing is from unless it says otherwise. Each part may be empty.
 *
 * @param address an address without a name
 * @param name what inboxes show for it
 * @param replyTo where answers go
 */
public record UsualSender(String address, String name, String replyTo) {
    /** Nobody. */
    public static final UsualSender NOBODY = new UsualSender("", "", "");
}
