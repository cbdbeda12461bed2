package app.mailroom.model;

import java.util.List;

/** A row of a list that can be mailed: where it stands, the address as mailed, and the values by slot. */
public record RecipientRow(long id, long rank, String address, List<String> values) {}
