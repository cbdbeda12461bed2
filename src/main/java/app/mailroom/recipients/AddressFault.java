package app.mailroom.recipients;

/** Why a text is not an address that can be mailed. */
public enum AddressFault {
    EMPTY,
    NO_AT,
    SEVERAL_ADDRESSES,
    SEVERAL_ATS,
    SPACE,
    LOCAL_EMPTY,
    LOCAL_NOT_ASCII,
    LOCAL_SYNTAX,
    LOCAL_TOO_LONG,
    DOMAIN_EMPTY,
    DOMAIN_NO_DOT,
    DOMAIN_LABEL,
    DOMAIN_TOO_LONG,
    TOO_LONG
}
