package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMAGES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_DRAFT_IMAGES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSION_IMAGES;

import app.mailroom.model.TemplateImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** The images of versions and drafts, within the transactions of {@link TemplateStore}. A file is stored once. */
final class TemplateImages {
    private TemplateImages() {}

    static List<TemplateImage> ofVersion(DSLContext sql, long versionId) {
        return fetch(
                sql,
                TEMPLATE_VERSION_IMAGES.NAME,
                TEMPLATE_VERSION_IMAGES.HASH,
                TEMPLATE_VERSION_IMAGES.VERSION_ID,
                versionId);
    }

    static List<TemplateImage> ofDraft(DSLContext sql, long templateId) {
        return fetch(
                sql,
                TEMPLATE_DRAFT_IMAGES.NAME,
                TEMPLATE_DRAFT_IMAGES.HASH,
                TEMPLATE_DRAFT_IMAGES.TEMPLATE_ID,
                templateId);
    }

    static void addToVersion(DSLContext sql, long versionId, List<TemplateImage> images) {
        for (TemplateImage image : Set.copyOf(images)) {
            keepFile(sql, image);
            sql.insertInto(TEMPLATE_VERSION_IMAGES)
                    .set(TEMPLATE_VERSION_IMAGES.VERSION_ID, versionId)
                    .set(TEMPLATE_VERSION_IMAGES.NAME, image.name())
                    .set(TEMPLATE_VERSION_IMAGES.HASH, image.hash())
                    .execute();
        }
    }

    static void setOfDraft(DSLContext sql, long templateId, List<TemplateImage> images) {
        Map<String, String> before = sql.select(TEMPLATE_DRAFT_IMAGES.NAME, TEMPLATE_DRAFT_IMAGES.HASH)
                .from(TEMPLATE_DRAFT_IMAGES)
                .where(TEMPLATE_DRAFT_IMAGES.TEMPLATE_ID.eq(templateId))
                .fetchMap(TEMPLATE_DRAFT_IMAGES.NAME, TEMPLATE_DRAFT_IMAGES.HASH);
        Set<TemplateImage> now = Set.copyOf(images);
        // Drafts are kept every few seconds, mostly with other words and the same images.
        boolean same = now.size() == before.size()
                && now.stream().allMatch(image -> image.hash().equals(before.get(image.name())));
        if (same) {
            return;
        }
        sql.deleteFrom(TEMPLATE_DRAFT_IMAGES)
                .where(TEMPLATE_DRAFT_IMAGES.TEMPLATE_ID.eq(templateId))
                .execute();
        for (TemplateImage image : now) {
            keepFile(sql, image);
            sql.insertInto(TEMPLATE_DRAFT_IMAGES)
                    .set(TEMPLATE_DRAFT_IMAGES.TEMPLATE_ID, templateId)
                    .set(TEMPLATE_DRAFT_IMAGES.NAME, image.name())
                    .set(TEMPLATE_DRAFT_IMAGES.HASH, image.hash())
                    .execute();
        }
        removeUnused(sql);
    }

    /** Takes away the files that no version and no draft shows. */
    static void removeUnused(DSLContext sql) {
        sql.deleteFrom(IMAGES)
                .where(IMAGES.HASH
                        .notIn(DSL.select(TEMPLATE_VERSION_IMAGES.HASH).from(TEMPLATE_VERSION_IMAGES))
                        .and(IMAGES.HASH.notIn(
                                DSL.select(TEMPLATE_DRAFT_IMAGES.HASH).from(TEMPLATE_DRAFT_IMAGES))))
                .execute();
    }

    /** Files are large, so one that is there is not written again. */
    private static void keepFile(DSLContext sql, TemplateImage image) {
        if (!sql.fetchExists(IMAGES, IMAGES.HASH.eq(image.hash()))) {
            sql.insertInto(IMAGES)
                    .set(IMAGES.HASH, image.hash())
                    .set(IMAGES.CONTENT_TYPE, image.contentType())
                    .set(IMAGES.WIDTH, image.width())
                    .set(IMAGES.HEIGHT, image.height())
                    .set(IMAGES.CONTENT, image.content())
                    .execute();
        }
    }

    private static List<TemplateImage> fetch(
            DSLContext sql,
            TableField<?, String> name,
            TableField<?, String> hash,
            TableField<?, Long> owner,
            long ownerId) {
        return sql.select(name, IMAGES.CONTENT_TYPE, IMAGES.WIDTH, IMAGES.HEIGHT, IMAGES.CONTENT)
                .from(hash.getTable())
                .join(IMAGES)
                .on(IMAGES.HASH.eq(hash))
                .where(owner.eq(ownerId))
                .orderBy(name)
                .fetch(row -> new TemplateImage(
                        row.get(name),
                        row.get(IMAGES.CONTENT_TYPE),
                        row.get(IMAGES.WIDTH),
                        row.get(IMAGES.HEIGHT),
                        row.get(IMAGES.CONTENT)));
    }
}
