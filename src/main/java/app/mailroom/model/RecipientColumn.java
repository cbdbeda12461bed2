package app.mailroom.model;

import java.util.List;
import java.util.OptionalInt;

/** A column of a list: slot is where its value stands in a row, name what the header says, variable the name a template calls it by. */
public record RecipientColumn(int slot, int position, String name, String variable) {
    /** The variable of the column that holds the addresses, whatever its header says. */
    public static final String ADDRESS = "email";

    /** Whether it holds the addresses. */
    public boolean holdsAddresses() {
        return variable.equals(ADDRESS);
    }

    /** The slot of the column among these that holds the addresses. */
    public static OptionalInt addressSlot(List<RecipientColumn> columns) {
        return columns.stream()
                .filter(RecipientColumn::holdsAddresses)
                .mapToInt(RecipientColumn::slot)
                .findFirst();
    }
}
