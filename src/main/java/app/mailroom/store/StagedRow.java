package app.mailroom.store;

/** A row on its way into a list: the address as mailed and as compared, and {@link FieldValues} as JSON. */
public record StagedRow(String address, String addressKey, String fieldValues) {}
