package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.TEMPLATES;
import static app.mailroom.store.jooq.Tables.TEMPLATE_VERSIONS;

import app.mailroom.model.Template;
import app.mailroom.model.TemplateVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Templates and every version that was saved of them. */
public final class TemplateStore {
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
    public long create(String name, String subject, String preheader, String html, String author) {
        return database.write(sql -> {
            refuseTakenName(sql, name, 0);
            Instant now = clock.instant();
            long id = sql.insertInto(TEMPLATES)
                    .set(TEMPLATES.NAME, name)
                    .set(TEMPLATES.CREATED_AT, now)
                    .set(TEMPLATES.UPDATED_AT, now)
                    .returning(TEMPLATES.ID)
                    .fetchSingle(TEMPLATES.ID);
            addVersion(sql, id, new TemplateVersion(0, id, 1, subject, preheader, html, now, author));
            return id;
        });
    }

    /** Saves a further version, which is then the newest. */
    public TemplateVersion save(long templateId, String subject, String preheader, String html, String author) {
        return database.write(sql -> {
            Instant now = clock.instant();
            Integer newest = sql.select(DSL.max(TEMPLATE_VERSIONS.NUMBER))
                    .from(TEMPLATE_VERSIONS)
                    .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                    .fetchSingle(0, Integer.class);
            sql.update(TEMPLATES)
                    .set(TEMPLATES.UPDATED_AT, now)
                    .where(TEMPLATES.ID.eq(templateId))
                    .execute();
            return addVersion(
                    sql,
                    templateId,
                    new TemplateVersion(0, templateId, newest + 1, subject, preheader, html, now, author));
        });
    }

    /**
     * Gives a template another name.
     *
     * @throws NameTakenException when another has it
     */
    public void rename(long templateId, String name) {
        database.change(sql -> {
            refuseTakenName(sql, name, templateId);
            sql.update(TEMPLATES)
                    .set(TEMPLATES.NAME, name)
                    .set(TEMPLATES.UPDATED_AT, clock.instant())
                    .where(TEMPLATES.ID.eq(templateId))
                    .execute();
        });
    }

    /** Takes a template out of use, or back into it. */
    public void archive(long templateId, boolean archived) {
        database.change(sql -> sql.update(TEMPLATES)
                .set(TEMPLATES.ARCHIVED_AT, archived ? clock.instant() : null)
                .where(TEMPLATES.ID.eq(templateId))
                .execute());
    }

    /** One version, whichever template it belongs to. */
    public Optional<TemplateVersion> version(long versionId) {
        return database.read(sql -> sql.selectFrom(TEMPLATE_VERSIONS)
                .where(TEMPLATE_VERSIONS.ID.eq(versionId))
                .fetchOptional(TemplateStore::version));
    }

    /** All versions of a template, the newest first. */
    public List<TemplateVersion> versions(long templateId) {
        return database.read(sql -> sql.selectFrom(TEMPLATE_VERSIONS)
                .where(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(templateId))
                .orderBy(TEMPLATE_VERSIONS.NUMBER.desc())
                .fetch(TemplateStore::version));
    }

    private static TemplateVersion addVersion(DSLContext sql, long templateId, TemplateVersion version) {
        long id = sql.insertInto(TEMPLATE_VERSIONS)
                .set(TEMPLATE_VERSIONS.TEMPLATE_ID, templateId)
                .set(TEMPLATE_VERSIONS.NUMBER, version.number())
                .set(TEMPLATE_VERSIONS.SUBJECT, version.subject())
                .set(TEMPLATE_VERSIONS.PREHEADER, version.preheader())
                .set(TEMPLATE_VERSIONS.HTML, version.html())
                .set(TEMPLATE_VERSIONS.CREATED_AT, version.createdAt())
                .set(TEMPLATE_VERSIONS.CREATED_BY, version.createdBy())
                .returning(TEMPLATE_VERSIONS.ID)
                .fetchSingle(TEMPLATE_VERSIONS.ID);
        return new TemplateVersion(
                id,
                templateId,
                version.number(),
                version.subject(),
                version.preheader(),
                version.html(),
                version.createdAt(),
                version.createdBy());
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
                .from(TEMPLATES)
                .join(TEMPLATE_VERSIONS)
                .on(TEMPLATE_VERSIONS.TEMPLATE_ID.eq(TEMPLATES.ID).and(TEMPLATE_VERSIONS.NUMBER.eq(newest)))
                .where(condition)
                .orderBy(TEMPLATES.UPDATED_AT.desc(), TEMPLATES.ID.desc())
                .fetch(row -> new Template(
                        row.get(TEMPLATES.ID),
                        row.get(TEMPLATES.NAME),
                        row.get(TEMPLATES.UPDATED_AT),
                        row.get(TEMPLATES.ARCHIVED_AT) != null,
                        version(row)));
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
