package app.mailroom.recipients;

import java.nio.file.Path;

/** Where recipients are taken from. */
public sealed interface RecipientSource {
    /** A file on disk: delimited text or an Excel workbook. */
    record OfFile(Path path) implements RecipientSource {
        @Override
        public String name() {
            return String.valueOf(path.getFileName());
        }
    }

    /** Text that was copied elsewhere, as spreadsheet programs and tables give it. */
    record OfText(String text) implements RecipientSource {
        @Override
        public String name() {
            return "";
        }
    }

    /** The file's name; empty for text. */
    String name();
}
