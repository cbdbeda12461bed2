package app.mailroom.delivery;

/** Writes mailboxes as RFC 5322 has them. */
final class Mailboxes {
    private Mailboxes() {}

    /**
     * A display name and an address. The name is quoted, and stays in Unicode: the mail service encodes it. Control
     * characters, line breaks among them, are dropped, so that a name cannot begin another header.
     */
    static String format(String name, String address) {
        String clean = name.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) {
            return address;
        }
        return "\"" + clean.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + ">";
    }
}
