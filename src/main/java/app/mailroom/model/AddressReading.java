package app.mailroom.model;

import java.util.Optional;

/**
 * What stands in an address cell, read. Either key or fault is there.
 *
 * @param address as mailed; as typed, without blanks around it, where it cannot be mailed
 * @param key as compared with others
 * @param fault a stable code of why it cannot be mailed
 * @param meant the address that was probably meant, where this one is likely mistyped
 */
public record AddressReading(String address, Optional<String> key, Optional<String> fault, Optional<String> meant) {}
