package app.mailroom.ui.results;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultWords;
import app.mailroom.ui.common.Texts;
import java.time.ZoneId;
import java.util.Locale;

/** The words of files and reports, in the language of the window. */
final class WordsOfResults implements ResultWords {
    private final Texts texts;
    private final RateWords rates;

    WordsOfResults(Texts texts) {
        this.texts = texts;
        this.rates = new RateWords(texts);
    }

    @Override
    public Locale locale() {
        return texts.locale();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public String of(Word word) {
        return texts.code("report", word);
    }

    @Override
    public String of(Rate rate) {
        return rates.name(rate);
    }

    @Override
    public String of(Rate.Whole whole) {
        return switch (whole) {
            case PLANNED -> texts.get("results.planned");
            case ACCEPTED -> of(Rate.ACCEPTED);
            case DELIVERED -> of(Rate.DELIVERED);
        };
    }

    @Override
    public String of(MessageState state) {
        return texts.code("message", state);
    }

    @Override
    public String of(PlanState state) {
        return texts.code("plan", state);
    }

    @Override
    public String of(World world) {
        return texts.code("world", world);
    }

    @Override
    public String reason(String code) {
        return texts.code("reason", code);
    }

    @Override
    public String share(String percent, Rate.Whole whole) {
        return rates.shareOf(whole, percent);
    }

    @Override
    public String version(String template, int number) {
        return texts.get("report.version", template, texts.number(number));
    }

    @Override
    public String made(String time, String version) {
        return texts.get("report.made", time, version);
    }
}
