package app.mailroom.template;

import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.InTurn;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import app.mailroom.model.TemplateContent;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What rendering a message costs, beside a template library that escapes every value in the same way. */
public final class RenderingEvidence implements EvidencePart {
    private static final int ROUNDS = 15;
    private static final int RECIPIENTS = 256;
    private static final long WARMING = TimeUnit.SECONDS.toNanos(2);
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String[] SYLLABLES = {
        "ka", "lo", "mi", "ne", "ru", "sa", "to", "vi", "서", "울", "민", "준", "é", "ö", "&", "<b>", "\"", "'", " "
    };

    /** A newsletter of a size, and the last step of making a message from it, ours and theirs. */
    private record Newsletter(int bytes, List<String> variables, CompiledTemplate ours, Mustached theirs) {}

    /** The three parts of a mail as templates of the library. */
    private record Mustached(Template subject, Template html, Template text) {
        RenderedMail render(Map<String, String> values) {
            return new RenderedMail(subject.execute(values), html.execute(values), text.execute(values));
        }
    }

    private interface Rendering {
        RenderedMail render(Newsletter letter, Map<String, String> values) throws RenderException;
    }

    @Override
    public String title() {
        return "Rendering";
    }

    @Override
    public String question() {
        return """
                What does it cost to make one message (subject, HTML and text part) from a template that was compiled before, with
                each value escaped for the place where it stands? Beside it stands jmustache, compiled too, which escapes every value
                of the HTML for HTML. Both get the same values and the same template: ours as it is after compiling, with CSS moved
                into the tags and the text part derived, which jmustache does not do.""";
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Random random = ground.random();
        List<Newsletter> letters = List.of(newsletter(3_000, 5), newsletter(29_500, 25), newsletter(100_000, 60));
        List<List<Map<String, String>>> values = new ArrayList<>();
        for (Newsletter letter : letters) {
            values.add(recipients(letter.variables(), random));
        }
        compare(letters, values, report);
        for (int i = 0; i < letters.size(); i++) {
            microseconds(letters.get(i), values.get(i), WARMING, RenderingEvidence::ours);
            microseconds(letters.get(i), values.get(i), WARMING, RenderingEvidence::theirs);
        }
        List<List<String>> rows = new ArrayList<>();
        List<InTurn> figures = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            Newsletter letter = letters.get(i);
            List<Map<String, String>> people = values.get(i);
            InTurn both = InTurn.measure(
                    ROUNDS,
                    () -> microseconds(letter, people, ROUND, RenderingEvidence::theirs),
                    () -> microseconds(letter, people, ROUND, RenderingEvidence::ours));
            figures.add(both);
            rows.add(List.of(
                    Report.number(letter.bytes() / 1e3),
                    Integer.toString(letter.variables().size()),
                    Report.number(both.second()),
                    Report.number(both.first()),
                    both.ratioWithRange()));
            ground.say(
                    "%s KB: %s times as fast", rows.get(i).get(0), rows.get(i).get(4));
        }
        report.table(
                List.of("HTML, KB", "variables", "Mailroom, µs a message", "jmustache, µs", "times as fast (range)"),
                rows);
        report.chart(
                "rendering",
                Chart.logarithmic("Rendering a message", "HTML, KB", "µs")
                        .line(
                                "Mailroom",
                                kilobytes(letters),
                                figures.stream().map(InTurn::second).toList())
                        .line(
                                "jmustache",
                                kilobytes(letters),
                                figures.stream().map(InTurn::first).toList()));
        for (int i = 0; i < letters.size(); i++) {
            report.goal(
                    "times as fast as jmustache at " + rows.get(i).get(0) + " KB",
                    figures.get(i).ratio(),
                    Bound.AT_LEAST,
                    1);
        }
    }

    /** Where escaping for HTML is right, both write the same; where it is not enough, only ours refuses. */
    private static void compare(List<Newsletter> letters, List<List<Map<String, String>>> values, Report report)
            throws RenderException {
        int same = 0;
        int all = 0;
        for (int i = 0; i < letters.size(); i++) {
            for (Map<String, String> person : values.get(i)) {
                all++;
                if (ours(letters.get(i), person).equals(theirs(letters.get(i), person))) {
                    same++;
                }
            }
        }
        report.check("both write the same mail, to the letter, in %d of %d messages".formatted(same, all), same == all);
        Map<String, String> hostile = new HashMap<>(values.get(0).get(0));
        hostile.put("v1", "javascript:alert(1)");
        boolean refused = false;
        try {
            ours(letters.get(0), hostile);
        } catch (RenderException e) {
            refused = e.code() == RenderException.Code.NOT_A_LINK;
        }
        boolean written = theirs(letters.get(0), hostile).html().contains("href=\"javascript:alert(1)\"");
        report.check(
                "a value that would make a link run a script is refused"
                        + (written ? "; jmustache, which does not know places, writes it" : ""),
                refused);
    }

    private static List<Double> kilobytes(List<Newsletter> letters) {
        return letters.stream().map(letter -> letter.bytes() / 1e3).toList();
    }

    private static RenderedMail ours(Newsletter letter, Map<String, String> values) throws RenderException {
        return letter.ours().render(values::get);
    }

    private static RenderedMail theirs(Newsletter letter, Map<String, String> values) {
        return letter.theirs().render(values);
    }

    /** How long a message takes, measured over many for some time. */
    private static double microseconds(
            Newsletter letter, List<Map<String, String>> people, long nanos, Rendering rendering)
            throws RenderException {
        long begun = System.nanoTime();
        long messages = 0;
        long characters = 0;
        long spent;
        do {
            for (Map<String, String> person : people) {
                RenderedMail mail = rendering.render(letter, person);
                characters += mail.html().length()
                        + mail.text().length()
                        + mail.subject().length();
            }
            messages += people.size();
            spent = System.nanoTime() - begun;
        } while (spent < nanos);
        if (characters < messages * letter.bytes() / 2) {
            throw new IllegalStateException("mails were shorter than their template");
        }
        return spent / 1e3 / messages;
    }

    /**
     * About as many bytes as wanted. Of each five variables one is a whole link, one a part of a link, one an attribute's value,
     * and two stand in text.
     */
    private static Newsletter newsletter(int bytes, int variables) throws TemplateException {
        StringBuilder html = new StringBuilder("<!doctype html><html><head><title>News</title></head><body>");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < variables; i++) {
            String name = "v" + i;
            names.add(name);
            html.append(
                    switch (i % 5) {
                        case 1 -> "<p style=\"margin:0\"><a href=\"{{%s}}\">To the shop</a></p>".formatted(name);
                        case 2 -> "<p><a href=\"https://shop.example/coupon/{{%s}}\">Coupon</a></p>".formatted(name);
                        case 3 -> "<p title=\"{{%s}}\">Only this week</p>".formatted(name);
                        default -> "<p>Dear {{%s}}, this is for you.</p>".formatted(name);
                    });
            int until = bytes * (i + 1) / variables;
            while (html.length() < until - 150) {
                html.append("<table role=\"presentation\" width=\"100%\"><tr><td style=\"padding:12px;color:#333333;"
                        + "font-family:Arial,sans-serif\">Fresh things for spring, sent at once.</td></tr></table>");
            }
        }
        html.append("</body></html>");
        CompiledTemplate ours = CompiledTemplate.compile(new TemplateContent("News for {{v0}}", "", html.toString()));
        return new Newsletter(
                html.toString().getBytes(StandardCharsets.UTF_8).length, names, ours, mustached(ours, names));
    }

    /** The compiled template with its variables back in their places. */
    private static Mustached mustached(CompiledTemplate compiled, List<String> names) {
        RenderedMail marked;
        try {
            marked = compiled.render(key -> isLink(key) ? "https://" + mark(key) : mark(key));
        } catch (RenderException e) {
            throw new IllegalStateException("marks can stand anywhere", e);
        }
        Mustache.Compiler plain = Mustache.compiler().escapeHTML(false);
        return new Mustached(
                plain.compile(unmarked(marked.subject(), names)),
                Mustache.compiler().escapeHTML(true).compile(unmarked(marked.html(), names)),
                plain.compile(unmarked(marked.text(), names)));
    }

    private static String unmarked(String text, List<String> names) {
        String with = text;
        for (String name : names) {
            String whole = isLink(name) ? "https://" + mark(name) : mark(name);
            with = with.replace(whole, "{{" + name + "}}");
        }
        return with;
    }

    private static String mark(String name) {
        return "mark-" + name + "-end";
    }

    private static boolean isLink(String name) {
        return Integer.parseInt(name.substring(1)) % 5 == 1;
    }

    private static List<Map<String, String>> recipients(List<String> names, Random random) {
        List<Map<String, String>> people = new ArrayList<>();
        for (int i = 0; i < RECIPIENTS; i++) {
            Map<String, String> values = new HashMap<>();
            for (String name : names) {
                values.put(
                        name,
                        switch (Integer.parseInt(name.substring(1)) % 5) {
                            case 1 -> "https://shop.example/offers/" + random.nextInt(1_000_000);
                            case 2 -> "C" + random.nextInt(1_000_000);
                            default -> words(random);
                        });
            }
            people.add(values);
        }
        return people;
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder("X");
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            words.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return words.append('x').toString();
    }
}
