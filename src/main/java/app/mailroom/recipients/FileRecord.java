package app.mailroom.recipients;

import java.util.List;

/**
 * A record of a file and the line on which it begins, as an editor counts. Of a broken one, whose quotation marks do
 * not match, the only field is the line itself, cut.
 */
record FileRecord(long line, List<String> fields, boolean broken) {
    boolean isBlank() {
        for (String field : fields) {
            if (!field.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
