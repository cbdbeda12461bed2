package app.mailroom.store;

import java.util.Optional;

/**
 * A row on its way into a list: the address as mailed and as compared, {@link FieldValues} as JSON, and the address that
 * was probably meant, where this one is likely mistyped.
 */
public record StagedRow(String address, String addressKey, String fieldValues, Optional<String> meant) {
    /** A row with nothing to suspect. */
    public StagedRow(String address, String addressKey, String fieldValues) {
        this(address, addressKey, fieldValues, Optional.empty());
    }
}
