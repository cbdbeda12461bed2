package app.mailroom.recipients;

import app.mailroom.model.Access;
import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.store.AddressFingerprint;
import app.mailroom.store.AuditStore;
import app.mailroom.store.PersonStore;
import app.mailroom.store.PersonStore.Everything;
import app.mailroom.store.PersonStore.Kept;
import app.mailroom.store.PersonStore.Place;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All that is kept of one person: to be shown, handed over, and erased (GDPR, articles 15, 17 and 20). The audit notes
 * that it was handed over or erased, with counts and a fingerprint of the address.
 */
public final class PersonRecords {
    private final PersonStore people;
    private final AuditStore audit;
    private final Supplier<KeptCopies> copies;
    private final Access access;
    private final Clock clock;

    /**
     * Over the given stores.
     *
     * @param copies what copies of the database there are, of which nothing is erased
     * @param access whoever uses the stores
     */
    public PersonRecords(
            PersonStore people, AuditStore audit, Supplier<KeptCopies> copies, Access access, Clock clock) {
        this.access = access;
        this.people = people;
        this.audit = audit;
        this.copies = copies;
        this.clock = clock;
    }

    /** What was erased, how much in each place, and which copies of it there still are. */
    public record Erasure(Map<Place, Long> counts, KeptCopies copies) {}

    /**
     * What is kept of the person with this address. Reads through every list and mailing.
     *
     * @throws AddressException when it is no address
     */
    public PersonStore.Found find(String address) throws AddressException {
        return people.find(key(address));
    }

    /** Which copies of the database there are. */
    public KeptCopies copies() {
        return copies.get();
    }

    /**
     * Writes all that is kept of the person into a zip file: {@code person.html} for people, {@code person.json} for
     * machines, and mails of the practice world as they were sent. A file that is there is replaced, at the end.
     *
     * @throws AddressException when it is no address
     * @throws IOException when the file cannot be written; none is left then
     * @throws app.mailroom.model.NotAllowedException when they may not export
     */
    public void export(String address, Path zip) throws AddressException, IOException {
        access.require(Right.EXPORT);
        String key = key(address);
        Everything everything = people.everything(key);
        Path folder = zip.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(folder, "person", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                write(key, everything, out);
            }
            Files.move(unfinished, zip, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        Map<Place, Long> counts = new EnumMap<>(Place.class);
        everything.kept().forEach(kept -> counts.merge(kept.place(), 1L, Long::sum));
        audit.add(AuditAction.PERSON_EXPORTED, AddressFingerprint.of(key), words(counts));
    }

    private void write(String key, Everything everything, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            entry(zip, "person.html", new PersonPage(key, clock.instant()).html(everything.kept()));
            entry(
                    zip,
                    "person.json",
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document(key, everything)));
            for (Map.Entry<String, String> mail : everything.mails().entrySet()) {
                entry(zip, mail.getKey(), mail.getValue());
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private ObjectNode document(String key, Everything everything) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("address", key)
                .put("exported_at", clock.instant().toString());
        ObjectNode places = document.putObject("kept");
        for (Place place : Place.values()) {
            places.putArray(place.name().toLowerCase(Locale.ROOT))
                    .addAll(everything.kept().stream()
                            .filter(kept -> kept.place() == place)
                            .map(Kept::facts)
                            .toList());
        }
        return document;
    }

    /**
     * Erases the person everywhere. Messages stay in the counts of their mailings, without the person. To be done again
     * when it broke off, and when something of the person came in meanwhile.
     *
     * @param keepSuppressed whether the address stays on the suppression list, if it is on it, so that it is never
     *     mailed again
     * @param progress is told before each place
     * @throws AddressException when it is no address
     * @throws app.mailroom.model.NotAllowedException when they may not erase anybody
     * @throws app.mailroom.store.PersonBeingMailedException when a mail to the person is on its way this moment
     */
    public Erasure erase(String address, boolean keepSuppressed, Consumer<Place> progress) throws AddressException {
        String key = key(address);
        String fingerprint = AddressFingerprint.of(key);
        String kept = keepSuppressed ? "suppression kept" : "";
        access.require(Right.ERASE_PERSONS);
        audit.add(AuditAction.PERSON_ERASURE_BEGUN, fingerprint, kept);
        Map<Place, Long> counts = new EnumMap<>(Place.class);
        try {
            people.erase(key, keepSuppressed, progress, counts);
        } catch (Throwable e) {
            try {
                audit.add(AuditAction.PERSON_ERASURE_BROKE_OFF, fingerprint, words(counts));
            } catch (RuntimeException unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
        audit.add(
                AuditAction.PERSON_ERASED,
                fingerprint,
                Stream.of(words(counts), kept).filter(part -> !part.isEmpty()).collect(Collectors.joining(", ")));
        return new Erasure(counts, copies.get());
    }

    /**
     * What the audit says instead of an address: it names nobody, and who knows an address can look whether it was erased.
     *
     * @throws AddressException when it is no address
     */
    public static String fingerprintOf(String address) throws AddressException {
        return AddressFingerprint.of(key(address));
    }

    private static String key(String address) throws AddressException {
        return EmailAddress.parse(address).key();
    }

    private static String words(Map<Place, Long> counts) {
        return Stream.of(Place.values())
                .filter(counts::containsKey)
                .map(place -> place.name().toLowerCase(Locale.ROOT) + " " + counts.get(place))
                .collect(Collectors.joining(", "));
    }

    /** Apart, so that a program that starts does not wait for it. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
