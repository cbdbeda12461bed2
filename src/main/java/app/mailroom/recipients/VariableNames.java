package app.mailroom.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.template.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** From what a header says to the name by which a template calls the column. */
public final class VariableNames {
    /** The variable of the address column, whatever its header says. */
    public static final String ADDRESS = RecipientColumn.ADDRESS;

    private VariableNames() {}

    /** The name by which templates call a column with this header; the rule is theirs. */
    public static String of(String header) {
        return Variables.key(header);
    }

    /**
     * A different name for each column: the address column is {@code email}, the third column without a header is
     * {@code column_3} if it is the third of the file, and a repeated header gets {@code _2}, {@code _3} and so on.
     */
    static List<String> ofHeader(List<String> header, int addressSlot) {
        Set<String> taken = new HashSet<>(Set.of(ADDRESS));
        List<String> names = new ArrayList<>();
        for (int slot = 0; slot < header.size(); slot++) {
            if (slot == addressSlot) {
                names.add(ADDRESS);
                continue;
            }
            String said = of(header.get(slot));
            String wanted = said.isEmpty() ? "column_" + (slot + 1) : said;
            String name = wanted;
            for (int i = 2; !taken.add(name); i++) {
                name = wanted + "_" + i;
            }
            names.add(name);
        }
        return names;
    }
}
