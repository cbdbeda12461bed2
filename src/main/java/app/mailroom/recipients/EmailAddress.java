package app.mailroom.recipients;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address that Amazon SES takes: an ASCII local part in dot-atom form (RFC 5322, section 3.2.3; quoted local parts
 * are refused), a domain with a dot, as letters, digits and hyphens (RFC 5321), at most 64 and 254 octets long. An
 * internationalised domain is written as punycode. Nothing is asked of the network: the address may still not exist.
 *
 * @param mailbox the address as mailed; the case of the local part is kept
 * @param key the same for addresses that differ in case alone
 */
public record EmailAddress(String mailbox, String key) {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST = 254;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_LABEL = 63;
    /** White space of every kind, and characters without width that come along when an address is copied. */
    private static final Pattern EDGES = Pattern.compile("^[\\s\\p{Z}\\p{Cc}\\p{Cf}]+|[\\s\\p{Z}\\p{Cc}\\p{Cf}]+$");

    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]");
    private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /**
     * Reads one address; white space around it is dropped.
     *
     * @throws AddressException when it cannot be mailed
     */
    public static EmailAddress parse(String text) throws AddressException {
        String address = EDGES.matcher(text).replaceAll("");
        if (address.isEmpty()) {
            throw new AddressException(AddressFault.EMPTY, "there is no address");
        }
        int at = address.lastIndexOf('@');
        if (at < 0) {
            throw new AddressException(AddressFault.NO_AT, "“" + shown(address) + "” has no @");
        }
        if (address.indexOf('@') != at) {
            boolean several = address.indexOf(',') >= 0 || address.indexOf(';') >= 0;
            throw several
                    ? new AddressException(
                            AddressFault.SEVERAL_ADDRESSES, "“" + shown(address) + "” is more than one address")
                    : new AddressException(AddressFault.SEVERAL_ATS, "“" + shown(address) + "” has more than one @");
        }
        if (BLANK.matcher(address).find()) {
            throw new AddressException(AddressFault.SPACE, "“" + shown(address) + "” has a space in it");
        }
        String local = local(address.substring(0, at), address);
        String domain = domain(address.substring(at + 1), address);
        String mailbox = local + "@" + domain;
        if (mailbox.length() > LONGEST) {
            throw new AddressException(
                    AddressFault.TOO_LONG, "“" + shown(address) + "” is longer than " + LONGEST + " characters");
        }
        return new EmailAddress(mailbox, mailbox.toLowerCase(Locale.ROOT));
    }

    private static String local(String local, String address) throws AddressException {
        if (local.isEmpty()) {
            throw new AddressException(AddressFault.LOCAL_EMPTY, "“" + shown(address) + "” has nothing before the @");
        }
        if (!local.chars().allMatch(c -> c < 128)) {
            throw new AddressException(
                    AddressFault.LOCAL_NOT_ASCII,
                    "“" + shown(address) + "” has letters before the @ that Amazon SES does not take");
        }
        if (local.length() > LONGEST_LOCAL) {
            throw new AddressException(
                    AddressFault.LOCAL_TOO_LONG,
                    "“" + shown(address) + "” has more than " + LONGEST_LOCAL + " characters before the @");
        }
        for (String atom : local.split("\\.", -1)) {
            if (!ATOM.matcher(atom).matches()) {
                throw new AddressException(
                        AddressFault.LOCAL_SYNTAX,
                        "“" + shown(address) + "” has a dot or a character before the @ that may not stand there");
            }
        }
        return local;
    }

    private static String domain(String domain, String address) throws AddressException {
        if (domain.isEmpty()) {
            throw new AddressException(AddressFault.DOMAIN_EMPTY, "“" + shown(address) + "” has nothing after the @");
        }
        String ascii;
        try {
            ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw label(address);
        }
        if (ascii.length() > LONGEST_DOMAIN) {
            throw new AddressException(
                    AddressFault.DOMAIN_TOO_LONG, "the domain of “" + shown(address) + "” is too long");
        }
        String[] labels = ascii.split("\\.", -1);
        for (String label : labels) {
            if (label.length() > LONGEST_LABEL || !LABEL.matcher(label).matches()) {
                throw label(address);
            }
        }
        if (labels.length < 2) {
            throw new AddressException(AddressFault.DOMAIN_NO_DOT, "the domain of “" + shown(address) + "” has no dot");
        }
        if (DIGITS.matcher(labels[labels.length - 1]).matches()) {
            throw label(address);
        }
        return ascii;
    }

    private static AddressException label(String address) {
        return new AddressException(
                AddressFault.DOMAIN_LABEL,
                "the domain of “" + shown(address) + "” is not made of letters, digits and hyphens between dots");
    }

    private static String shown(String address) {
        String visible = BLANK.matcher(address).replaceAll(" ");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "…";
    }
}
