package app.mailroom.recipients;

import java.net.IDN;
import java.util.Locale;

/**
 * An address that Amazon SES takes. What passes is plain ASCII without blanks, quotes, brackets or control characters,
 * so it can stand in a header. That the mailbox exists is not known.
 *
 * @param mailbox the address as mailed: the local part as typed, the domain in lower case and punycode
 * @param key the address as compared with others: all of it in lower case
 */
public record EmailAddress(String mailbox, String key) {
    private static final int LOCAL_LIMIT = 64;
    private static final int LABEL_LIMIT = 63;
    private static final int DOMAIN_LIMIT = 253;
    private static final int WHOLE_LIMIT = 254;
    private static final String LOCAL_PUNCTUATION = "!#$%&'*+-/=?^_`{|}~";

    /**
     * Reads one address, with blanks and invisible characters around it taken away.
     *
     * @throws AddressException when the text is not one mailable address; its code and message say why
     */
    public static EmailAddress parse(String text) throws AddressException {
        String address = trim(text);
        if (address.isEmpty()) {
            throw new AddressException(AddressFault.EMPTY, "There is no address.");
        }
        refuseWhatIsNotOneAddress(address);
        int at = address.indexOf('@');
        String local = address.substring(0, at);
        checkLocal(local);
        String domain = domain(address.substring(at + 1));
        String mailbox = local + '@' + domain;
        if (mailbox.length() > WHOLE_LIMIT) {
            throw new AddressException(
                    AddressFault.TOO_LONG, "The address is longer than " + WHOLE_LIMIT + " characters.");
        }
        return new EmailAddress(mailbox, mailbox.toLowerCase(Locale.ROOT));
    }

    /**
     * Reads a domain as one that could stand behind an {@code @}: in lower case and punycode.
     *
     * @throws AddressException when it could not
     */
    public static String parseDomain(String text) throws AddressException {
        String mailbox = parse("postmaster@" + trim(text)).mailbox();
        return mailbox.substring(mailbox.indexOf('@') + 1);
    }

    private static void refuseWhatIsNotOneAddress(String address) throws AddressException {
        int ats = 0;
        boolean separator = false;
        boolean space = false;
        boolean invisible = false;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '@') {
                ats++;
            } else if (c == ',' || c == ';') {
                separator = true;
            } else if (isInvisible(address, i)) {
                invisible = true;
                separator |= c == '\n' || c == '\r';
            } else if (isBlank(c)) {
                space = true;
            }
        }
        boolean doubled = address.contains("@@");
        if (ats > 1 && !doubled && (separator || space)) {
            throw new AddressException(AddressFault.SEVERAL_ADDRESSES, "There are several addresses; a row takes one.");
        }
        if (invisible) {
            throw new AddressException(
                    AddressFault.INVISIBLE_CHARACTER, "The address has a line break or an invisible character in it.");
        }
        if (address.indexOf('<') >= 0 && address.endsWith(">")) {
            throw new AddressException(
                    AddressFault.NAME_AND_ADDRESS, "There is a name around the address; leave only the address.");
        }
        if (address.indexOf('"') >= 0) {
            throw new AddressException(AddressFault.QUOTED, "The address has a quotation mark in it.");
        }
        if (space) {
            throw new AddressException(AddressFault.SPACE, "The address has a space in it.");
        }
        if (ats == 0) {
            throw new AddressException(AddressFault.NO_AT, "The address has no @.");
        }
        if (ats > 1) {
            throw new AddressException(AddressFault.SEVERAL_ATS, "The address has more than one @.");
        }
    }

    private static void checkLocal(String local) throws AddressException {
        if (local.isEmpty()) {
            throw new AddressException(AddressFault.LOCAL_EMPTY, "There is nothing before the @.");
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c >= 0x80) {
                throw new AddressException(
                        AddressFault.LOCAL_NOT_ASCII,
                        "Before the @ only Latin letters without accents, digits and some signs can be mailed.");
            }
            if (c != '.' && !isAsciiLetterOrDigit(c) && LOCAL_PUNCTUATION.indexOf(c) < 0) {
                throw new AddressException(AddressFault.LOCAL_SYNTAX, "'" + c + "' may not stand before the @.");
            }
        }
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            throw new AddressException(
                    AddressFault.LOCAL_SYNTAX, "Before the @ a dot must stand between two other characters.");
        }
        if (local.length() > LOCAL_LIMIT) {
            throw new AddressException(
                    AddressFault.LOCAL_TOO_LONG, "There are more than " + LOCAL_LIMIT + " characters before the @.");
        }
    }

    private static String domain(String typed) throws AddressException {
        if (typed.isEmpty()) {
            throw new AddressException(AddressFault.DOMAIN_EMPTY, "There is nothing after the @.");
        }
        if (typed.startsWith("[")) {
            throw new AddressException(
                    AddressFault.DOMAIN_IS_IP, "After the @ there must be a name, not an IP address.");
        }
        String domain = ascii(typed).toLowerCase(Locale.ROOT);
        if (domain.length() > DOMAIN_LIMIT) {
            throw new AddressException(
                    AddressFault.DOMAIN_TOO_LONG, "The domain is longer than " + DOMAIN_LIMIT + " characters.");
        }
        int start = 0;
        int labels = 0;
        while (start <= domain.length()) {
            int dot = domain.indexOf('.', start);
            int end = dot < 0 ? domain.length() : dot;
            checkLabel(domain, start, end);
            labels++;
            start = end + 1;
        }
        if (labels < 2) {
            throw new AddressException(AddressFault.DOMAIN_NO_DOT, "The domain has no dot; is its ending missing?");
        }
        int last = domain.lastIndexOf('.') + 1;
        if (domain.substring(last).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new AddressException(
                    AddressFault.DOMAIN_IS_IP, "After the @ there must be a name, not an IP address.");
        }
        return domain;
    }

    private static String ascii(String domain) throws AddressException {
        boolean plain = true;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            plain &= c < 0x80;
            // java.net.IDN follows IDNA 2003, which turns these two into other letters: a domain of somebody else.
            if (c == 'ß' || c == 'ς') {
                throw new AddressException(
                        AddressFault.DOMAIN_LABEL, "Write a domain with '" + c + "' in its xn-- form.");
            }
        }
        if (plain) {
            return domain;
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new AddressException(AddressFault.DOMAIN_LABEL, "The domain is not one that can be registered.");
        }
    }

    private static void checkLabel(String domain, int start, int end) throws AddressException {
        if (start == end) {
            throw new AddressException(
                    AddressFault.DOMAIN_LABEL, "In the domain a dot must stand between two other characters.");
        }
        if (end - start > LABEL_LIMIT) {
            throw new AddressException(
                    AddressFault.DOMAIN_LABEL, "A part of the domain is longer than " + LABEL_LIMIT + " characters.");
        }
        if (domain.charAt(start) == '-' || domain.charAt(end - 1) == '-') {
            throw new AddressException(AddressFault.DOMAIN_LABEL, "A part of the domain begins or ends with a hyphen.");
        }
        for (int i = start; i < end; i++) {
            char c = domain.charAt(i);
            if (c != '-' && !isAsciiLetterOrDigit(c)) {
                throw new AddressException(AddressFault.DOMAIN_LABEL, "'" + c + "' may not stand in a domain.");
            }
        }
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isPadding(text.charAt(start))) {
            start++;
        }
        while (end > start && isPadding(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isPadding(char c) {
        return isBlank(c) || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isInvisible(String text, int index) {
        char c = text.charAt(index);
        if (c > ' ' && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SURROGATE -> isUnpaired(text, index);
            default -> false;
        };
    }

    private static boolean isUnpaired(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
