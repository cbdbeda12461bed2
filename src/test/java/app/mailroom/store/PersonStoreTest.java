package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AddressReading;
import app.mailroom.model.Attachment;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.PlanDraft;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.WorkspaceId;
import app.mailroom.model.World;
import app.mailroom.store.OutcomeStore.Unsettled;
import app.mailroom.store.PersonStore.Found;
import app.mailroom.store.PersonStore.Place;
import app.mailroom.store.PracticeStore.AcceptedMail;
import app.mailroom.store.PracticeStore.QueuedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonStoreTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace1");
    private static final String MINA = "mina_1@example.com";
    private static final String OTHER = "minax1@example.com";
    private static final String NAME = "Mina Quillfeather";
    private static final List<RecipientColumn> COLUMNS = List.of(
            new RecipientColumn(0, 0, "Name", "name"),
            new RecipientColumn(1, 1, "E-Mail", "email"),
            new RecipientColumn(2, 2, "Friend", "friend"));

    private static final AddressRules RULES = new AddressRules(
            1,
            text -> text.contains("@")
                    ? new AddressReading(
                            text, Optional.of(SuppressionStore.key(text)), Optional.empty(), Optional.empty())
                    : new AddressReading(text, Optional.empty(), Optional.of("NO_AT"), Optional.empty()));

    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private Database practiceDatabase;
    private PracticeStore practice;
    private SettingsStore settings;
    private PlanDraftStore drafts;
    private PersonStore people;
    private long sender;
    private int lists;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        practiceDatabase = Database.open(folder.resolve("practice.sqlite"), Database.Schema.PRACTICE, workspace.clock);
        practice = new PracticeStore(practiceDatabase, workspace.clock);
        settings = new SettingsStore(workspace.database, workspace.clock);
        drafts = new PlanDraftStore(workspace.database, workspace.clock);
        people = new PersonStore(workspace.database, practiceDatabase, ID, workspace.clock);
        sender = workspace.delivery.register("test");
    }

    @AfterEach
    void close() {
        practiceDatabase.close();
        workspace.close();
    }

    @Test
    void nothingIsKeptOfAStranger() {
        putEverywhere();
        assertThat(people.find("nobody@example.com").isNothing()).isTrue();
        assertThat(people.everything("nobody@example.com").kept()).isEmpty();
    }

    @Test
    void aPersonIsFoundInEveryPlace() {
        putEverywhere();
        Found found = people.find(MINA);
        assertThat(found.counts().keySet()).isEqualTo(EnumSet.allOf(Place.class));
        assertThat(found.in(Place.ROWS)).isEqualTo(4);
        assertThat(found.in(Place.LEFT_OUT)).isEqualTo(2);
        assertThat(found.in(Place.HISTORY)).isEqualTo(3);
        assertThat(found.in(Place.MESSAGES)).isEqualTo(2);
        assertThat(found.in(Place.EVENTS)).isEqualTo(2);
        assertThat(found.waiting()).isEqualTo(1);
        assertThat(found.beingSent()).isZero();
        assertThat(found.suppressions()).extracting(one -> one.reason()).containsExactly("COMPLAINT");
    }

    @Test
    void whatIsErasedIsInNoPlaceAndInNoFile() throws IOException {
        putEverywhere();
        assertThat(files()).contains(MINA, NAME);

        Map<Place, Long> erased = erase(MINA, false, place -> {});

        assertThat(erased.keySet()).isEqualTo(EnumSet.allOf(Place.class));
        assertThat(people.find(MINA).isNothing()).isTrue();
        assertThat(files().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("mina_1", "mina%5f1", "quillfeather")
                .contains(OTHER);
    }

    @Test
    void countsOfMailingsStayAndOthersAreUntouched() {
        putEverywhere();
        settings.put("ui.from_address", MINA);
        PlanTotals before = workspace.plans.totals(1);
        String others = others();

        erase(MINA, false, place -> {});

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.plans.totals(1)).isEqualTo(before);
        assertThat(workspace.plans.totals(2).in(MessageState.CANCELLED)).isEqualTo(1);
        assertThat(workspace.plans.totals(2).in(MessageState.PLANNED)).isEqualTo(1);
        assertThat(workspace.number("SELECT count(*) FROM messages")).isEqualTo(5);
        assertThat(others()).isEqualTo(others);
        assertThat(workspace.number("SELECT count(*) FROM recipient_rows r WHERE list_id = 1"))
                .isEqualTo(workspace.number("SELECT sheet_count FROM recipient_lists WHERE id = 1"));
        assertThat(workspace.number("SELECT count(address_key) FROM recipient_rows r WHERE list_id = 1"))
                .isEqualTo(workspace.number("SELECT row_count FROM recipient_lists WHERE id = 1"));
        assertThat(workspace.number("SELECT revision FROM recipient_lists WHERE id = 1"))
                .isPositive();
        assertThat(settings.get("ui.test_addresses")).contains(OTHER + ", jun@example.com");
        assertThat(settings.get("ui.from_address")).contains(MINA);
    }

    @Test
    void onlyTheAddressGoesFromWhatIsSomebodyElses() {
        putEverywhere();
        erase(MINA, false, place -> {});
        assertThat(workspace.text("SELECT field_values FROM recipient_rows WHERE address = 'friend@example.com'"))
                .isEqualTo("[\"Friend\",\"friend@example.com\",\"sent by \"]");
        assertThat(workspace.text("SELECT row FROM import_problems WHERE line = 9"))
                .isEqualTo("Nobody;nobody;");
    }

    @Test
    void anAddressThatIsKeptSuppressedLiesThereAlone() {
        putEverywhere();
        erase(MINA, true, place -> {});
        assertThat(people.find(MINA).counts()).containsOnlyKeys(Place.SUPPRESSIONS);
        assertThat(workspace.text("SELECT reason || detail FROM suppressions WHERE address_key = '" + MINA + "'"))
                .isEqualTo("COMPLAINT");
    }

    @Test
    void theDraftOfAMailingKeepsAllButTheAddress() {
        Map<String, String> form = Map.of(
                "title", "For " + MINA,
                "reply_to", "Mina_1@Example.com",
                "test_addresses", OTHER + ", " + MINA + ", jun@example.com",
                "note", "봄\n" + MINA + "\n" + OTHER + ", , x",
                "other", OTHER + ", , x");
        long draft = drafts.create("For " + MINA, form);
        long byFile = drafts.create("By file", Map.of());
        long others = drafts.create("For " + OTHER, Map.of("from", OTHER));
        drafts.saveAttachments(
                byFile, List.of(file("Bill " + MINA + ".pdf"), file(OTHER + ".pdf"), file(MINA), file(MINA + ".pdf")));
        workspace.clock.advance(Duration.ofMinutes(1));

        assertThat(people.everything(MINA).kept())
                .extracting(kept -> kept.facts().toString())
                .containsExactly(
                        "{\"in\":\"draft\",\"of\":\"For " + MINA + "\"}", "{\"in\":\"draft\",\"of\":\"By file\"}");
        assertThat(erase(MINA, false, place -> {})).isEqualTo(Map.of(Place.MENTIONS, 2L));

        assertThat(people.find(MINA).isNothing()).isTrue();
        PlanDraft found = drafts.find(draft).orElseThrow();
        assertThat(found.title()).isEqualTo("For");
        assertThat(found.form())
                .isEqualTo(Map.of(
                        "title",
                        "For",
                        "reply_to",
                        "",
                        "test_addresses",
                        OTHER + ", jun@example.com",
                        "note",
                        "봄\n\n" + OTHER + ", x",
                        "other",
                        OTHER + ", , x"));
        assertThat(drafts.find(byFile).orElseThrow().attachments())
                .extracting(Attachment::fileName)
                .containsExactly("Bill.pdf", OTHER + ".pdf", "file", "file.pdf");
        assertThat(drafts.find(others).orElseThrow().title()).isEqualTo("For " + OTHER);
        assertThat(drafts.list())
                .extracting(PlanDraft::updatedAt)
                .containsOnly(workspace.clock.instant().minus(Duration.ofMinutes(1)));
    }

    @Test
    void wordsToWhoeverPlannedAMailingKeepAllButTheAddress() {
        long plan = plan(list(List.of(row("friend@example.com", "Friend", ""))));
        workspace.execute("UPDATE plans SET approval_note = 'Not to " + MINA + ", nor to " + OTHER
                + "', approval_note_by = 'jun@example.com', approval_note_at = 1 WHERE id = " + plan);

        assertThat(people.everything(MINA).kept())
                .extracting(kept -> kept.facts().get("in").asText())
                .containsExactly("note");
        assertThat(erase(MINA, false, place -> {})).isEqualTo(Map.of(Place.MENTIONS, 1L));

        assertThat(people.find(MINA).isNothing()).isTrue();
        assertThat(workspace.text("SELECT approval_note FROM plans WHERE id = " + plan))
                .isEqualTo("Not to , nor to " + OTHER);
    }

    @Test
    void whatASenderCalledAMailingAndWhoSentItStay() {
        long plan = plan(list(List.of(row("friend@example.com", "Friend", ""))));
        workspace.execute("UPDATE plans SET title = 'For " + MINA + "', from_address = '" + MINA + "', reply_to = '"
                + MINA + "' WHERE id = " + plan);

        assertThat(people.find(MINA).isNothing()).isTrue();
        assertThat(erase(MINA, false, place -> {})).isEmpty();

        assertThat(workspace.text("SELECT title || from_address || reply_to FROM plans WHERE id = " + plan))
                .isEqualTo("For " + MINA + MINA + MINA);
    }

    @Test
    void aMessageOnItsWayMakesTheErasingWait() {
        long plan = plan(list(List.of(row(MINA, NAME, ""))));
        ClaimedMessage claimed = workspace.claimOne(sender, plan);
        assertThat(people.find(MINA).beingSent()).isEqualTo(1);

        assertThatThrownBy(() -> erase(MINA, false, place -> {})).isInstanceOf(PersonBeingMailedException.class);

        assertThat(workspace.column(claimed.id(), "address")).isEqualTo(MINA);
        workspace.record(claimed, sender, new SendResult.Accepted("provider-1"));
        erase(MINA, false, place -> {});
        assertThat(workspace.column(claimed.id(), "address")).isEqualTo("erased-" + claimed.id());
        assertThat(workspace.state(claimed.id())).isEqualTo(MessageState.ACCEPTED);
    }

    @Test
    void aLaterEventRaisesTheMessageAndBringsNothingBack() {
        long plan = plan(list(List.of(row(MINA, NAME, ""))));
        ClaimedMessage claimed = workspace.claimOne(sender, plan);
        workspace.record(claimed, sender, new SendResult.Accepted("provider-1"));
        erase(MINA, false, place -> {});

        workspace.outcomes.settle(
                List.of(
                        outcome(
                                OutcomeKind.CLICK,
                                OptionalLong.of(claimed.id()),
                                "https://shop.example/sale?who=" + MINA),
                        outcome(OutcomeKind.COMPLAINT, OptionalLong.empty(), null)),
                List.of());

        assertThat(workspace.state(claimed.id())).isEqualTo(MessageState.COMPLAINED);
        workspace.assertTotalsEqualRecount();
        assertThat(workspace.plans.totals(plan).clicked()).isEqualTo(1);
        assertThat(people.find(MINA).isNothing()).isTrue();
        assertThat(workspace.text("SELECT link FROM message_events WHERE kind = 'CLICK'"))
                .isEqualTo("https://shop.example/sale");
        assertThat(workspace.number("SELECT count(*) FROM suppressions")).isZero();
    }

    @Test
    void anUncertainMessageIsNotSentAgainOnceItsPersonIsErased() {
        long plan = plan(list(List.of(row(MINA, NAME, ""))));
        ClaimedMessage claimed = workspace.claimOne(sender, plan);
        workspace.record(claimed, sender, new SendResult.Unknown("TIMEOUT", "no answer for " + MINA));
        erase(MINA, false, place -> {});
        assertThat(workspace.messages.sendAgain(claimed.id())).isFalse();
        assertThat(workspace.column(claimed.id(), "detail")).isNull();
    }

    @Test
    void whatBrokeOffAnywhereIsDoneByTheNextRun() {
        for (int stop = 1; stop <= 8; stop++) {
            int at = stop;
            putEverywhere();
            int[] steps = {0};
            try {
                erase(MINA, false, place -> {
                    if (++steps[0] == at) {
                        throw new IllegalStateException("the power failed");
                    }
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the power failed");
            }
            erase(MINA, false, place -> {});
            assertThat(people.find(MINA).isNothing()).as("stopped at %d", at).isTrue();
            assertThat(erase(MINA, false, place -> {})).isEmpty();
            workspace.assertTotalsEqualRecount();
        }
    }

    @Test
    void hostileAddressesAreThemselvesOnly() {
        List<String> hostile = List.of(
                "a%b@example.com",
                "a_b@example.com",
                "o'brien@example.com",
                "brien@example.com",
                "news+mina@example.com",
                "mina@example.com",
                "x.mina@example.com",
                "mina@example.com.kr",
                "mina@example.co",
                "'; drop table messages; --@example.com".replace(" ", "").replace(";", ""));
        for (String address : hostile) {
            list(hostile.stream().map(one -> row(one, "x", "")).toList());
            erase(address, false, place -> {});
            assertThat(people.find(address).isNothing()).as(address).isTrue();
            hostile.stream()
                    .filter(other -> !other.equals(address))
                    .forEach(other -> assertThat(people.find(other).in(Place.ROWS))
                            .as("%s after %s was erased", other, address)
                            .isEqualTo(1));
            hostile.forEach(other -> erase(other, false, place -> {}));
        }
    }

    @Test
    void undoingAfterwardsWorksAndBringsNobodyBack() {
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, RULES);
        long list =
                list(List.of(row(MINA, NAME, ""), row(OTHER, "Minax", ""), row("friend@example.com", "Friend", "")));
        List<Long> ids = List.of(rowOf(MINA), rowOf(OTHER), rowOf("friend@example.com"));
        edit(
                sheets,
                list,
                change -> change.patch(List.of(
                        Rewritten.row(ids.get(0), List.of("Mrs " + NAME, MINA, "")),
                        Rewritten.row(ids.get(1), List.of("Mrs Minax", OTHER, "knows " + MINA)))));
        edit(sheets, list, change -> {
            long fresh = change.insert(ids.get(0), List.of(List.of(NAME, MINA, ""), List.of("New", "", "")))
                    .get(0);
            change.patch(List.of(Rewritten.row(fresh, List.of("Jun", "jun@example.com", ""))));
        });
        edit(
                sheets,
                list,
                change -> change.patch(List.of(Rewritten.row(rowOf("jun@example.com"), List.of(NAME, MINA, "")))));
        edit(
                sheets,
                list,
                change -> change.patch(List.of(Rewritten.row(rowRepeating(), List.of("Jun", "jun@example.com", "")))));
        edit(sheets, list, change -> change.delete(List.of(ids.get(0), ids.get(2))));

        erase(MINA, false, place -> {});

        assertThat(people.find(MINA).isNothing()).isTrue();
        int undone = 0;
        while (sheets.undo(list, rows -> {}).isPresent()) {
            undone++;
            assertThat(people.find(MINA).isNothing()).isTrue();
            assertCounts(list);
        }
        assertThat(undone).isBetween(3, 5);
        assertThat(workspace.text("SELECT group_concat(field_values) FROM recipient_rows WHERE list_id = " + list))
                .isEqualTo("[\"Minax\",\"" + OTHER + "\",\"\"],[\"Friend\",\"friend@example.com\",\"\"]");
        while (sheets.redo(list, rows -> {}).isPresent()) {
            assertThat(people.find(MINA).isNothing()).isTrue();
            assertCounts(list);
        }
        assertThat(workspace.text("SELECT field_values FROM recipient_rows WHERE address = '" + OTHER + "'"))
                .isEqualTo("[\"Mrs Minax\",\"" + OTHER + "\",\"knows \"]");
        assertThat(workspace.number("SELECT count(*) FROM recipient_rows WHERE address = 'jun@example.com'"))
                .isEqualTo(1);
    }

    @Test
    void whatIsTypedWhileAPersonIsErasedIsErasedToo() throws Exception {
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, RULES);
        ExecutorService hand = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 5; round++) {
                long list = list(List.of(row(MINA, NAME, ""), row(OTHER, "Minax", "")));
                long id = workspace.number(
                        "SELECT id FROM recipient_rows WHERE list_id = " + list + " AND address_key = '" + MINA + "'");
                CountDownLatch typing = new CountDownLatch(1);
                AtomicBoolean erased = new AtomicBoolean();
                Future<?> typed = hand.submit(() -> {
                    for (int i = 0; !erased.get(); i++) {
                        List<String> values = List.of(NAME + i, MINA, "");
                        edit(sheets, list, change -> change.patch(List.of(Rewritten.row(id, values))));
                        typing.countDown();
                    }
                });
                typing.await();

                erase(MINA, false, place -> {});

                erased.set(true);
                typed.get();
                assertThat(workspace.number("SELECT count(*) FROM sheet_edit_rows WHERE values_before LIKE '%Quill%' OR"
                                + " values_after LIKE '%Quill%'"))
                        .isZero();
            }
        } finally {
            hand.shutdown();
        }
    }

    private Map<Place, Long> erase(String address, boolean keepSuppressed, Consumer<Place> progress) {
        Map<Place, Long> erased = new EnumMap<>(Place.class);
        people.erase(address, keepSuppressed, progress, erased);
        return erased;
    }

    private static void edit(SheetStore sheets, long list, Consumer<SheetChange> work) {
        try (SheetChange change = sheets.change(list, SheetEdit.Kind.TYPED, "")) {
            work.accept(change);
        }
    }

    private long rowOf(String key) {
        return workspace.number("SELECT id FROM recipient_rows WHERE address_key = '" + key + "'");
    }

    private long rowRepeating() {
        return workspace.number(
                "SELECT id FROM recipient_rows WHERE field_values LIKE '%Quillfeather%' AND field_values NOT"
                        + " LIKE '%Mrs%'");
    }

    private void assertCounts(long list) {
        assertThat(workspace.number("SELECT row_count * 1000 + sheet_count FROM recipient_lists WHERE id = " + list))
                .isEqualTo(workspace.number(
                        "SELECT count(address_key) * 1000 + count(*) FROM recipient_rows WHERE list_id = " + list));
    }

    @Test
    void pagesThatWereFreeBeforeKeepNothingEither() throws IOException {
        long list = list(List.of(row(MINA, NAME.repeat(4_000), "")));
        workspace.recipients.delete(list);

        erase(MINA, false, place -> {});

        assertThat(files()).doesNotContain(NAME);
    }

    @Test
    void othersWriteWhileErasingWaitsForAReader() throws Exception {
        list(List.of(row(MINA, NAME, "")));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        ExecutorService hands = Executors.newFixedThreadPool(2);
        try {
            Future<?> reader = hands.submit(() -> workspace.database.read(sql -> sql.transactionResult(inside -> {
                inside.dsl().execute("SELECT count(*) FROM recipient_rows");
                reading.countDown();
                return written.await(50, TimeUnit.SECONDS);
            })));
            assertThat(reading.await(50, TimeUnit.SECONDS)).isTrue();
            CountDownLatch last = new CountDownLatch(1);
            Future<?> erasing = hands.submit(() -> erase(MINA, false, place -> {
                if (place == Place.SUPPRESSIONS) {
                    last.countDown();
                }
            }));
            assertThat(last.await(50, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 40; i++) {
                settings.put("ui.something", Integer.toString(i));
            }
            assertThat(erasing.isDone()).isFalse();
            written.countDown();
            assertThat(reader.get()).isEqualTo(true);
            erasing.get();
            assertThat(files()).doesNotContain(NAME);
        } finally {
            hands.shutdown();
        }
    }

    /** A person in every place, twice if called twice. */
    private void putEverywhere() {
        List<StagedRow> rows = List.of(
                row(MINA, NAME, ""), row(OTHER, "Minax", ""), row("friend@example.com", "Friend", "sent by " + MINA));
        long first = list(rows);
        workspace.recipients.addProblems(
                workspace.recipients.begin("unfinished " + lists, "test", COLUMNS),
                List.of(new ImportProblem(3, "QUOTE_NOT_CLOSED", "", "\"" + NAME + ";" + MINA, Optional.empty())));
        workspace.recipients.append(
                workspace.number("SELECT max(id) FROM recipient_lists"), List.of(row(MINA, NAME, "")));
        long second = list(List.of(row(MINA, NAME, ""), row(OTHER, "Minax", "")));
        repeat(second);
        history(second);
        long sent = plan(first);
        ClaimedMessage message = workspace.claimOne(sender, sent);
        workspace.record(message, sender, new SendResult.Accepted("provider-" + message.id()));
        ClaimedMessage other = workspace.claimOne(sender, sent);
        workspace.record(other, sender, new SendResult.Accepted("provider-" + other.id()));
        workspace.outcomes.settle(
                List.of(
                        outcome(
                                OutcomeKind.CLICK,
                                OptionalLong.of(message.id()),
                                "https://shop.example/" + NAME.replace(" ", "%20")),
                        outcome(OutcomeKind.COMPLAINT, OptionalLong.of(message.id()), null),
                        outcome(OutcomeKind.DELIVERY, OptionalLong.of(other.id()), null)),
                List.of(new Unsettled("OTHER_WORKSPACE", "f" + lists, "{\"to\":\"" + NAME + "\\n" + MINA + "\"}")));
        workspace.execute("DELETE FROM suppressions WHERE address_key = '" + MINA + "'");
        long waiting = plan(second);
        workspace.suppressions.add(World.LIVE, MINA, "COMPLAINT", "said " + NAME);
        workspace.execute("INSERT OR REPLACE INTO suppression_lifts VALUES ('" + MINA + "', '" + MINA + "', 1)");
        assertThat(waiting).isPositive();
        settings.put("ui.test_addresses", OTHER + ", " + MINA + ", jun@example.com");
        drafts.saveAttachments(
                drafts.create("draft", Map.of("reply_to", MINA)), List.of(file("Bill " + MINA + ".pdf")));
        practice.accept(
                new AcceptedMail("p" + lists, ID.tag(message.id()), ID.tag(sent), MINA, "Hello " + NAME, "To: " + MINA),
                List.of(new QueuedEvent(workspace.clock.instant(), "{\"destination\":[\"" + MINA + "\"]}")));
        practice.accept(
                new AcceptedMail("q" + lists, ID.tag(other.id()), ID.tag(sent), OTHER, "Hello Minax", "To: " + OTHER),
                List.of(new QueuedEvent(workspace.clock.instant(), "{\"destination\":[\"" + OTHER + "\"]}")));
        practice.accept(
                new AcceptedMail("t" + lists, ID.testTag("1"), "", "tester@example.com", "[Test] " + NAME, "x"),
                List.of());
    }

    /** A row that repeats the address, one whose address cannot be mailed, and what an import left out. */
    private void repeat(long list) {
        workspace.execute("INSERT INTO recipient_rows (list_id, address, repeats_key, field_values, rank) VALUES ("
                + list + ", '" + MINA + "', '" + MINA + "', '[\"" + NAME + "\",\"" + MINA + "\"]', 9000000)");
        workspace.execute("UPDATE recipient_lists SET sheet_count = sheet_count + 1 WHERE id = " + list);
        workspace.execute("INSERT INTO import_problems (list_id, line, reason, detail, row, field_values) VALUES ("
                + list + ", 7, 'DUPLICATE', '', '" + NAME + ";" + MINA + ";', '[\"" + NAME
                + "\",\" Mina_1@Example.com\",\"\"]')");
        workspace.execute("INSERT INTO import_problems (list_id, line, reason, detail, row, field_values) VALUES ("
                + list + ", 9, 'NO_AT', '', 'Nobody;nobody;" + MINA + "', '[\"Nobody\",\"nobody\",\"" + MINA + "\"]')");
        workspace.execute("UPDATE recipient_lists SET problem_count = 2 WHERE id = " + list);
    }

    private void history(long list) {
        String row = workspace.text(
                "SELECT id FROM recipient_rows WHERE list_id = " + list + " AND address_key = '" + MINA + "'");
        String other = workspace.text(
                "SELECT id FROM recipient_rows WHERE list_id = " + list + " AND address_key = '" + OTHER + "'");
        workspace.execute(
                "INSERT INTO sheet_edits (list_id, kind, detail, row_count, state, made_at, touched_at) VALUES (" + list
                        + ", 'TYPED', '', 3, 'DONE', 1, 1), (" + list + ", 'REPLACED', 'find " + MINA
                        + "', 1, 'DONE', 2, 2)");
        long edit = workspace.number("SELECT max(id) - 1 FROM sheet_edits");
        workspace.execute("INSERT INTO sheet_edit_rows VALUES"
                + " (" + edit + ", " + row + ", 1, '[\"" + NAME + "\"]', 1, '[\"" + NAME + "\",\"" + MINA + "\"]'),"
                + " (" + edit + ", 123456, 2, '[\"" + NAME + "\",\"" + MINA + "\"]', NULL, NULL),"
                + " (" + edit + ", " + other + ", 3, '[\"\",\"" + OTHER + "\",\"via " + MINA + "\"]', 3, '[\"\",\""
                + OTHER + "\"]'),"
                + " (" + (edit + 1) + ", " + row + ", 1, '[\"" + NAME + "\",\"" + MINA + "\"]', 1, '[\"M\",\"" + MINA
                + "\"]')");
    }

    private static Attachment file(String name) {
        return new Attachment(name, "application/octet-stream", new byte[] {1});
    }

    private static StagedRow row(String address, String name, String friend) {
        return new StagedRow(
                address, SuppressionStore.key(address), FieldValues.toJson(List.of(name, address, friend)));
    }

    private long list(List<StagedRow> rows) {
        lists++;
        long list = workspace.recipients.begin("list " + lists, "test", COLUMNS);
        workspace.recipients.append(list, rows);
        workspace.recipients.finish(list);
        return list;
    }

    private long plan(long list) {
        TemplateStore templates = new TemplateStore(workspace.database, workspace.clock);
        long template = templates.create(
                "template " + workspace.number("SELECT count(*) FROM plans"),
                new TemplateContent("Hello {{name}}", "", "<p>Hello</p>"),
                "test");
        long plan = workspace.plans.create(
                new PlanStore.NewPlan(
                        "plan",
                        templates.find(template).orElseThrow().newest().id(),
                        list,
                        "list",
                        "news@example.com",
                        "News",
                        "",
                        new PlanTiming(workspace.clock.instant(), "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                COLUMNS,
                List.of());
        workspace.plans.start(plan);
        workspace.plans.begin(plan);
        return plan;
    }

    private Outcome outcome(OutcomeKind kind, OptionalLong message, @Nullable String link) {
        return new Outcome(
                kind,
                message,
                "provider-1",
                kind + "-" + lists,
                workspace.clock.instant(),
                kind == OutcomeKind.COMPLAINT,
                kind == OutcomeKind.COMPLAINT ? "Complaint.abuse" : null,
                "agent",
                link,
                "{\"mail\":{\"destination\":[\"" + (message.orElse(0) % 2 == 1 ? MINA : OTHER) + "\"]}}");
    }

    /** Rows of everybody else who is not mentioned with the person. */
    private String others() {
        return Stream.of(
                        "SELECT group_concat(id || address || address_key || field_values || rank) FROM recipient_rows WHERE address = '"
                                + OTHER + "'",
                        "SELECT group_concat(id || address || field_values || state || coalesce(provider_id, '')) FROM messages WHERE address = '"
                                + OTHER + "'",
                        "SELECT group_concat(e.id || e.body || e.detail) FROM message_events e JOIN messages m ON m.id = e.message_id WHERE m.address = '"
                                + OTHER + "'")
                .map(workspace::text)
                .reduce("", String::concat);
    }

    /** All that the files of both databases hold. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        Set<String> names = Set.of("workspace.db", "workspace.db-wal", "practice.sqlite", "practice.sqlite-wal");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> there = Files.list(folder)) {
            there.filter(file -> names.contains(file.getFileName().toString())).forEach(files::add);
        }
        for (Path file : files) {
            all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }
}
