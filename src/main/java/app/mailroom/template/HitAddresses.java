package app.mailroom.template;

/** Where the openings and clicks of one message are noticed. Both answers are whole addresses. */
public interface HitAddresses {
    /**
     * Where a link is to lead.
     *
     * @param number the link's among {@link CompiledTemplate#links}, from 1; the first one's where a link stands there several
     *     times
     * @param address where it leads for this recipient, whole and in ASCII; may turn out to be no web address where it is a
     *     variable
     * @return the same where it cannot or must not be noticed
     */
    String click(int number, String address);

    /** The picture that is asked for when the mail is shown. */
    String open();
}
