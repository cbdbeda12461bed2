package app.mailroom.recipients;

/** Why a text is not an address that can be mailed. The names are stored with import problems, so they stay as they are. */
public enum AddressFault {
    /** Nothing, or only blanks. */
    EMPTY,
    /** No at sign. */
    NO_AT,
    /** More than one at sign in what is otherwise one address. */
    SEVERAL_ATS,
    /** Two or more addresses in one field. */
    SEVERAL_ADDRESSES,
    /** A name with the address in angle brackets. */
    NAME_AND_ADDRESS,
    /** A quotation mark; Amazon SES takes quoted local parts, hardly any mailbox has one. */
    QUOTED,
    /** A blank within the address. */
    SPACE,
    /** A line break, control character, zero-width character or half of a surrogate pair within the address. */
    INVISIBLE_CHARACTER,
    /** Nothing before the at sign. */
    LOCAL_EMPTY,
    /** A character before the at sign that is not ASCII; Amazon SES refuses those. */
    LOCAL_NOT_ASCII,
    /** A character or a dot before the at sign that may not stand there. */
    LOCAL_SYNTAX,
    /** More than 64 characters before the at sign. */
    LOCAL_TOO_LONG,
    /** Nothing after the at sign. */
    DOMAIN_EMPTY,
    /** A domain without a dot. */
    DOMAIN_NO_DOT,
    /** A part of the domain that is empty, too long or has a character that may not stand there. */
    DOMAIN_LABEL,
    /** A domain of more than 253 characters. */
    DOMAIN_TOO_LONG,
    /** An IP address instead of a domain. */
    DOMAIN_IS_IP,
    /** More than 254 characters in all. */
    TOO_LONG
}
