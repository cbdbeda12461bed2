package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.IMPORT_PROBLEMS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_DRAFT_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PRACTICE_MAIL;
import static app.mailroom.store.jooq.Tables.PRACTICE_QUEUE;
import static app.mailroom.store.jooq.Tables.QUARANTINED_EVENTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SETTINGS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static app.mailroom.store.jooq.Tables.SUPPRESSION_LIFTS;

import app.mailroom.model.MessageState;
import app.mailroom.model.Right;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.PersonSearch.Listing;
import app.mailroom.store.PersonStore.Place;
import app.mailroom.store.jooq.tables.records.ImportProblemsRecord;
import app.mailroom.store.jooq.tables.records.MessageEventsRecord;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.PlanDraftsRecord;
import app.mailroom.store.jooq.tables.records.RecipientRowsRecord;
import app.mailroom.store.jooq.tables.records.SheetEditRowsRecord;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes a person out of every place, one short transaction after the other. What is looked for outside of a transaction is
 * looked at once more within it. First of all what waits is cancelled, then the rows go, of which new messages would be
 * made, then the messages; what is done stays done, so that a second run only has the rest to do.
 */
final class PersonErasure {
    private static final int AT_ONCE = 200;
    private static final String NO_VALUES = "[]";

    private final Database workspace;
    private final Database practice;
    private final WorkspaceId workspaceId;
    private final Clock clock;
    private final PersonSearch search;
    private final AddressTrace trace;
    private final Map<Place, Long> erased;

    PersonErasure(
            Database workspace,
            Database practice,
            WorkspaceId workspaceId,
            Clock clock,
            PersonSearch search,
            Map<Place, Long> erased) {
        this.erased = erased;
        this.workspace = workspace;
        this.practice = practice;
        this.workspaceId = workspaceId;
        this.clock = clock;
        this.search = search;
        this.trace = search.trace;
    }

    void run(boolean keepSuppressed, Consumer<Place> progress) {
        workspace.overwriting(() -> practice.overwriting(() -> {
            progress.accept(Place.MESSAGES);
            workspace.change(Right.ERASE_PERSONS, this::cancelWaiting);
            for (Listing list : workspace.read(search::lists)) {
                progress.accept(Place.ROWS);
                emptyList(list);
            }
            progress.accept(Place.MESSAGES);
            eraseMessages();
            progress.accept(Place.MENTIONS);
            eraseMentions();
            progress.accept(Place.QUARANTINED);
            count(Place.QUARANTINED, eraseQuarantined());
            progress.accept(Place.PRACTICE_MAILS);
            erasePractice();
            progress.accept(Place.SUPPRESSIONS);
            workspace.change(Right.ERASE_PERSONS, sql -> eraseRest(sql, keepSuppressed));
        }));
    }

    private void count(Place place, long things) {
        if (things > 0) {
            erased.merge(place, things, Long::sum);
        }
    }

    private void cancelWaiting(DSLContext sql) {
        List<MessagesRecord> messages = search.messages(sql);
        refuseWhileBeingSent(messages);
        Totals totals = new Totals();
        messages.forEach(message -> cancel(sql, message, totals));
        totals.writeTo(sql);
    }

    private static void refuseWhileBeingSent(List<MessagesRecord> messages) {
        // Its answer is still to come, and an answer that says nothing of the sort sends it once more, to this address.
        if (messages.stream().anyMatch(message -> message.getState() == MessageState.CLAIMED)) {
            throw new PersonBeingMailedException();
        }
    }

    private void cancel(DSLContext sql, MessagesRecord message, Totals totals) {
        if (!message.getState().canBecome(MessageState.CANCELLED)) {
            return;
        }
        sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.CANCELLED)
                .set(MESSAGES.REASON, "ERASED")
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.ID.eq(message.getId()))
                .execute();
        totals.moved(message.getPlanId(), message.getState(), MessageState.CANCELLED, 1);
        totals.reason(message.getPlanId(), message.getState(), message.getReason(), -1);
        totals.reason(message.getPlanId(), MessageState.CANCELLED, "ERASED", 1);
    }

    private void emptyList(Listing list) {
        // Reading through all of the history takes long, so nobody has to wait for it; what is edited meanwhile is
        // newer
        // than the newest edit before.
        long newest = workspace.read(sql -> search.newestEdit(sql, list.id()));
        Set<Long> found = workspace.read(sql -> search.historicRows(
                sql,
                list,
                search.rows(sql, list.id()).stream()
                        .map(RecipientRowsRecord::getId)
                        .toList()));
        workspace.change(Right.ERASE_PERSONS, sql -> {
            List<RecipientRowsRecord> rows = search.rows(sql, list.id());
            // Once the rows are gone, only the history itself could tell which were the person's.
            Set<Long> historic = new HashSet<>(found);
            rows.forEach(row -> historic.add(row.getId()));
            historic.addAll(search.historicRowsSince(sql, list, newest));
            eraseHistory(sql, list, historic);
            eraseRows(sql, list, rows);
        });
        List<Long> leftOut = workspace.read(sql -> search.leftOut(sql, list.id())).stream()
                .map(ImportProblemsRecord::getId)
                .toList();
        inPortions(leftOut, (sql, ids) -> eraseLeftOut(sql, list, ids));
        List<Long> mentioning = workspace.read(sql -> search.rowsMentioning(sql, list.id())).stream()
                .map(RecipientRowsRecord::getId)
                .toList();
        inPortions(mentioning, (sql, ids) -> scrubRows(sql, list, ids));
        List<SheetEditRowsRecord> images = workspace.read(sql -> search.imagesWithAddress(sql, list.id()));
        for (int from = 0; from < images.size(); from += AT_ONCE) {
            List<SheetEditRowsRecord> some = images.subList(from, Math.min(images.size(), from + AT_ONCE));
            workspace.change(Right.ERASE_PERSONS, sql -> scrubHistory(sql, some));
        }
    }

    /**
     * What a row was is taken out of every edit, so that nothing brings it back. Of a row that is somebody else's by now
     * only its place remains, and its values as they are: other rows made room for it.
     */
    private void eraseHistory(DSLContext sql, Listing list, Set<Long> rows) {
        Map<Long, RecipientRowsRecord> others = sql
                .selectFrom(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(list.id()))
                .and(RECIPIENT_ROWS.ID.in(rows))
                .fetchMap(RECIPIENT_ROWS.ID)
                .entrySet()
                .stream()
                .filter(row -> !search.isOwn(row.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<SheetEditRowsRecord> images = search.imagesOf(sql, list.id(), rows);
        for (SheetEditRowsRecord image : images) {
            boolean changing = !Objects.equals(image.getValuesBefore(), image.getValuesAfter());
            RecipientRowsRecord now = others.get(image.getRowId());
            if (now == null) {
                sql.deleteFrom(SHEET_EDIT_ROWS)
                        .where(SHEET_EDIT_ROWS.EDIT_ID.eq(image.getEditId()))
                        .and(SHEET_EDIT_ROWS.ROW_ID.eq(image.getRowId()))
                        .execute();
            } else {
                image.setValuesBefore(image.getValuesBefore() == null ? null : now.getFieldValues());
                image.setValuesAfter(image.getValuesAfter() == null ? null : now.getFieldValues());
                image.update();
            }
            boolean stillChanging = now != null && !Objects.equals(image.getValuesBefore(), image.getValuesAfter());
            if (changing && !stillChanging) {
                sql.update(SHEET_EDITS)
                        .set(SHEET_EDITS.ROW_COUNT, SHEET_EDITS.ROW_COUNT.minus(1L))
                        .where(SHEET_EDITS.ID.eq(image.getEditId()))
                        .execute();
            }
        }
        images.stream().map(SheetEditRowsRecord::getEditId).distinct().forEach(edit -> SheetLog.dropIfEmpty(sql, edit));
        if (!images.isEmpty()) {
            changed(sql, list.id());
        }
        count(Place.HISTORY, images.size());
    }

    private void eraseRows(DSLContext sql, Listing list, List<RecipientRowsRecord> rows) {
        if (rows.isEmpty()) {
            return;
        }
        for (RecipientRowsRecord row : rows) {
            sql.deleteFrom(RECIPIENT_ROWS)
                    .where(RECIPIENT_ROWS.ID.eq(row.getId()))
                    .execute();
        }
        long mailable = rows.stream().filter(row -> row.getAddressKey() != null).count();
        // An unfinished list counts its rows when it is finished; until then these are nothing.
        sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.ROW_COUNT, RECIPIENT_LISTS.ROW_COUNT.minus(mailable))
                .set(RECIPIENT_LISTS.SHEET_COUNT, RECIPIENT_LISTS.SHEET_COUNT.minus((long) rows.size()))
                .where(RECIPIENT_LISTS.ID.eq(list.id()))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .execute();
        changed(sql, list.id());
        count(Place.ROWS, rows.size());
    }

    private void changed(DSLContext sql, long listId) {
        sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.REVISION, RECIPIENT_LISTS.REVISION.plus(1L))
                .set(RECIPIENT_LISTS.UPDATED_AT, clock.instant())
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .execute();
    }

    private void eraseLeftOut(DSLContext sql, Listing list, List<Long> ids) {
        long own = 0;
        for (ImportProblemsRecord problem : sql.fetch(IMPORT_PROBLEMS, IMPORT_PROBLEMS.ID.in(ids))) {
            if (search.isOwn(problem, list)) {
                problem.delete();
                own++;
            } else {
                problem.setRow(trace.without(problem.getRow()));
                problem.setDetail(trace.without(problem.getDetail()));
                problem.setFieldValues(scrubbed(problem.getFieldValues()));
                problem.update();
                count(Place.MENTIONS, 1);
            }
        }
        if (own > 0) {
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.PROBLEM_COUNT, RECIPIENT_LISTS.PROBLEM_COUNT.minus(own))
                    .where(RECIPIENT_LISTS.ID.eq(list.id()))
                    .and(RECIPIENT_LISTS.READY.eq(true))
                    .execute();
            count(Place.LEFT_OUT, own);
        }
    }

    private void scrubRows(DSLContext sql, Listing list, List<Long> ids) {
        for (RecipientRowsRecord row : sql.fetch(RECIPIENT_ROWS, RECIPIENT_ROWS.ID.in(ids))) {
            if (search.isOwn(row)) {
                continue;
            }
            row.setFieldValues(scrubbed(row.getFieldValues()));
            if (trace.in(row.getMeant())) {
                row.setMeant(null);
            }
            if (row.getFault() != null && trace.in(row.getAddress())) {
                row.setAddress(trace.without(row.getAddress()));
                // What is wrong with the rest may be something else: it is read anew when the sheet is opened.
                sql.update(RECIPIENT_LISTS)
                        .set(RECIPIENT_LISTS.ADDRESS_RULES, 0)
                        .where(RECIPIENT_LISTS.ID.eq(list.id()))
                        .execute();
            }
            if (row.changed()) {
                row.update();
                count(Place.MENTIONS, 1);
            }
        }
        changed(sql, list.id());
    }

    private void scrubHistory(DSLContext sql, List<SheetEditRowsRecord> images) {
        for (SheetEditRowsRecord found : images) {
            sql.selectFrom(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(found.getEditId()))
                    .and(SHEET_EDIT_ROWS.ROW_ID.eq(found.getRowId()))
                    .fetchOptional()
                    .ifPresent(image -> {
                        image.setValuesBefore(scrubbed(image.getValuesBefore()));
                        image.setValuesAfter(scrubbed(image.getValuesAfter()));
                        image.update();
                        count(Place.MENTIONS, 1);
                    });
        }
    }

    private void eraseMessages() {
        List<Long> ids = workspace.read(search::messages).stream()
                .map(MessagesRecord::getId)
                .toList();
        inPortions(ids, (sql, some) -> {
            List<MessagesRecord> messages =
                    sql.fetch(MESSAGES, MESSAGES.ID.in(some).and(MESSAGES.ADDRESS_KEY.eq(trace.key())));
            refuseWhileBeingSent(messages);
            Totals totals = new Totals();
            messages.forEach(message -> {
                cancel(sql, message, totals);
                Standing before = standing(sql, message.getId());
                makeImpersonal(sql, message);
                totals.changed(before, standing(sql, message.getId()));
            });
            totals.writeTo(sql);
        });
    }

    private static Standing standing(DSLContext sql, long messageId) {
        return Standing.of(
                sql.selectFrom(MESSAGES).where(MESSAGES.ID.eq(messageId)).fetchSingle());
    }

    private void makeImpersonal(DSLContext sql, MessagesRecord message) {
        List<String> values = FieldValues.fromJson(message.getFieldValues());
        String token = ErasedMessage.token(message.getId());
        sql.update(MESSAGES)
                .set(MESSAGES.ADDRESS, token)
                .set(MESSAGES.ADDRESS_KEY, token)
                .set(MESSAGES.FIELD_VALUES, NO_VALUES)
                .setNull(MESSAGES.DETAIL)
                .where(MESSAGES.ID.eq(message.getId()))
                .execute();
        List<MessageEventsRecord> events = search.events(sql, message.getId());
        for (MessageEventsRecord event : events) {
            event.setDetail(null);
            event.setLink(impersonal(event.getLink(), values));
            event.setBody("");
            event.update();
        }
        count(Place.MESSAGES, 1);
        count(Place.EVENTS, events.size());
    }

    /** A link that was written for this person alone keeps only its site. */
    private @Nullable String impersonal(@Nullable String link, List<String> values) {
        if (link == null) {
            return null;
        }
        boolean personal = trace.in(link)
                || values.stream()
                        .map(value -> value.strip().toLowerCase(Locale.ROOT))
                        .filter(value -> !value.isEmpty())
                        .anyMatch(value -> link.toLowerCase(Locale.ROOT).contains(value)
                                || unescaped(link).contains(value));
        return personal ? ErasedMessage.site(link) : link;
    }

    private static String unescaped(String link) {
        try {
            return URLDecoder.decode(link, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // A percent sign that escapes nothing: it is what it is.
            return link.toLowerCase(Locale.ROOT);
        }
    }

    private void eraseMentions() {
        List<Long> messages = workspace.read(search::messagesMentioning).stream()
                .map(MessagesRecord::getId)
                .toList();
        // The practice mails first: afterwards nothing would tell that they were written with the address.
        for (long id : messages) {
            practice.change(
                    Right.ERASE_PERSONS,
                    sql -> sql.deleteFrom(PRACTICE_MAIL)
                            .where(PRACTICE_MAIL.MESSAGE_TAG.eq(workspaceId.tag(id)))
                            .execute());
        }
        inPortions(messages, (sql, ids) -> {
            for (MessagesRecord message : sql.fetch(MESSAGES, MESSAGES.ID.in(ids))) {
                sql.update(MESSAGES)
                        .set(MESSAGES.FIELD_VALUES, scrubbed(message.getFieldValues()))
                        .set(MESSAGES.DETAIL, message.getDetail() == null ? null : trace.without(message.getDetail()))
                        .where(MESSAGES.ID.eq(message.getId()))
                        .execute();
                count(Place.MENTIONS, 1);
            }
        });
        List<Long> events = workspace.read(search::eventsMentioning).stream()
                .map(MessageEventsRecord::getId)
                .toList();
        inPortions(events, (sql, ids) -> {
            for (MessageEventsRecord event : sql.fetch(MESSAGE_EVENTS, MESSAGE_EVENTS.ID.in(ids))) {
                event.setBody(trace.withoutInJson(event.getBody()));
                event.setDetail(event.getDetail() == null ? null : trace.without(event.getDetail()));
                event.setLink(event.getLink() == null ? null : trace.without(event.getLink()));
                event.update();
                count(Place.MENTIONS, 1);
            }
        });
        workspace.change(
                Right.ERASE_PERSONS,
                sql -> search.edits(sql).forEach(edit -> {
                    edit.setDetail(trace.without(edit.getDetail()));
                    edit.setShapeBefore(
                            edit.getShapeBefore() == null ? null : trace.withoutInJson(edit.getShapeBefore()));
                    edit.setShapeAfter(edit.getShapeAfter() == null ? null : trace.withoutInJson(edit.getShapeAfter()));
                    edit.update();
                    count(Place.MENTIONS, 1);
                }));
        workspace.change(
                Right.ERASE_PERSONS,
                sql -> search.plansMentioning(sql).forEach(id -> {
                    sql.fetch(PLANS, PLANS.ID.eq(id)).forEach(plan -> {
                        plan.setProblemDetail(trace.without(plan.getProblemDetail()));
                        plan.update();
                    });
                    count(Place.MENTIONS, 1);
                }));
        workspace.change(
                Right.ERASE_PERSONS,
                sql -> search.notesMentioning(sql).forEach(id -> {
                    sql.fetch(PLANS, PLANS.ID.eq(id)).forEach(plan -> {
                        plan.setApprovalNote(trace.without(plan.getApprovalNote()));
                        plan.update();
                    });
                    count(Place.MENTIONS, 1);
                }));
        workspace.change(
                Right.ERASE_PERSONS,
                sql -> search.draftsMentioning(sql).forEach(draft -> {
                    scrubDraft(sql, draft);
                    count(Place.MENTIONS, 1);
                }));
    }

    private void scrubDraft(DSLContext sql, PlanDraftsRecord draft) {
        Map<String, String> form = new LinkedHashMap<>(PlanDraftStore.fromJson(draft.getForm()));
        form.replaceAll((field, value) -> scrubbedDraft(value));
        draft.setTitle(scrubbedDraft(draft.getTitle()));
        draft.setForm(PlanDraftStore.toJson(form));
        draft.update();
        PersonSearch.fileNames(sql, draft.getId())
                .forEach((position, name) -> sql.update(PLAN_DRAFT_ATTACHMENTS)
                        .set(PLAN_DRAFT_ATTACHMENTS.FILE_NAME, trace.withoutInFileName(name))
                        .where(PLAN_DRAFT_ATTACHMENTS.DRAFT_ID.eq(draft.getId()))
                        .and(PLAN_DRAFT_ATTACHMENTS.POSITION.eq(position))
                        .execute());
    }

    private String scrubbedDraft(String typed) {
        return trace.in(typed) ? withoutGaps(trace.without(typed)) : typed;
    }

    private long eraseQuarantined() {
        return workspace.write(Right.ERASE_PERSONS, sql -> {
            List<Long> ids =
                    search.quarantined(sql).stream().map(event -> event.getId()).toList();
            return ids.stream()
                    .mapToLong(id -> sql.deleteFrom(QUARANTINED_EVENTS)
                            .where(QUARANTINED_EVENTS.ID.eq(id))
                            .execute())
                    .sum();
        });
    }

    private void erasePractice() {
        List<Long> mails = practice.read(search::practiceMails);
        List<Long> events = practice.read(search::waitingEvents);
        for (List<Long> ids : portions(mails)) {
            practice.change(
                    Right.ERASE_PERSONS,
                    sql -> sql.deleteFrom(PRACTICE_MAIL)
                            .where(PRACTICE_MAIL.ID.in(ids))
                            .execute());
        }
        for (List<Long> ids : portions(events)) {
            practice.change(
                    Right.ERASE_PERSONS,
                    sql -> sql.deleteFrom(PRACTICE_QUEUE)
                            .where(PRACTICE_QUEUE.ID.in(ids))
                            .execute());
        }
        count(Place.PRACTICE_MAILS, mails.size());
        count(Place.WAITING_EVENTS, events.size());
        // Test mails go to anybody, and may be written with the values of any row. Nobody needs them after the test.
        String tests = workspaceId.testTag("");
        practice.change(Right.ERASE_PERSONS, sql -> {
            sql.deleteFrom(PRACTICE_MAIL)
                    .where(PRACTICE_MAIL.MESSAGE_TAG.startsWith(tests))
                    .execute();
            sql.deleteFrom(PRACTICE_QUEUE)
                    .where(PRACTICE_QUEUE.BODY.contains(tests))
                    .execute();
        });
    }

    private void eraseRest(DSLContext sql, boolean keepSuppressed) {
        if (keepSuppressed) {
            sql.update(SUPPRESSIONS)
                    .set(SUPPRESSIONS.DETAIL, "")
                    .where(SUPPRESSIONS.ADDRESS_KEY.eq(trace.key()))
                    .execute();
        } else {
            count(
                    Place.SUPPRESSIONS,
                    sql.deleteFrom(SUPPRESSIONS)
                            .where(SUPPRESSIONS.ADDRESS_KEY.eq(trace.key()))
                            .execute());
        }
        count(
                Place.LIFTS,
                sql.deleteFrom(SUPPRESSION_LIFTS)
                        .where(SUPPRESSION_LIFTS.ADDRESS_KEY.eq(trace.key()))
                        .execute());
        search.remembered(sql).forEach(setting -> {
            sql.update(SETTINGS)
                    .set(SETTINGS.VALUE, withoutGaps(trace.without(setting.getValue())))
                    .where(SETTINGS.NAME.eq(setting.getName()))
                    .execute();
            count(Place.REMEMBERED, 1);
        });
    }

    /** Where one of several addresses was taken out, the commas around it are one too many. */
    private static String withoutGaps(String addresses) {
        return addresses.replaceAll("(?:\\s*[,;]){2,}", ",").replaceAll("^[\\s,;]+|[\\s,;]+$", "");
    }

    private @Nullable String scrubbed(@Nullable String json) {
        if (json == null) {
            return null;
        }
        List<String> values = FieldValues.fromJson(json);
        return trace.in(values) ? FieldValues.toJson(trace.without(values)) : json;
    }

    private interface Step {
        void run(DSLContext sql, List<Long> ids);
    }

    private void inPortions(List<Long> ids, Step step) {
        portions(ids).forEach(portion -> workspace.change(Right.ERASE_PERSONS, sql -> step.run(sql, portion)));
    }

    private static List<List<Long>> portions(List<Long> ids) {
        List<List<Long>> portions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            portions.add(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
        }
        return portions;
    }
}
