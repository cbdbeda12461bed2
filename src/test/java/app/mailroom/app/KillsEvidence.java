package app.mailroom.app;

import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A mailing whose processes are killed a hundred times. */
public final class KillsEvidence implements EvidencePart {
    private record Size(int people, int kills) {}

    private static final List<Size> SIZES = List.of(new Size(500, 5), new Size(2_000, 10), new Size(10_000, 100));

    @Override
    public String title() {
        return "Processes that are killed";
    }

    @Override
    public String question() {
        return """
                A live mailing is sent by `mailroom run`, whose process is killed (SIGKILL) again and again: while it starts, after its
                first mails, anywhere within the mailing, and while it takes in events; another is started at once. The moments are
                drawn. SES takes 20 to 50 ms for an answer; its own record says who got what. Promised: nobody gets it twice, nobody is
                forgotten, and what nobody can know is left for a person, who here has it sent again once every event has come.""";
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        FastStart program = FastStart.prepare(ground);
        List<KilledMailing> mailings = new ArrayList<>();
        List<MailroomProcess> last = new ArrayList<>();
        List<KilledMailing.Figures> figures = new ArrayList<>();
        try {
            for (Size size : SIZES) {
                KilledMailing mailing = new KilledMailing(program, ground, size.people(), size.kills());
                mailings.add(mailing);
                // Events that a killed process had received come again after a minute; the next mailing need not wait
                // for that.
                last.add(mailing.killAll());
            }
            for (int i = 0; i < mailings.size(); i++) {
                figures.add(mailings.get(i).end(last.get(i)));
            }
        } finally {
            for (MailroomProcess process : last) {
                process.kill();
            }
            mailings.forEach(KilledMailing::close);
        }
        tell(report, figures);
    }

    private static void tell(Report report, List<KilledMailing.Figures> figures) {
        report.table(
                List.of(
                        "people",
                        "kills",
                        "requests",
                        "accepted",
                        "sent twice",
                        "lost",
                        "in doubt at a kill",
                        "settled by events",
                        "left for a person"),
                figures.stream()
                        .map(of -> row(
                                of.people(),
                                of.kills(),
                                of.verdict().end().requests(),
                                of.verdict().end().accepted(),
                                of.verdict().end().sentTwice(),
                                of.verdict().end().lost(),
                                of.verdict().inDoubt(),
                                of.verdict().settled(),
                                of.verdict().decided()))
                        .toList());
        report.table(
                List.of(
                        "people",
                        "in doubt at one kill, median / highest",
                        "left for a person by one kill, mean",
                        "from start to first mail, s, median / highest",
                        "until nothing is held by the dead, s, median / highest"),
                figures.stream()
                        .map(of -> List.of(
                                "%,d".formatted(of.people()),
                                Spread.of(of.inDoubtByKill()).medianAndHighest(),
                                Report.number(of.leftByKill()),
                                Spread.of(of.secondsToFirstMail()).medianAndHighest(),
                                Spread.of(of.secondsHeld()).medianAndHighest()))
                        .toList());
        List<Integer> people =
                figures.stream().map(KilledMailing.Figures::people).toList();
        report.chart(
                "kills",
                Chart.plain("What a kill costs", "people in the mailing", "messages, seconds")
                        .line(
                                "messages left for a person",
                                people,
                                figures.stream()
                                        .map(KilledMailing.Figures::leftByKill)
                                        .toList())
                        .line(
                                "seconds until nothing is held by the dead",
                                people,
                                figures.stream()
                                        .map(of -> Spread.of(of.secondsHeld()).median())
                                        .toList())
                        .line(
                                "seconds from start to first mail",
                                people,
                                figures.stream()
                                        .map(of -> Spread.of(of.secondsToFirstMail())
                                                .median())
                                        .toList()));
        for (KilledMailing.Figures of : figures.subList(0, figures.size() - 1)) {
            of.verdict().checkBriefly(report, mailing(of));
        }
        KilledMailing.Figures largest = figures.get(figures.size() - 1);
        largest.verdict().check(report, mailing(largest));
        report.note(
                "A process is taken for dead 1.5 s after its last sign of life here, instead of 20 s; that is part of the time"
                        + " until nothing is held by it. In doubt at a kill is what was claimed: asked for, or about to be.");
    }

    private static String mailing(KilledMailing.Figures of) {
        return "%,d people, %d kills".formatted(of.people(), of.kills());
    }

    private static List<String> row(long... counts) {
        return Arrays.stream(counts).mapToObj("%,d"::formatted).toList();
    }
}
