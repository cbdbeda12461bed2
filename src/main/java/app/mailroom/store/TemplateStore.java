package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.TEMPLATES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_DRAFTS;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;

import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateDraft;
import app.mailroom.model.TemplateVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Templates, every version that was saved of them, and what is being written of them. */
public final class TemplateStore {
    private static final String TEMPLATE = "template";

    private final Database database;
    private final Clock clock;

    /** Templates in the given workspace database. */
    public TemplateStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All templates, the last changed first. */
    public List<Template> list() {
        return database.read(sql -> select(sql, DSL.noCondition()));
    }

    /** The template with this id. */
    public Optional<Template> find(long id) {
        return database.read(sql -> select(sql, TEMPLATES.ID.eq(id)).stream().findFirst());
    }

    /** The template with exactly this name. */
    public Optional<Template> findByName(String name) {
        return database.read(
                sql -> select(sql, TEMPLATES.NAME.eq(name)).stream().findFirst());
    }

    /**
     * Makes a template with its first version and returns its id.
     *
     * @throws NameTakenException when another has the name
     */
    public long create(String name, TemplateContent content, String author) {
        return database.write(Right.EDIT_TEMPLATES, sql -> {
            refuseTakenName(sql, name, 0);
            Instant now = clock.instant();
            long id = sql.insertInto(TEMPLATES)
                    .set(TEMPLATES.NAME, name)
                    .set(TEMPLATES.CREATED_AT, now)
                    .set(TEMPLATES.UPDATED_AT, now)
                    .returning(TEMPLATES.ID)
                    .fetchSingle(TEMPLATES.ID);
            addVersion(sql, id, 1, content, author);
            tell(sql, AuditAction.TEMPLATE_MADE, id, name, "");
            return id;
        });
    }

    /**
     * Saves a further version, which is then the newest. A draft of the template is gone with it.
     *
     * @throws NoSuchTemplateException when it was deleted meanwhile
     */
    public TemplateVersion save(long templateId, TemplateContent content, String author) {
        return database.write(Right.EDIT_TEMPLATES, sql -> {
            String name = nameOf(sql, templateId);
            Integer newest = sql.select(DSL.max(TEMPLATE_VERSIONS.NUMBER))
                    .from(TEMPLATE_VERSIONS)
                    .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                    .fetchSingle(0, Integer.class);
            sql.update(TEMPLATES)
                    .set(TEMPLATES.UPDATED_AT, clock.instant())
                    .where(TEMPLATES.ID.eq(templateId))
                    .execute();
            TemplateVersion version = addVersion(sql, templateId, newest + 1, content, author);
            removeDraft(sql, templateId);
            TemplateImages.removeUnused(sql);
            AuditStore.tellOnce(
                    sql,
                    database,
                    clock,
                    AuditAction.TEMPLATE_CHANGED,
                    AuditStore.subject(TEMPLATE, templateId, name),
                    "");
            return version;
        });
    }

    /**
     * Makes a template of the newest version of another, and returns its id.
     *
     * @throws NameTakenException when there is one of that name
     * @throws NoSuchTemplateException when it was deleted meanwhile
     */
    public long duplicate(long templateId, String name, String author) {
        TemplateContent content = find(templateId)
                .flatMap(original -> content(original.newest().id()))
                .orElseThrow(() -> new NoSuchTemplateException(templateId));
        return create(name, content, author);
    }

    /**
     * Gives a template another name.
     *
     * @throws NameTakenException when another has it
     */
    public void rename(long templateId, String name) {
        database.change(Right.EDIT_TEMPLATES, sql -> {
            refuseTakenName(sql, name, templateId);
            find(sql, templateId).ifPresent(before -> {
                sql.update(TEMPLATES)
                        .set(TEMPLATES.NAME, name)
                        .set(TEMPLATES.UPDATED_AT, clock.instant())
                        .where(TEMPLATES.ID.eq(templateId))
                        .execute();
                tell(sql, AuditAction.TEMPLATE_RENAMED, templateId, name, "before “" + before + "”");
            });
        });
    }

    /** Takes a template out of use, or back into it. */
    public void archive(long templateId, boolean archived) {
        AuditAction action = archived ? AuditAction.TEMPLATE_ARCHIVED : AuditAction.TEMPLATE_RESTORED;
        database.change(
                Right.EDIT_TEMPLATES,
                sql -> find(sql, templateId).ifPresent(name -> {
                    sql.update(TEMPLATES)
                            .set(TEMPLATES.ARCHIVED_AT, archived ? clock.instant() : null)
                            .where(TEMPLATES.ID.eq(templateId))
                            .execute();
                    tell(sql, action, templateId, name, "");
                }));
    }

    /**
     * Takes a template away with all its versions and images, for good.
     *
     * @throws TemplateInUseException when a mailing was made with any of its versions, however long ago: its messages
     *     could not be shown any more
     */
    public void delete(long templateId) {
        database.change(Right.EDIT_TEMPLATES, sql -> {
            List<String> mailings = sql.select(PLANS.TITLE)
                    .from(PLANS)
                    .join(TEMPLATE_VERSIONS)
                    .on(PLANS.TEMPLATE_VERSION_ID.eq(TEMPLATE_VERSIONS.ID))
                    .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                    .orderBy(PLANS.ID.desc())
                    .fetch(PLANS.TITLE);
            if (!mailings.isEmpty()) {
                throw new TemplateInUseException(mailings);
            }
            find(sql, templateId).ifPresent(name -> tell(sql, AuditAction.TEMPLATE_DELETED, templateId, name, ""));
            removeDraft(sql, templateId);
            sql.deleteFrom(TEMPLATE_VERSIONS)
                    .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                    .execute();
            sql.deleteFrom(TEMPLATES).where(TEMPLATES.ID.eq(templateId)).execute();
            TemplateImages.removeUnused(sql);
        });
    }

    /** One version, whichever template it belongs to. */
    public Optional<TemplateVersion> version(long versionId) {
        return database.read(sql -> version(sql, versionId));
    }

    /** One version with its images. */
    public Optional<TemplateContent> content(long versionId) {
        return database.read(sql -> version(sql, versionId)
                .map(version -> new TemplateContent(
                        version.subject(),
                        version.preheader(),
                        version.html(),
                        TemplateImages.ofVersion(sql, versionId))));
    }

    /** All versions of a template, the newest first. */
    public List<TemplateVersion> versions(long templateId) {
        return database.read(sql -> sql.selectFrom(TEMPLATE_VERSIONS)
                .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                .orderBy(TEMPLATE_VERSIONS.NUMBER.desc())
                .fetch(TemplateStore::version));
    }

    /**
     * Keeps what is being written, in place of what was kept before.
     *
     * @param basedOn the version from which the writing began
     * @throws NoSuchTemplateException when the template was deleted meanwhile
     */
    public void keepDraft(long templateId, long basedOn, TemplateContent content, String author) {
        database.change(Right.EDIT_TEMPLATES, sql -> {
            nameOf(sql, templateId);
            Instant now = clock.instant();
            sql.insertInto(TEMPLATE_DRAFTS)
                    .set(TEMPLATE_DRAFTS.TEMPLATE_ID, templateId)
                    .set(TEMPLATE_DRAFTS.VERSION_ID, basedOn)
                    .set(TEMPLATE_DRAFTS.SUBJECT, content.subject())
                    .set(TEMPLATE_DRAFTS.PREHEADER, content.preheader())
                    .set(TEMPLATE_DRAFTS.HTML, content.html())
                    .set(TEMPLATE_DRAFTS.SAVED_AT, now)
                    .set(TEMPLATE_DRAFTS.SAVED_BY, author)
                    .onConflict(TEMPLATE_DRAFTS.TEMPLATE_ID)
                    .doUpdate()
                    .set(TEMPLATE_DRAFTS.VERSION_ID, basedOn)
                    .set(TEMPLATE_DRAFTS.SUBJECT, content.subject())
                    .set(TEMPLATE_DRAFTS.PREHEADER, content.preheader())
                    .set(TEMPLATE_DRAFTS.HTML, content.html())
                    .set(TEMPLATE_DRAFTS.SAVED_AT, now)
                    .set(TEMPLATE_DRAFTS.SAVED_BY, author)
                    .execute();
            TemplateImages.setOfDraft(sql, templateId, content.images());
        });
    }

    /** What was being written of a template and is not saved as a version. */
    public Optional<TemplateDraft> draft(long templateId) {
        // In a transaction, because whoever keeps it again meanwhile changes its text and its images together. It only
        // reads, which takes no right.
        return database.writeUnasked(sql -> sql.selectFrom(TEMPLATE_DRAFTS)
                .where(TEMPLATE_DRAFTS.TEMPLATE_ID.eq(templateId))
                .fetchOptional(row -> new TemplateDraft(
                        templateId,
                        row.getVersionId(),
                        new TemplateContent(
                                row.getSubject(),
                                row.getPreheader(),
                                row.getHtml(),
                                TemplateImages.ofDraft(sql, templateId)),
                        row.getSavedAt(),
                        row.getSavedBy())));
    }

    /** Forgets what was being written. */
    public void dropDraft(long templateId) {
        database.change(Right.EDIT_TEMPLATES, sql -> {
            removeDraft(sql, templateId);
            TemplateImages.removeUnused(sql);
        });
    }

    private static void removeDraft(DSLContext sql, long templateId) {
        sql.deleteFrom(TEMPLATE_DRAFTS)
                .where(TEMPLATE_DRAFTS.TEMPLATE_ID.eq(templateId))
                .execute();
    }

    private TemplateVersion addVersion(
            DSLContext sql, long templateId, int number, TemplateContent content, String author) {
        Instant now = clock.instant();
        long id = sql.insertInto(TEMPLATE_VERSIONS)
                .set(TEMPLATE_VERSIONS.TEMPLATE_ID, templateId)
                .set(TEMPLATE_VERSIONS.NUMBER, number)
                .set(TEMPLATE_VERSIONS.SUBJECT, content.subject())
                .set(TEMPLATE_VERSIONS.PREHEADER, content.preheader())
                .set(TEMPLATE_VERSIONS.HTML, content.html())
                .set(TEMPLATE_VERSIONS.CREATED_AT, now)
                .set(TEMPLATE_VERSIONS.CREATED_BY, author)
                .returning(TEMPLATE_VERSIONS.ID)
                .fetchSingle(TEMPLATE_VERSIONS.ID);
        TemplateImages.addToVersion(sql, id, content.images());
        return new TemplateVersion(
                id, templateId, number, content.subject(), content.preheader(), content.html(), now, author);
    }

    private void tell(DSLContext sql, AuditAction action, long templateId, String name, String detail) {
        AuditStore.tell(sql, database, clock, action, AuditStore.subject(TEMPLATE, templateId, name), detail);
    }

    private static Optional<String> find(DSLContext sql, long templateId) {
        return sql.select(TEMPLATES.NAME)
                .from(TEMPLATES)
                .where(TEMPLATES.ID.eq(templateId))
                .fetchOptional(TEMPLATES.NAME);
    }

    private static String nameOf(DSLContext sql, long templateId) {
        return find(sql, templateId).orElseThrow(() -> new NoSuchTemplateException(templateId));
    }

    private static void refuseTakenName(DSLContext sql, String name, long exceptId) {
        if (sql.fetchExists(TEMPLATES, TEMPLATES.NAME.eq(name).and(TEMPLATES.ID.ne(exceptId)))) {
            throw new NameTakenException(name);
        }
    }

    private static List<Template> select(DSLContext sql, Condition condition) {
        var newest = DSL.select(DSL.max(TEMPLATE_VERSIONS.as("v").NUMBER))
                .from(TEMPLATE_VERSIONS.as("v"))
                .where(TEMPLATE_VERSIONS.as("v").TEMPLATE_ID.eq(TEMPLATES.ID));
        return sql.select(TEMPLATES.fields())
                .select(TEMPLATE_VERSIONS.fields())
                .select(TEMPLATE_DRAFTS.SAVED_AT)
                .from(TEMPLATES)
                .join(TEMPLATE_VERSIONS)
                .on(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(TEMPLATES.ID).and(TEMPLATE_VERSIONS.NUMBER.eq(newest)))
                .leftJoin(TEMPLATE_DRAFTS)
                .on(TEMPLATE_DRAFTS.TEMPLATE_ID.eq(TEMPLATES.ID))
                .where(condition)
                .orderBy(TEMPLATES.UPDATED_AT.desc(), TEMPLATES.ID.desc())
                .fetch(row -> new Template(
                        row.get(TEMPLATES.ID),
                        row.get(TEMPLATES.NAME),
                        row.get(TEMPLATES.UPDATED_AT),
                        row.get(TEMPLATES.ARCHIVED_AT) != null,
                        row.get(TEMPLATE_DRAFTS.SAVED_AT) != null,
                        version(row)));
    }

    private static Optional<TemplateVersion> version(DSLContext sql, long versionId) {
        return sql.selectFrom(TEMPLATE_VERSIONS)
                .where(TEMPLATE_VERSIONS.ID.eq(versionId))
                .fetchOptional(TemplateStore::version);
    }

    private static TemplateVersion version(Record row) {
        return new TemplateVersion(
                row.get(TEMPLATE_VERSIONS.ID),
                row.get(TEMPLATE_VERSIONS.TEMPLATE_ID),
                row.get(TEMPLATE_VERSIONS.NUMBER),
                row.get(TEMPLATE_VERSIONS.SUBJECT),
                row.get(TEMPLATE_VERSIONS.PREHEADER),
                row.get(TEMPLATE_VERSIONS.HTML),
                row.get(TEMPLATE_VERSIONS.CREATED_AT),
                row.get(TEMPLATE_VERSIONS.CREATED_BY));
    }
}
