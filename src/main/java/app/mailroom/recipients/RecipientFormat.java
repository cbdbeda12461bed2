package app.mailroom.recipients;

import java.nio.charset.Charset;
import java.util.List;

/** How a file of recipients is written. */
public sealed interface RecipientFormat {
    /** Delimited text. */
    record Text(Charset charset, char delimiter) implements RecipientFormat {}

    /** An Excel workbook, of which one sheet is read. */
    record Workbook(String sheet, List<SheetName> sheets) implements RecipientFormat {}

    /** A sheet of a workbook. The hidden ones stand last. */
    record SheetName(String name, boolean hidden) {}
}
