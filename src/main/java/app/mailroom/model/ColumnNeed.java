package app.mailroom.model;

/**
 * A column that a template needs.
 *
 * @param name the variable as its author wrote it
 * @param key by which it is compared with the variables of columns
 * @param required whether it has no fallback somewhere, so that an empty value cannot be mailed
 */
public record ColumnNeed(String name, String key, boolean required) {}
