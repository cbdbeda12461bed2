package app.mailroom.template;

/**
 * One use of a variable in a template.
 *
 * @param name as written, without surrounding white space; compare names by {@link Variables#key}
 * @param fallback what stands in for an empty value, {@code ""} if none
 * @param hasFallback whether a fallback was written, which may be an empty one: <code>{{name|}}</code>
 */
public record Variable(String name, String fallback, boolean hasFallback) {}
