package app.mailroom.app;

import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.InputReader;
import app.mailroom.evidence.Mutator;
import app.mailroom.evidence.Report;
import app.mailroom.outcome.EventReader;
import app.mailroom.recipients.RecipientFileReader;
import app.mailroom.relay.RelayAddressReader;
import app.mailroom.template.TemplateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Bad input for everything that reads what others wrote. */
public final class InputEvidence implements EvidencePart {
    /** So long for one input of at most a few megabytes means that it would never end. */
    private static final long HANGING_SECONDS = 120;

    private static final Map<String, Integer> INPUTS = Map.of(
            "CSV", 4_000, "XLSX", 3_000, "template HTML", 6_000, "event JSON", 60_000, "requests to the relay", 6_000);

    @Override
    public String title() {
        return "Bad input";
    }

    @Override
    public String question() {
        return """
                Files, templates, events and requests are good ones with one to six changes (bits flipped, pieces cut out, doubled \
                or taken from elsewhere, words of the format put in, some thousands of times), and some that are bad by size or \
                depth. Nothing may crash or hang, nothing may be lost: an address in a file is in the list, or among what was left \
                out, or the whole file is refused; an event is understood or kept for review; a template closed untouched is the \
                same to the byte, and no value becomes markup; only signed addresses lead anywhere. All of it with 256 MB of heap.""";
    }

    @Override
    public List<String> jvmArguments() {
        return List.of("-Xmx256m");
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        rows.add(tried(ground, report, RecipientFileReader.ofText(ground.folder("csv"))));
        rows.add(tried(ground, report, RecipientFileReader.ofWorkbooks(ground.folder("xlsx"))));
        rows.add(tried(ground, report, new TemplateReader()));
        rows.add(tried(ground, report, new EventReader()));
        rows.add(tried(ground, report, new RelayAddressReader(ground.folder("relay"))));
        report.table(List.of("read", "inputs", "faults", "what came of them"), rows);
    }

    private static List<String> tried(Ground ground, Report report, InputReader reader) throws Exception {
        Mutator mutator = new Mutator(reader.corpus(), reader.words());
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        ExecutorService readers = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "reader");
            thread.setDaemon(true);
            return thread;
        });
        int extremes = reader.extremes().size();
        int inputs = INPUTS.getOrDefault(reader.name(), 1_000);
        try (reader) {
            for (int i = 0; i < extremes && faults.isEmpty(); i++) {
                byte[] input = reader.extremes().get(i);
                read(readers, reader, input, "extreme " + i, outcomes, faults);
            }
            for (int i = 0; i < inputs && faults.size() < 5; i++) {
                long seed = ground.seed() * 1_000_003L + i;
                read(readers, reader, mutator.input(seed), "seed " + seed, outcomes, faults);
            }
        } catch (AssertionError e) {
            faults.add("in the end: " + e);
        } finally {
            readers.shutdownNow();
        }
        ground.say("%s: %s", reader.name(), outcomes);
        report.check(
                "%s: %,d inputs without a crash, a hang or a loss%s"
                        .formatted(reader.name(), inputs + extremes, faults.isEmpty() ? "" : "; found " + faults),
                faults.isEmpty());
        return List.of(
                reader.name(),
                "%,d".formatted(inputs + extremes),
                Integer.toString(faults.size()),
                outcomes.entrySet().stream()
                        .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private static void read(
            ExecutorService readers,
            InputReader reader,
            byte[] input,
            String which,
            Map<String, Integer> outcomes,
            List<String> faults)
            throws InterruptedException, IOException {
        try {
            String outcome = readers.submit(() -> reader.read(input)).get(HANGING_SECONDS, TimeUnit.SECONDS);
            outcomes.merge(outcome, 1, Integer::sum);
        } catch (ExecutionException e) {
            Throwable fault = Objects.requireNonNullElse(e.getCause(), e);
            fault.printStackTrace();
            faults.add(which + ": " + firstLine(fault));
        } catch (TimeoutException e) {
            faults.add(which + ": hangs");
        }
    }

    private static String firstLine(Throwable fault) {
        return String.valueOf(fault).strip().lines().limit(4).collect(Collectors.joining(" "));
    }
}
