package app.mailroom.recipients;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** An Excel workbook on disk: whether it can be read, and its sheets. */
final class WorkbookFile {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    /** How the part is called that holds the true workbook of an encrypted one. */
    private static final byte[] ENCRYPTED_PART = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    /** Honest parts shrink to a tenth or a thirtieth; only what was made to burst shrinks to less than this. */
    private static final long RATIO_LIMIT = 200;

    /** Up to here the ratio does not matter. */
    private static final long HARMLESS = 64L << 20;

    /** Parts beside sheets and texts are small. */
    private static final long SMALL_PART = 64L << 20;

    private final Path file;
    private final long size;
    private final boolean from1904;
    private final boolean styled;
    private final Map<String, String> parts;
    private final List<RecipientFormat.SheetName> sheets;

    private WorkbookFile(Path file, Parts found) throws IOException {
        this.file = file;
        this.size = Files.size(file);
        this.from1904 = found.from1904;
        this.styled = found.styled;
        this.parts = Map.copyOf(found.sheetParts);
        this.sheets = found.names.stream()
                .sorted(Comparator.comparing(RecipientFormat.SheetName::hidden))
                .toList();
    }

    /** Whether a file begins as workbooks do, readable or not. */
    static boolean looksLikeOne(byte[] head) {
        return startsWith(head, ZIP) || startsWith(head, OLE);
    }

    /** Looks at a workbook without reading its sheets. */
    static WorkbookFile open(Path file) throws IOException, RecipientFileException {
        byte[] head = new byte[OLE.length];
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.readNBytes(head, 0, head.length);
        }
        if (startsWith(head, OLE)) {
            throw contains(file, ENCRYPTED_PART)
                    ? new RecipientFileException(
                            RecipientFileFault.ENCRYPTED,
                            "The workbook is protected with a password. Open it, remove the password and save it.")
                    : new RecipientFileException(
                            RecipientFileFault.OLD_WORKBOOK,
                            "The workbook has the old format .xls. Open it in Excel or LibreOffice and save it as .xlsx.");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new WorkbookFile(file, new Parts(zip));
        } catch (ZipException | EOFException | XMLStreamException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Its sheets in their order, the hidden ones last. */
    List<RecipientFormat.SheetName> sheets() {
        return sheets;
    }

    /** The first sheet that is not hidden and has something in it; the first of all where all are empty. */
    SheetRecords.Chosen proposed() throws IOException, RecipientFileException {
        for (RecipientFormat.SheetName sheet : sheets) {
            if (!sheet.hidden()) {
                SheetRecords.Chosen chosen = choose(sheet.name());
                if (hasSomething(chosen)) {
                    return chosen;
                }
            }
        }
        return choose(sheets.get(0).name());
    }

    /** Looks through a sheet, so that it can be read. */
    SheetRecords.Chosen choose(String name) throws IOException, RecipientFileException {
        String part = parts.get(name);
        if (part == null) {
            throw new RecipientFileException(
                    RecipientFileFault.NO_SHEET,
                    "The workbook has no sheet “" + name + "”. Its sheets are: "
                            + String.join(
                                    ", ",
                                    sheets.stream()
                                            .map(RecipientFormat.SheetName::name)
                                            .toList()));
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = Parts.entry(zip, part);
            try (InputStream xml = new Guarded(zip.getInputStream(entry), entry.getCompressedSize(), Long.MAX_VALUE)) {
                return new SheetRecords.Chosen(file, size, name, from1904, SheetScan.of(xml));
            }
        } catch (TooLargeException e) {
            throw tooLarge();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** The rows of a sheet that was looked through. */
    SheetRecords read(SheetRecords.Chosen sheet) throws IOException, RecipientFileException {
        ReadableWorkbook workbook = null;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(styled, true));
            Sheet found = workbook.findSheet(sheet.name()).orElseThrow();
            Stream<Row> rows = found.openStream();
            return new SheetRecords(sheet, workbook, rows);
        } catch (IOException | RuntimeException e) {
            if (workbook != null) {
                workbook.close();
            }
            throw damaged(e);
        }
    }

    private boolean hasSomething(SheetRecords.Chosen sheet) throws IOException, RecipientFileException {
        try (SheetRecords rows = read(sheet)) {
            for (FileRecord row = rows.next(); row != null; row = rows.next()) {
                if (!row.isBlank()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static RecipientFileException damaged(Exception cause) {
        RecipientFileException damaged = new RecipientFileException(
                RecipientFileFault.DAMAGED,
                "The file is no Excel workbook, or a broken one. Open it in the program that wrote it and save it as"
                        + " .xlsx or as CSV (UTF-8).");
        damaged.initCause(cause);
        return damaged;
    }

    private static RecipientFileException tooLarge() {
        return new RecipientFileException(
                RecipientFileFault.TOO_LARGE,
                "The workbook unpacks to more than can be read at once. Save the sheet as CSV (UTF-8) and import that.");
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static boolean contains(Path file, byte[] wanted) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] window = new byte[1 << 16];
            int kept = 0;
            for (int n = bytes.read(window, 0, window.length);
                    n > 0;
                    n = bytes.read(window, kept, window.length - kept)) {
                int filled = kept + n;
                for (int i = 0; i + wanted.length <= filled; i++) {
                    if (Arrays.equals(window, i, i + wanted.length, wanted, 0, wanted.length)) {
                        return true;
                    }
                }
                kept = Math.min(filled, wanted.length - 1);
                System.arraycopy(window, filled - kept, window, 0, kept);
            }
            return false;
        }
    }

    /** What the parts of a workbook say of it. */
    private static final class Parts {
        private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        private static final String STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        private static final String CONTENT_TYPES = "[Content_Types].xml";

        private final ZipFile zip;
        private final Map<String, String> sheetParts = new HashMap<>();
        private final List<RecipientFormat.SheetName> names = new ArrayList<>();
        private boolean from1904;
        private boolean styled;
        private String main = "xl/workbook.xml";
        private final List<String> texts = new ArrayList<>();
        private final List<String> styles = new ArrayList<>();

        Parts(ZipFile zip) throws IOException, XMLStreamException, RecipientFileException {
            this.zip = zip;
            if (zip.getEntry(CONTENT_TYPES) == null) {
                throw notAWorkbook();
            }
            read(CONTENT_TYPES, this::contentType);
            if (zip.getEntry(main) == null) {
                throw notAWorkbook();
            }
            Map<String, String> targets = new HashMap<>();
            int slash = main.lastIndexOf('/') + 1;
            String folder = main.substring(0, slash);
            read(folder + "_rels/" + main.substring(slash) + ".rels", xml -> {
                if (xml.getLocalName().equals("Relationship")) {
                    String target = attribute(xml, "Target");
                    targets.put(attribute(xml, "Id"), target.startsWith("/") ? target.substring(1) : folder + target);
                }
            });
            read(main, xml -> workbook(xml, targets));
            if (names.isEmpty()) {
                throw notAWorkbook();
            }
            // Whichever of several parts of one kind is read later, all of them are measured.
            for (String part : texts) {
                measure(part, Math.max(HARMLESS, Runtime.getRuntime().maxMemory() / 3));
            }
            for (String part : styles) {
                measure(part, SMALL_PART);
            }
        }

        private void contentType(XMLStreamReader xml) {
            String type = attribute(xml, "ContentType");
            String part = attribute(xml, "PartName");
            if (!xml.getLocalName().equals("Override") || part.isEmpty()) {
                return;
            }
            String name = part.startsWith("/") ? part.substring(1) : part;
            if (type.endsWith(".sheet.main+xml") || type.endsWith(".macroEnabled.main+xml")) {
                main = name;
            } else if (type.endsWith(".sharedStrings+xml")) {
                texts.add(name);
            } else if (type.endsWith(".styles+xml")) {
                styles.add(name);
                styled = styled || zip.getEntry(name) != null;
            }
        }

        private void workbook(XMLStreamReader xml, Map<String, String> targets) {
            if (xml.getLocalName().equals("workbookPr")) {
                String flag = attribute(xml, "date1904");
                from1904 = flag.equals("1") || flag.equals("true");
            } else if (xml.getLocalName().equals("sheet")) {
                String id = xml.getAttributeValue(RELATIONS, "id");
                String part = targets.get(id == null ? xml.getAttributeValue(STRICT_RELATIONS, "id") : id);
                String name = attribute(xml, "name");
                // Sheets of charts alone and of macros have parts elsewhere and no rows.
                if (part != null
                        && part.toLowerCase(Locale.ROOT).contains("worksheet")
                        && !sheetParts.containsKey(name)) {
                    sheetParts.put(name, part);
                    names.add(new RecipientFormat.SheetName(
                            name,
                            attribute(xml, "state").toLowerCase(Locale.ROOT).endsWith("hidden")));
                }
            }
        }

        /** All texts and styles of a workbook are in memory while a sheet is read. */
        private void measure(String part, long room) throws IOException, RecipientFileException {
            ZipEntry entry = zip.getEntry(part);
            if (entry == null) {
                return;
            }
            try (InputStream xml = new Guarded(zip.getInputStream(entry), entry.getCompressedSize(), room)) {
                xml.transferTo(OutputStream.nullOutputStream());
            } catch (TooLargeException e) {
                throw tooLarge();
            }
        }

        private interface Element {
            void read(XMLStreamReader xml);
        }

        private void read(String part, Element element) throws IOException, XMLStreamException, RecipientFileException {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            ZipEntry entry = entry(zip, part);
            try (InputStream bytes = new Guarded(zip.getInputStream(entry), entry.getCompressedSize(), SMALL_PART)) {
                XMLStreamReader xml = factory.createXMLStreamReader(bytes);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamReader.START_ELEMENT) {
                        element.read(xml);
                    }
                }
            } catch (TooLargeException e) {
                throw tooLarge();
            } catch (XMLStreamException e) {
                if (e.getNestedException() instanceof TooLargeException) {
                    throw tooLarge();
                }
                throw e;
            }
        }

        private static ZipEntry entry(ZipFile zip, String name) throws ZipException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new ZipException("the part " + name + " is missing");
            }
            return entry;
        }

        private static String attribute(XMLStreamReader xml, String name) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }

        private static RecipientFileException notAWorkbook() {
            return new RecipientFileException(
                    RecipientFileFault.NOT_TEXT,
                    "The file is neither text nor an Excel workbook (.xlsx). Open it in the program that wrote it and"
                            + " save it as .xlsx or as CSV (UTF-8).");
        }
    }

    /** More came out of a part than can be true or than there is room for. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops when a part unpacks to much more than it was packed from. */
    private static final class Guarded extends FilterInputStream {
        private final long packed;
        private final long most;
        private long count;

        Guarded(InputStream in, long packed, long most) {
            super(in);
            this.packed = Math.max(1, packed);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void count(int n) throws IOException {
            count += n;
            if (count > most || (count > HARMLESS && count / packed > RATIO_LIMIT)) {
                throw new TooLargeException();
            }
        }
    }
}
