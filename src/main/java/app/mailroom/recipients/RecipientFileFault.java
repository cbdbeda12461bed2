package app.mailroom.recipients;

/** Why a file as a whole cannot be read as a recipient list. */
public enum RecipientFileFault {
    /** No text in it. */
    EMPTY,
    /** A format that is neither delimited text nor an Excel workbook. */
    NOT_TEXT,
    /** A workbook in the format that Excel wrote until 2003. */
    OLD_WORKBOOK,
    /** A workbook that opens with a password only. */
    ENCRYPTED,
    /** A workbook that is broken, or no workbook after all. */
    DAMAGED,
    /** A workbook that unpacks to more than there is room for. */
    TOO_LARGE,
    /** The workbook has no such sheet. */
    NO_SHEET,
    /** Bytes that are not text in the encoding. */
    ENCODING,
    /** The first line holds a recipient where the column names should be. */
    NO_HEADER,
    /** No column with addresses. */
    NO_ADDRESS_COLUMN,
    /** A column of the list that was to take one of the file's is no longer there. */
    COLUMN_GONE,
    /** So many records with broken quotation marks that the rest cannot be trusted. */
    QUOTES
}
