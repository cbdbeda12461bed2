package app.mailroom.model;

import java.time.Instant;

/**
 * What a person was writing when it was last kept. It becomes a version when it is saved.
 *
 * @param basedOn the version from which the writing began
 */
public record TemplateDraft(long templateId, long basedOn, TemplateContent content, Instant savedAt, String savedBy) {}
