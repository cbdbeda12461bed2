package app.mailroom.ui.templates;

import app.mailroom.delivery.TestSend;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.UsualSender;
import app.mailroom.model.World;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.AddressFault;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.store.SettingsStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SenderAddresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** A test mail of a template: to whom, from whom, and what became of it. What was typed outlives every failure. */
final class TestSendViewModel {
    /** The addresses of the last test, separated by commas. */
    static final String REMEMBERED = "ui.test_addresses";

    /** What has to be mended before anything is sent. */
    sealed interface Trouble {
        /** There is no address. */
        record Nobody() implements Trouble {}

        /** An address cannot be mailed. */
        record BadAddress(String typed, AddressFault why) implements Trouble {}

        /** There are more addresses than a test is for. */
        record TooMany(int count) implements Trouble {}

        /** The sender address cannot be one. */
        record BadSender(AddressFault why) implements Trouble {}

        /** The reply address cannot be one. */
        record BadReplyTo(AddressFault why) implements Trouble {}

        /** Sending failed as a whole. */
        record Failed(Throwable failure) implements Trouble {}
    }

    private record Start(String to, String fromAddress, String fromName, String replyTo, List<String> senders) {}

    /** Whether the mails go out in earnest. */
    final boolean live;

    final StringProperty to = new SimpleStringProperty("");
    final StringProperty fromAddress = new SimpleStringProperty("");
    final StringProperty fromName = new SimpleStringProperty("");
    final StringProperty replyTo = new SimpleStringProperty("");
    final ObservableList<String> senders = FXCollections.observableArrayList();
    final ObservableList<Trouble> troubles = FXCollections.observableArrayList();
    final ObservableList<TestSend.Sent> sent = FXCollections.observableArrayList();
    final BooleanProperty busy = new SimpleBooleanProperty(false);
    /** The mail that was sent last, to be looked at. */
    final ObjectProperty<@Nullable Sample> sample = new SimpleObjectProperty<>();

    private final ScreenContext context;
    private final Features features;
    private final TemplateContent content;
    private final Optional<SampleRow> row;

    private record Done(List<TestSend.Sent> sent, Sample sample) {}

    TestSendViewModel(ScreenContext context, TemplateContent content, Optional<SampleRow> row) {
        this.context = context;
        this.features = context.features();
        this.content = content;
        this.row = row;
        this.live = features.mailing().dispatch().world() == World.LIVE;
    }

    /** Fills the form with this sender before it is loaded. */
    void from(UsualSender sender) {
        fromAddress.set(sender.address());
        fromName.set(sender.name());
        replyTo.set(sender.replyTo());
    }

    /** Fills the form with what was used last. */
    void load() {
        SettingsStore settings = features.stores().settings();
        UsualSender usual = features.mailing().usualSender();
        context.background()
                .get(
                        () -> new Start(
                                settings.get(REMEMBERED).orElse(""),
                                settings.get("ui.from_address").orElse(usual.address()),
                                settings.get("ui.from_name").orElse(usual.name()),
                                settings.get("ui.reply_to").orElse(usual.replyTo()),
                                SenderAddresses.of(List.of(), features.stores()).remembered()),
                        start -> {
                            senders.setAll(start.senders());
                            fill(to, start.to());
                            fill(fromAddress, start.fromAddress());
                            fill(fromName, start.fromName());
                            fill(replyTo, start.replyTo());
                        });
    }

    /** Not over what the person has typed in the meantime. */
    private static void fill(StringProperty field, String text) {
        if (field.get().isEmpty()) {
            field.set(text);
        }
    }

    /** Sends, unless something has to be mended first. */
    void send() {
        if (busy.get()) {
            return;
        }
        TestAddresses addresses = TestAddresses.read(to.get());
        troubles.clear();
        weigh(addresses);
        if (!troubles.isEmpty()) {
            return;
        }
        busy.set(true);
        sent.clear();
        String name = fromName.get().strip();
        String from = fromAddress.get().strip();
        String replies = replyTo.get().strip();
        context.remote()
                .get(
                        () -> {
                            features.stores().settings().put(REMEMBERED, String.join(", ", addresses.mailboxes()));
                            Map<String, String> values =
                                    row.isPresent() ? row.get().values() : SampleValues.filled(content, Map.of());
                            return new Done(
                                    features.mailing()
                                            .testSend()
                                            .send(new TestSend.Request(
                                                    content, values, from, name, replies, addresses.mailboxes())),
                                    asSent(values, from, replies));
                        },
                        done -> {
                            busy.set(false);
                            sample.set(done.sample());
                            sent.setAll(done.sent());
                        },
                        failure -> {
                            busy.set(false);
                            troubles.add(new Trouble.Failed(failure));
                        });
    }

    private Sample asSent(Map<String, String> values, String from, String replies)
            throws TemplateException, RenderException {
        CompiledTemplate template = CompiledTemplate.compile(content);
        String unsubscribe = features.mailing()
                .beforeAndAfter()
                .leaving()
                .of(features.mailing().dispatch().world(), from, replies);
        return new Sample(template.render(ProgramVariables.beside(values::get, unsubscribe)), template.images());
    }

    private void weigh(TestAddresses addresses) {
        addresses.faults().forEach(fault -> troubles.add(new Trouble.BadAddress(fault.typed(), fault.why())));
        if (addresses.mailboxes().isEmpty() && addresses.faults().isEmpty()) {
            troubles.add(new Trouble.Nobody());
        } else if (addresses.tooMany()) {
            troubles.add(new Trouble.TooMany(addresses.mailboxes().size()));
        }
        fault(fromAddress.get()).ifPresent(why -> troubles.add(new Trouble.BadSender(why)));
        if (!replyTo.get().isBlank()) {
            fault(replyTo.get()).ifPresent(why -> troubles.add(new Trouble.BadReplyTo(why)));
        }
    }

    private static Optional<AddressFault> fault(String address) {
        try {
            EmailAddress.parse(address);
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of(e.code());
        }
    }

    /** Writes a mail as it was handed over into a file. */
    void save(TestSend.Sent mail, Path file, Consumer<Path> done) {
        context.background().run(() -> write(file, mail.eml()), () -> done.accept(file));
    }

    private static void write(Path file, String eml) throws IOException {
        Files.writeString(file, eml, StandardCharsets.UTF_8);
    }
}
