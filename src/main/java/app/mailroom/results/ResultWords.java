package app.mailroom.results;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import java.time.ZoneId;
import java.util.Locale;

/** The words of tables and reports, in the language of the person who reads them. */
public interface ResultWords {
    /** Headings and sentences. Names are used in keys of texts. */
    enum Word {
        /** The title of the table of figures. */
        FIGURES,
        /** The title of the table of states. */
        STATES,
        /** The title of the table of reasons. */
        REASONS,
        /** The title of the table of domains. */
        DOMAINS,
        /** The title of the table and of the chart over time. */
        HOURS,
        /** The title of the table of links. */
        LINKS,
        /** The title of the table of all mailings. */
        MAILINGS,
        /** Over the names of figures. */
        FIGURE,
        /** Over counts of messages; also the name of the count of all. */
        MESSAGES,
        /** Over shares. */
        SHARE,
        /** Over what a share is of. */
        AMONG,
        /** Over states. */
        STATE,
        /** Over reasons. */
        REASON,
        /** Over domains. */
        DOMAIN,
        /** Over the begin of an hour. */
        HOUR,
        /** Over addresses of links. */
        LINK,
        /** Over clicks by people. */
        CLICKS,
        /** Over clicks by machines. */
        CLICKS_BY_MACHINES,
        /** Over messages in which a person followed a link. */
        MESSAGES_CLICKED,
        /** Over messages in which only machines followed a link. */
        MESSAGES_CLICKED_BY_MACHINES,
        /** Over numbers of mailings. */
        NUMBER,
        /** Over titles of mailings. */
        TITLE,
        /** When a mailing began. */
        BEGUN,
        /** When a mailing that has not begun is to begin. */
        PLANNED_FOR,
        /** Whom a mailing came from. */
        FROM,
        /** The list of a mailing. */
        LIST,
        /** The template of a mailing. */
        TEMPLATE,
        /** Whether a mailing was practice. */
        WORLD,
        /** Over the title of a report. */
        REPORT,
        /** Over the list of reasons for which messages came back. */
        BOUNCES,
        /** Over the domains with most messages. */
        TOP_DOMAINS,
        /** Over the links most people followed. */
        TOP_LINKS,
        /** All links that are none of the template's. */
        OTHER_LINKS,
        /** What stands where nothing was counted. */
        NOT_COUNTED,
        /** What stands where there is nothing. */
        NOTHING,
        /** How it is counted, in one sentence or two. */
        RULES
    }

    /** The language. */
    Locale locale();

    /** Whose clocks times are told by. */
    ZoneId zone();

    /** A heading or a sentence. */
    String of(Word word);

    /** The name of a figure. */
    String of(Rate rate);

    /** What a figure is a share of. */
    String of(Rate.Whole whole);

    /** The name of a state of messages. */
    String of(MessageState state);

    /** The name of a state of mailings. */
    String of(PlanState state);

    /** The name of a world. */
    String of(World world);

    /** A reason; the code itself where nobody has put it into words. */
    String reason(String code);

    /** A percentage of something, such as “98.1 % of accepted”. */
    String share(String percent, Rate.Whole whole);

    /** A version of a template. */
    String version(String template, int number);

    /** When a report was made and with which version of the program. */
    String made(String time, String version);
}
