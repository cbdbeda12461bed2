package app.mailroom.ui.editor;

import app.mailroom.model.TemplateContent;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long it takes until a template can be edited: the first time with the start of the editor, and later. */
public final class EditorTimes {
    private static final int ROUNDS = 5;

    private EditorTimes() {}

    /** Prints a table. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("editor-times");
        long start = System.nanoTime();
        try (EditorHost host = new EditorHost(folder, Locale.ENGLISH)) {
            host.show(mail(15_000));
            System.out.printf("window, workspace and first opening, cold: %d ms%n", millisSince(start));
            System.out.println(
                    "| template | median of 5, ms | of which its thread was busy, ms | html() after a change, ms |");
            for (int size : List.of(15_000, 114_000)) {
                List<Long> openings = new ArrayList<>();
                List<Long> busy = new ArrayList<>();
                List<Long> readings = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    String mail = mail(size).replace("Round", "Round " + i);
                    long before = System.nanoTime();
                    busy.add(host.on(() -> {
                        long busyBefore = busyMillis();
                        host.made().show(new TemplateContent("", "", mail), List.of("company"), damage -> {});
                        return busyMillis() - busyBefore;
                    }));
                    openings.add(millisSince(before));
                    host.caretBehind("p");
                    host.robot.write("x");
                    before = System.nanoTime();
                    host.html();
                    readings.add(millisSince(before));
                }
                System.out.printf(
                        "| %d kB | %d | %d | %d |%n", size / 1000, median(openings), median(busy), median(readings));
            }
        }
        System.exit(0);
    }

    private static String mail(int size) {
        StringBuilder mail =
                new StringBuilder("<html><head><style>td { font-family: Arial }</style></head><body><p>Round</p>");
        while (mail.length() < size) {
            mail.append(
                    "<table width=\"600\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tr>"
                            + "<td style=\"padding:24px;font-size:16px;line-height:1.5;mso-line-height-rule:exactly\" valign=\"top\">"
                            + "<p style=\"margin:0 0 16px\">Dear {{first_name|friend}}, this is a <a href=\"https://example.com/a\">link</a>"
                            + " to read.</p></td></tr></table><!--[if mso]><p>x</p><![endif]-->");
        }
        return mail.append("</body></html>").toString();
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long busyMillis() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .toMillis();
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
