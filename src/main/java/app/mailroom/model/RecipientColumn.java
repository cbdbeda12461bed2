package app.mailroom.model;

/** A column of a list: slot is where its value stands in a row, name what the header says, variable the name a template calls it by. */
public record RecipientColumn(int slot, int position, String name, String variable) {}
