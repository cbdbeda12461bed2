package app.mailroom.store;

import app.mailroom.model.AddressReading;
import java.util.function.Function;

/**
 * How addresses in a sheet are read.
 *
 * @param version rises whenever the same text may be read differently, so that rows are read anew
 */
public record AddressRules(int version, Function<String, AddressReading> reading) {}
