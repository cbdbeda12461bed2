package app.mailroom.model;

import java.util.List;

/** A row of a list: the address as mailed, and the values by slot. */
public record RecipientRow(long id, String address, List<String> values) {}
