package app.mailroom.recipients;

/** Why a file as a whole cannot be read as a recipient list. */
public enum RecipientFileFault {
    /** No text in it. */
    EMPTY,
    /** A spreadsheet program's own format or another binary file. */
    NOT_TEXT,
    /** Bytes that are not text in the encoding. */
    ENCODING,
    /** The first line holds a recipient where the column names should be. */
    NO_HEADER,
    /** No column with addresses. */
    NO_ADDRESS_COLUMN,
    /** So many records with broken quotation marks that the rest cannot be trusted. */
    QUOTES
}
