package app.mailroom.model;

import java.time.Instant;

/** A template and its newest version. Archived ones keep their versions but are not offered. */
public record Template(long id, String name, Instant updatedAt, boolean archived, TemplateVersion newest) {}
