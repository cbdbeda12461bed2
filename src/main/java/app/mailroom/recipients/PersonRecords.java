package app.mailroom.recipients;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
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
    /** The action of an audit entry about an export. */
    public static final String EXPORTED = "PERSON_EXPORTED";

    /** The action of an audit entry about an erasure that begins; a later one says how it ended. */
    public static final String ERASURE_BEGUN = "PERSON_ERASURE_BEGUN";

    /** The action of an audit entry about an erasure that broke off, with what was erased until then. */
    public static final String ERASURE_BROKE_OFF = "PERSON_ERASURE_BROKE_OFF";

    /** The action of an audit entry about an erasure that came to its end. */
    public static final String ERASED = "PERSON_ERASED";

    private static final int FINGERPRINT_BYTES = 8;

    private final PersonStore people;
    private final AuditStore audit;
    private final Supplier<KeptCopies> copies;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Over the given stores.
     *
     * @param copies what copies of the database there are, of which nothing is erased
     */
    public PersonRecords(PersonStore people, AuditStore audit, Supplier<KeptCopies> copies, Clock clock) {
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
     */
    public void export(String actor, String address, Path zip) throws AddressException, IOException {
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
        audit.add(actor, EXPORTED, fingerprint(key), words(counts));
    }

    private void write(String key, Everything everything, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            entry(zip, "person.html", new PersonPage(key, clock.instant()).html(everything.kept()));
            entry(
                    zip,
                    "person.json",
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(document(key, everything)));
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
     * @throws app.mailroom.store.PersonBeingMailedException when a mail to the person is on its way this moment
     */
    public Erasure erase(String actor, String address, boolean keepSuppressed, Consumer<Place> progress)
            throws AddressException {
        String key = key(address);
        String fingerprint = fingerprint(key);
        String kept = keepSuppressed ? "suppression kept" : "";
        audit.add(actor, ERASURE_BEGUN, fingerprint, kept);
        Map<Place, Long> counts = new EnumMap<>(Place.class);
        try {
            people.erase(key, keepSuppressed, progress, counts);
        } catch (Throwable e) {
            try {
                audit.add(actor, ERASURE_BROKE_OFF, fingerprint, words(counts));
            } catch (RuntimeException unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
        audit.add(
                actor,
                ERASED,
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
        return fingerprint(key(address));
    }

    private static String key(String address) throws AddressException {
        return EmailAddress.parse(address).key();
    }

    private static String fingerprint(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String words(Map<Place, Long> counts) {
        return Stream.of(Place.values())
                .filter(counts::containsKey)
                .map(place -> place.name().toLowerCase(Locale.ROOT) + " " + counts.get(place))
                .collect(Collectors.joining(", "));
    }
}
