package app.mailroom.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A copy of a workspace's database.
 *
 * @param name by which people choose it; unique in a workspace
 * @param contents what is in it; empty where it cannot be read
 */
public record BackupCopy(String name, Path file, Kind kind, Instant madeAt, long bytes, Optional<Contents> contents) {
    /** Why it was made. */
    public enum Kind {
        /** By itself, once a day. */
        DAILY,
        /** By a person. Stays until a person deletes it. */
        BY_HAND,
        /** By itself, before a newer program changed the file. Stays until a person deletes it. */
        BEFORE_MIGRATION
    }

    /** How much of what a person knows is in a copy. */
    public record Contents(long templates, long lists, long mailings, long messages) {}
}
