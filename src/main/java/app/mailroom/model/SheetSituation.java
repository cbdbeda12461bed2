package app.mailroom.model;

import java.util.Set;

/**
 * On what the marks of a sheet depend beside its rows.
 *
 * @param world in which new mailings go out
 * @param requiredSlots of the columns whose values the template needs, having no fallback
 */
public record SheetSituation(World world, Set<Integer> requiredSlots) {}
