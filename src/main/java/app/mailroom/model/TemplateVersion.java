package app.mailroom.model;

import java.time.Instant;

/**
 * One saved state of a template, without its images. Versions are never changed, so a mailing can rely on the one it was
 * planned with.
 */
public record TemplateVersion(
        long id,
        long templateId,
        int number,
        String subject,
        String preheader,
        String html,
        Instant createdAt,
        String createdBy) {}
