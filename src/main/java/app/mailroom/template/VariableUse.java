package app.mailroom.template;

import java.util.List;

/**
 * One variable of a template, however often it stands there.
 *
 * @param name as first written
 * @param key by which it is compared, see {@link Variables#key}
 * @param fallback what stands in for an empty value where it is first written with one, {@code ""} if nowhere
 * @param hasFallback whether every use has a fallback
 * @param spots where it stands, at least one
 */
public record VariableUse(String name, String key, String fallback, boolean hasFallback, List<Spot> spots) {}
