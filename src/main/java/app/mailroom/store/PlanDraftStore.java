package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLAN_DRAFTS;
import static app.mailroom.store.jooq.Tables.PLAN_DRAFT_ATTACHMENTS;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanDraft;
import app.mailroom.model.Right;
import app.mailroom.store.jooq.tables.records.PlanDraftsRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** Mailings that are being planned, until they are handed in or thrown away. */
public final class PlanDraftStore {
    /** Apart, so that a program that starts without drafts does not wait for it. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
        static final TypeReference<Map<String, String>> FORM = new TypeReference<>() {};

        private Json() {}
    }

    private final Database database;
    private final Clock clock;

    /** Drafts in the given workspace database. */
    public PlanDraftStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All of them without their attachments, the one changed last first. */
    public List<PlanDraft> list() {
        return database.read(sql -> sql.selectFrom(PLAN_DRAFTS)
                .orderBy(PLAN_DRAFTS.UPDATED_AT.desc(), PLAN_DRAFTS.ID.desc())
                .fetch(row -> draft(row, List.of())));
    }

    /** One with its attachments. */
    public Optional<PlanDraft> find(long id) {
        return database.read(sql -> sql.selectFrom(PLAN_DRAFTS)
                .where(PLAN_DRAFTS.ID.eq(id))
                .fetchOptional(row -> draft(row, attachments(sql, id))));
    }

    /** Keeps a new one and returns its id. */
    public long create(String title, Map<String, String> form) {
        return database.write(
                Right.PREPARE_MAILINGS,
                sql -> sql.insertInto(PLAN_DRAFTS)
                        .set(PLAN_DRAFTS.TITLE, title)
                        .set(PLAN_DRAFTS.FORM, toJson(form))
                        .set(PLAN_DRAFTS.CREATED_AT, clock.instant())
                        .set(PLAN_DRAFTS.UPDATED_AT, clock.instant())
                        .set(PLAN_DRAFTS.UPDATED_BY, author())
                        .returningResult(PLAN_DRAFTS.ID)
                        .fetchSingle()
                        .value1());
    }

    /** Keeps what is typed now; false if the draft does not exist any more. */
    public boolean save(long id, String title, Map<String, String> form) {
        return database.write(
                Right.PREPARE_MAILINGS,
                sql -> sql.update(PLAN_DRAFTS)
                                .set(PLAN_DRAFTS.TITLE, title)
                                .set(PLAN_DRAFTS.FORM, toJson(form))
                                .set(PLAN_DRAFTS.UPDATED_AT, clock.instant())
                                .set(PLAN_DRAFTS.UPDATED_BY, author())
                                .where(PLAN_DRAFTS.ID.eq(id))
                                .execute()
                        > 0);
    }

    /** Keeps which files are attached now, in their order; false if the draft does not exist any more. */
    public boolean saveAttachments(long id, List<Attachment> attachments) {
        return database.write(Right.PREPARE_MAILINGS, sql -> {
            int there = sql.update(PLAN_DRAFTS)
                    .set(PLAN_DRAFTS.UPDATED_AT, clock.instant())
                    .where(PLAN_DRAFTS.ID.eq(id))
                    .execute();
            if (there == 0) {
                return false;
            }
            sql.deleteFrom(PLAN_DRAFT_ATTACHMENTS)
                    .where(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID.eq(id))
                    .execute();
            insertAttachments(sql, id, attachments);
            return true;
        });
    }

    /** Throws one away; nothing happens if it is gone. */
    public void delete(long id) {
        database.change(
                Right.PREPARE_MAILINGS,
                sql -> sql.deleteFrom(PLAN_DRAFTS).where(PLAN_DRAFTS.ID.eq(id)).execute());
    }

    /**
     * Brings back what was thrown away a moment ago, under its number and in its place in the list. Where there is one of
     * this number already, that one is newer and stays.
     */
    public void restore(PlanDraft draft) {
        database.change(Right.PREPARE_MAILINGS, sql -> {
            int inserted = sql.insertInto(PLAN_DRAFTS)
                    .set(PLAN_DRAFTS.ID, draft.id())
                    .set(PLAN_DRAFTS.TITLE, draft.title())
                    .set(PLAN_DRAFTS.FORM, toJson(draft.form()))
                    .set(PLAN_DRAFTS.CREATED_AT, draft.updatedAt())
                    .set(PLAN_DRAFTS.UPDATED_AT, draft.updatedAt())
                    .set(PLAN_DRAFTS.UPDATED_BY, author())
                    .onConflictDoNothing()
                    .execute();
            if (inserted > 0) {
                insertAttachments(sql, draft.id(), draft.attachments());
            }
        });
    }

    private String author() {
        return database.access().actor().name();
    }

    private static void insertAttachments(DSLContext sql, long id, List<Attachment> attachments) {
        for (int i = 0; i < attachments.size(); i++) {
            Attachment file = attachments.get(i);
            sql.insertInto(PLAN_DRAFT_ATTACHMENTS)
                    .set(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID, id)
                    .set(PLAN_DRAFT_ATTACHMENTS.POSITION, i)
                    .set(PLAN_DRAFT_ATTACHMENTS.FILE_NAME, file.fileName())
                    .set(PLAN_DRAFT_ATTACHMENTS.CONTENT_TYPE, file.contentType())
                    .set(PLAN_DRAFT_ATTACHMENTS.CONTENT, file.content())
                    .execute();
        }
    }

    private static List<Attachment> attachments(DSLContext sql, long id) {
        return sql.selectFrom(PLAN_DRAFT_ATTACHMENTS)
                .where(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID.eq(id))
                .orderBy(PLAN_DRAFT_ATTACHMENTS.POSITION)
                .fetch(row -> new Attachment(row.getFileName(), row.getContentType(), row.getContent()));
    }

    private static PlanDraft draft(PlanDraftsRecord row, List<Attachment> attachments) {
        return new PlanDraft(row.getId(), row.getTitle(), fromJson(row.getForm()), attachments, row.getUpdatedAt());
    }

    static String toJson(Map<String, String> form) {
        try {
            return Json.MAPPER.writeValueAsString(form);
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot write the form of a draft", e);
        }
    }

    static Map<String, String> fromJson(String form) {
        try {
            return Json.MAPPER.readValue(form, Json.FORM);
        } catch (JsonProcessingException e) {
            throw new StoreException("cannot read the form of a draft", e);
        }
    }
}
