package app.mailroom.ui.mailings;

import app.mailroom.model.World;
import app.mailroom.plan.FindingValue;
import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.PlanFinding;
import app.mailroom.recipients.AddressFault;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.TemplateProblem;
import app.mailroom.ui.common.Texts;
import java.util.stream.Collectors;

/** What the checks before planning found, those of links too, in the person's language. */
public final class FindingWords {
    private final Texts texts;

    /** In the language of these texts. */
    public FindingWords(Texts texts) {
        this.texts = texts;
    }

    /** What it is, in one line without a full stop. */
    public String title(PlanFinding finding) {
        return texts.code("finding", finding.code());
    }

    /** Where it is, how much of it, and what to do; may have several lines. */
    public String detail(PlanFinding finding) {
        Object[] values = finding.values().stream().map(this::words).toArray();
        String key = "finding.detail." + finding.code().name();
        return texts.get(key, values);
    }

    /** Why a link stands as it does, and what to do. */
    public String reason(LinkCheck.Answer answer) {
        return texts.code("link.reason", answer.reason());
    }

    private String words(FindingValue value) {
        if (value instanceof FindingValue.Count count) {
            return texts.number(count.number());
        }
        if (value instanceof FindingValue.Megabytes size) {
            return texts.get("finding.megabytes", texts.rate(size.number()));
        }
        if (value instanceof FindingValue.Time time) {
            return texts.time(time.instant());
        }
        if (value instanceof FindingValue.Coded coded) {
            return coded(coded);
        }
        if (value instanceof FindingValue.Places places) {
            return places.findings().stream().map(this::place).collect(Collectors.joining("\n"));
        }
        return value.english();
    }

    /** In the words that other screens have for it. */
    private String coded(FindingValue.Coded coded) {
        Enum<?> code = coded.code();
        if (code instanceof AddressFault) {
            return texts.code("address", code);
        }
        if (code instanceof TemplateProblem.Part) {
            return texts.code("part", code);
        }
        if (code instanceof TemplateProblem.Code) {
            return texts.code("template", code);
        }
        if (code instanceof RenderException.Code) {
            return texts.code("reason.RENDERING", code);
        }
        if (code instanceof World) {
            return texts.code("finding.world", code);
        }
        return coded.english();
    }

    private String place(TemplateFinding finding) {
        String part = texts.code("part", finding.spot().part());
        String line = texts.number(finding.spot().line());
        String what = texts.code("check", finding.code());
        return finding.detail().isEmpty()
                ? texts.get("finding.place", part, line, what)
                : texts.get("finding.place.piece", part, line, what, finding.detail());
    }
}
