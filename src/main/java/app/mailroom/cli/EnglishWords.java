package app.mailroom.cli;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultWords;
import java.time.ZoneId;
import java.util.Locale;

/** The words of files and reports that commands write. States and reasons stay codes, as in all that commands say. */
record EnglishWords(ZoneId zone) implements ResultWords {
    @Override
    public Locale locale() {
        return Locale.ENGLISH;
    }

    @Override
    public String of(Word word) {
        return switch (word) {
            case FIGURES -> "Figures";
            case STATES -> "States";
            case REASONS -> "Reasons";
            case DOMAINS -> "Domains";
            case HOURS -> "Over time";
            case LINKS -> "Links";
            case MAILINGS -> "Mailings";
            case FIGURE -> "Figure";
            case MESSAGES -> "Messages";
            case SHARE -> "Rate";
            case AMONG -> "Of";
            case STATE -> "State";
            case REASON -> "Reason";
            case DOMAIN -> "Domain";
            case HOUR -> "Hour";
            case LINK -> "Link";
            case CLICKS -> "Clicks by people";
            case CLICKS_BY_MACHINES -> "Clicks by machines";
            case MESSAGES_CLICKED -> "Messages clicked by people";
            case MESSAGES_CLICKED_BY_MACHINES -> "Messages clicked by machines only";
            case NUMBER -> "Plan";
            case TITLE -> "Title";
            case BEGUN -> "Begun";
            case PLANNED_FOR -> "Planned for";
            case FROM -> "From";
            case LIST -> "List";
            case TEMPLATE -> "Template";
            case WORLD -> "World";
            case REPORT -> "Mailing report";
            case BOUNCES -> "Bounces by reason";
            case TOP_DOMAINS -> "Domains: accepted, delivered";
            case TOP_LINKS -> "Most clicked links: clicks by people";
            case OTHER_LINKS -> "Links that are not the template's";
            case NOT_COUNTED -> "not counted";
            case NOTHING -> "None";
            case RULES ->
                "Each message counts once, by what is known of it now. Openings and clicks of machines, such as"
                        + " image proxies that fetch in advance, Apple Mail privacy and link scanners, are counted apart. Who"
                        + " reads without images is never seen opening, so the true number is higher.";
        };
    }

    @Override
    public String of(Rate rate) {
        return switch (rate) {
            case ACCEPTED -> "Accepted";
            case DELIVERED -> "Delivered";
            case DELAYED -> "Delayed";
            case BOUNCED -> "Bounced";
            case BOUNCED_HARD -> "Hard bounces";
            case BOUNCED_SOFT -> "Soft bounces";
            case COMPLAINED -> "Complained";
            case OPENED -> "Opened by people";
            case OPENED_BY_MACHINES -> "Opened by machines only";
            case CLICKED -> "Clicked by people";
            case CLICKED_BY_MACHINES -> "Clicked by machines only";
            case UNSUBSCRIBED -> "Unsubscribed";
            case UNOPENED -> "Not opened or clicked";
            case UNCLICKED -> "Not clicked";
            case REJECTED -> "Rejected";
            case UNCERTAIN -> "Uncertain";
            case SUPPRESSED -> "Suppressed";
        };
    }

    @Override
    public String of(Rate.Whole whole) {
        return switch (whole) {
            case PLANNED -> "messages";
            case ACCEPTED -> "accepted";
            case DELIVERED -> "delivered";
        };
    }

    @Override
    public String of(MessageState state) {
        return state.name();
    }

    @Override
    public String of(PlanState state) {
        return state.name();
    }

    @Override
    public String of(World world) {
        return world.name();
    }

    @Override
    public String reason(String code) {
        return code;
    }

    @Override
    public String share(String percent, Rate.Whole whole) {
        return percent + " of " + of(whole);
    }

    @Override
    public String version(String template, int number) {
        return template + ", version " + number;
    }

    @Override
    public String made(String time, String version) {
        return "Made on " + time + " with Mailroom " + version;
    }
}
