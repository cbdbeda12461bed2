package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMPORT_PROBLEMS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_DRAFTS;
import static app.mailroom.store.jooq.Tables.PLAN_DRAFT_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PRACTICE_MAIL;
import static app.mailroom.store.jooq.Tables.PRACTICE_QUEUE;
import static app.mailroom.store.jooq.Tables.QUARANTINED_EVENTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SETTINGS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;

import app.mailroom.model.RecipientColumn;
import app.mailroom.store.jooq.tables.records.ImportProblemsRecord;
import app.mailroom.store.jooq.tables.records.MessageEventsRecord;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.PlanDraftsRecord;
import app.mailroom.store.jooq.tables.records.QuarantinedEventsRecord;
import app.mailroom.store.jooq.tables.records.RecipientRowsRecord;
import app.mailroom.store.jooq.tables.records.SettingsRecord;
import app.mailroom.store.jooq.tables.records.SheetEditRowsRecord;
import app.mailroom.store.jooq.tables.records.SheetEditsRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Every place where a person's address can lie, and how to tell what is the person's own from what belongs to somebody
 * else and only mentions the address.
 */
final class PersonSearch {
    /** What the window remembers; the sender's own address is not a recipient's. */
    private static final String REMEMBERED = "ui.";

    private static final Set<String> SENDERS_OWN = Set.of("ui.from_address", "ui.from_name", "ui.reply_to");

    /** A list, finished or not, with the names of its columns by slot. */
    record Listing(long id, String name, int addressSlot, Map<Integer, String> columns) {}

    final AddressTrace trace;

    PersonSearch(AddressTrace trace) {
        this.trace = trace;
    }

    List<Listing> lists(DSLContext sql) {
        return sql.select(RECIPIENT_LISTS.ID, RECIPIENT_LISTS.NAME)
                .from(RECIPIENT_LISTS)
                .orderBy(RECIPIENT_LISTS.ID)
                .fetch(row -> listing(sql, row));
    }

    private static Listing listing(DSLContext sql, Record2<Long, String> list) {
        var columns = sql.selectFrom(RECIPIENT_COLUMNS)
                .where(RECIPIENT_COLUMNS.LIST_ID.eq(list.value1()))
                .orderBy(RECIPIENT_COLUMNS.SLOT)
                .fetch();
        int addressSlot = columns.stream()
                .filter(column -> column.getVariable().equals(RecipientColumn.ADDRESS))
                .mapToInt(column -> column.getSlot())
                .findFirst()
                .orElse(0);
        return new Listing(
                list.value1(),
                list.value2(),
                addressSlot,
                columns.intoMap(RECIPIENT_COLUMNS.SLOT, RECIPIENT_COLUMNS.NAME));
    }

    /** The person's own rows. */
    List<RecipientRowsRecord> rows(DSLContext sql, long listId) {
        List<RecipientRowsRecord> found = new ArrayList<>();
        found.addAll(sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.ADDRESS_KEY.eq(trace.key()))
                .fetch());
        found.addAll(sql.selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.REPEATS_KEY.eq(trace.key()))
                .orderBy(RECIPIENT_ROWS.RANK)
                .fetch());
        found.addAll(sql
                .selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(RECIPIENT_ROWS.FAULT.isNotNull())
                .and(trace.maybe(RECIPIENT_ROWS.ADDRESS))
                // Sorted here: by rank the database would walk the whole list instead of the few rows with a fault.
                .fetch()
                .stream()
                .filter(this::isOwn)
                .sorted(Comparator.comparing(RecipientRowsRecord::getRank))
                .toList());
        return found;
    }

    /** A row whose address cannot be mailed is the person's where it names nobody else. */
    boolean isOwn(RecipientRowsRecord row) {
        return trace.key().equals(row.getAddressKey())
                || trace.key().equals(row.getRepeatsKey())
                || (row.getFault() != null && trace.isAll(row.getAddress()));
    }

    /** Rows of others with the address in them, or for whom it was probably meant. */
    List<RecipientRowsRecord> rowsMentioning(DSLContext sql, long listId) {
        return sql
                .selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                .and(trace.maybe(RECIPIENT_ROWS.FIELD_VALUES).or(trace.maybe(RECIPIENT_ROWS.MEANT)))
                .orderBy(RECIPIENT_ROWS.RANK)
                .fetch()
                .stream()
                .filter(row -> !isOwn(row))
                .filter(row -> inValues(row.getFieldValues()) || trace.in(row.getMeant()))
                .toList();
    }

    /** What imports left out and has the address in it, the person's own and others. */
    List<ImportProblemsRecord> leftOut(DSLContext sql, long listId) {
        return sql
                .selectFrom(IMPORT_PROBLEMS)
                .where(IMPORT_PROBLEMS.LIST_ID.eq(listId))
                .and(trace.maybe(IMPORT_PROBLEMS.ROW)
                        .or(trace.maybe(IMPORT_PROBLEMS.FIELD_VALUES))
                        .or(trace.maybe(IMPORT_PROBLEMS.DETAIL)))
                .orderBy(IMPORT_PROBLEMS.ID)
                .fetch()
                .stream()
                .filter(row -> trace.in(row.getRow()) || inValues(row.getFieldValues()) || trace.in(row.getDetail()))
                .toList();
    }

    /** What could not be taken apart is the person's, since nobody can tell. */
    boolean isOwn(ImportProblemsRecord problem, Listing list) {
        return problem.getFieldValues() == null
                ? trace.in(problem.getRow())
                : trace.isAll(value(problem.getFieldValues(), list.addressSlot()));
    }

    /** The rows of a list that are the person's, or were at some time of their history: by id, with those that are. */
    Set<Long> historicRows(DSLContext sql, Listing list, Collection<Long> present) {
        Set<Long> rows = new HashSet<>(present);
        rows.addAll(own(imagesWithAddress(sql, list.id()), list));
        return rows;
    }

    /** The newest edit of a list; 0 when there is none. */
    long newestEdit(DSLContext sql, long listId) {
        return sql.select(DSL.coalesce(DSL.max(SHEET_EDITS.ID), 0L))
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .fetchSingle()
                .value1();
    }

    /** The rows that were the person's in the history from this edit on, which may have gone on. */
    Set<Long> historicRowsSince(DSLContext sql, Listing list, long editId) {
        return own(
                imagesWithAddress(
                        sql, SHEET_EDIT_ROWS.EDIT_ID.in(editsOf(list.id())).and(SHEET_EDIT_ROWS.EDIT_ID.ge(editId))),
                list);
    }

    private Set<Long> own(List<SheetEditRowsRecord> images, Listing list) {
        return images.stream()
                .filter(image -> isOwn(image.getValuesBefore(), list) || isOwn(image.getValuesAfter(), list))
                .map(SheetEditRowsRecord::getRowId)
                .collect(Collectors.toSet());
    }

    private boolean isOwn(@Nullable String image, Listing list) {
        return image != null && trace.isAll(value(image, list.addressSlot()));
    }

    /** The history of a list where the address is in it. */
    List<SheetEditRowsRecord> imagesWithAddress(DSLContext sql, long listId) {
        return imagesWithAddress(sql, SHEET_EDIT_ROWS.EDIT_ID.in(editsOf(listId)));
    }

    private List<SheetEditRowsRecord> imagesWithAddress(DSLContext sql, Condition which) {
        return sql
                .selectFrom(SHEET_EDIT_ROWS)
                .where(which)
                .and(trace.maybe(SHEET_EDIT_ROWS.VALUES_BEFORE).or(trace.maybe(SHEET_EDIT_ROWS.VALUES_AFTER)))
                .fetch()
                .stream()
                .filter(image -> inValues(image.getValuesBefore()) || inValues(image.getValuesAfter()))
                .toList();
    }

    /** All of the history of some rows, in the order in which it was made. */
    List<SheetEditRowsRecord> imagesOf(DSLContext sql, long listId, Collection<Long> rows) {
        return rows.isEmpty()
                ? List.of()
                : sql.selectFrom(SHEET_EDIT_ROWS)
                        .where(SHEET_EDIT_ROWS.EDIT_ID.in(editsOf(listId)))
                        .and(SHEET_EDIT_ROWS.ROW_ID.in(rows))
                        .orderBy(SHEET_EDIT_ROWS.EDIT_ID, SHEET_EDIT_ROWS.ROW_ID)
                        .fetch();
    }

    static Select<Record1<Long>> editsOf(long listId) {
        return DSL.select(SHEET_EDITS.ID).from(SHEET_EDITS).where(SHEET_EDITS.LIST_ID.eq(listId));
    }

    /** Edits that have the address in what is said about them. */
    List<SheetEditsRecord> edits(DSLContext sql) {
        return sql
                .selectFrom(SHEET_EDITS)
                .where(trace.maybe(SHEET_EDITS.DETAIL)
                        .or(trace.maybe(SHEET_EDITS.SHAPE_BEFORE))
                        .or(trace.maybe(SHEET_EDITS.SHAPE_AFTER)))
                .orderBy(SHEET_EDITS.ID)
                .fetch()
                .stream()
                .filter(edit -> trace.in(edit.getDetail())
                        || trace.inJson(edit.getShapeBefore())
                        || trace.inJson(edit.getShapeAfter()))
                .toList();
    }

    /** The person's messages, in all mailings. */
    List<MessagesRecord> messages(DSLContext sql) {
        List<MessagesRecord> found = new ArrayList<>();
        for (long planId : sql.select(PLANS.ID).from(PLANS).orderBy(PLANS.ID).fetch(PLANS.ID)) {
            sql.selectFrom(MESSAGES)
                    .where(MESSAGES.PLAN_ID.eq(planId))
                    .and(MESSAGES.ADDRESS_KEY.eq(trace.key()))
                    .fetchOptional()
                    .ifPresent(found::add);
        }
        return found;
    }

    List<MessageEventsRecord> events(DSLContext sql, long messageId) {
        return sql.selectFrom(MESSAGE_EVENTS)
                .where(MESSAGE_EVENTS.MESSAGE_ID.eq(messageId))
                .orderBy(MESSAGE_EVENTS.OCCURRED_AT, MESSAGE_EVENTS.ID)
                .fetch();
    }

    /** Messages to others that were written with the address in them. */
    List<MessagesRecord> messagesMentioning(DSLContext sql) {
        return sql
                .selectFrom(MESSAGES)
                .where(trace.maybe(MESSAGES.FIELD_VALUES).or(trace.maybe(MESSAGES.DETAIL)))
                .and(MESSAGES.ADDRESS_KEY.ne(trace.key()))
                .orderBy(MESSAGES.ID)
                .fetch()
                .stream()
                .filter(message -> inValues(message.getFieldValues()) || trace.in(message.getDetail()))
                .toList();
    }

    /** Events about messages to others, likewise. */
    List<MessageEventsRecord> eventsMentioning(DSLContext sql) {
        return sql
                .select(MESSAGE_EVENTS.asterisk())
                .from(MESSAGE_EVENTS)
                .join(MESSAGES)
                .on(MESSAGES.ID.eq(MESSAGE_EVENTS.MESSAGE_ID))
                .where(trace.maybe(MESSAGE_EVENTS.BODY)
                        .or(trace.maybe(MESSAGE_EVENTS.DETAIL))
                        .or(trace.maybe(MESSAGE_EVENTS.LINK)))
                .and(MESSAGES.ADDRESS_KEY.ne(trace.key()))
                .orderBy(MESSAGE_EVENTS.ID)
                .fetchInto(MESSAGE_EVENTS)
                .stream()
                .filter(event ->
                        trace.inJson(event.getBody()) || trace.in(event.getDetail()) || trace.in(event.getLink()))
                .toList();
    }

    /** Mailings whose trouble names the address. */
    List<Long> plansMentioning(DSLContext sql) {
        return plansMentioning(sql, PLANS.PROBLEM_DETAIL);
    }

    /** Mailings that were not approved, with the address in the words that say why. */
    List<Long> notesMentioning(DSLContext sql) {
        return plansMentioning(sql, PLANS.APPROVAL_NOTE);
    }

    private List<Long> plansMentioning(DSLContext sql, Field<String> where) {
        return sql.select(PLANS.ID, where).from(PLANS).where(trace.maybe(where)).fetch().stream()
                .filter(plan -> trace.in(plan.value2()))
                .map(plan -> plan.value1())
                .toList();
    }

    /** Drafts of mailings with the address in what was typed or in the name of an attached file. */
    List<PlanDraftsRecord> draftsMentioning(DSLContext sql) {
        return sql
                .selectFrom(PLAN_DRAFTS)
                .where(trace.maybe(PLAN_DRAFTS.TITLE)
                        .or(trace.maybe(PLAN_DRAFTS.FORM))
                        .or(PLAN_DRAFTS.ID.in(DSL.select(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID)
                                .from(PLAN_DRAFT_ATTACHMENTS)
                                .where(trace.maybe(PLAN_DRAFT_ATTACHMENTS.FILE_NAME)))))
                .orderBy(PLAN_DRAFTS.ID)
                .fetch()
                .stream()
                .filter(draft -> trace.in(draft.getTitle())
                        || PlanDraftStore.fromJson(draft.getForm()).values().stream()
                                .anyMatch(trace::in)
                        || fileNames(sql, draft.getId()).values().stream().anyMatch(trace::inFileName))
                .toList();
    }

    /** The names of the files attached to a draft, by their position. */
    static Map<Integer, String> fileNames(DSLContext sql, long draftId) {
        return sql.select(PLAN_DRAFT_ATTACHMENTS.POSITION, PLAN_DRAFT_ATTACHMENTS.FILE_NAME)
                .from(PLAN_DRAFT_ATTACHMENTS)
                .where(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID.eq(draftId))
                .fetchMap(PLAN_DRAFT_ATTACHMENTS.POSITION, PLAN_DRAFT_ATTACHMENTS.FILE_NAME);
    }

    List<QuarantinedEventsRecord> quarantined(DSLContext sql) {
        return sql
                .selectFrom(QUARANTINED_EVENTS)
                .where(trace.maybe(QUARANTINED_EVENTS.BODY))
                .orderBy(QUARANTINED_EVENTS.ID)
                .fetch()
                .stream()
                .filter(event -> trace.inJson(event.getBody()))
                .toList();
    }

    List<SettingsRecord> remembered(DSLContext sql) {
        return sql
                .selectFrom(SETTINGS)
                .where(SETTINGS.NAME.startsWith(REMEMBERED))
                .and(SETTINGS.NAME.notIn(SENDERS_OWN))
                .orderBy(SETTINGS.NAME)
                .fetch()
                .stream()
                .filter(setting -> trace.in(setting.getValue()))
                .toList();
    }

    /** Mails in the practice world to the person, by id. */
    List<Long> practiceMails(DSLContext practice) {
        return practice.select(PRACTICE_MAIL.ID)
                .from(PRACTICE_MAIL)
                .where(DSL.lower(PRACTICE_MAIL.RECIPIENT).eq(trace.key()))
                .orderBy(PRACTICE_MAIL.ID)
                .fetch(PRACTICE_MAIL.ID);
    }

    /** Events in the practice world's queue that name the person, by id. */
    List<Long> waitingEvents(DSLContext practice) {
        return practice
                .select(PRACTICE_QUEUE.ID, PRACTICE_QUEUE.BODY)
                .from(PRACTICE_QUEUE)
                .where(trace.maybe(PRACTICE_QUEUE.BODY))
                .orderBy(PRACTICE_QUEUE.ID)
                .fetch()
                .stream()
                .filter(event -> trace.inJson(event.value2()))
                .map(event -> event.value1())
                .toList();
    }

    private boolean inValues(@Nullable String json) {
        return json != null && trace.in(FieldValues.fromJson(json));
    }

    private static String value(String json, int slot) {
        List<String> values = FieldValues.fromJson(json);
        return slot < values.size() ? values.get(slot) : "";
    }
}
