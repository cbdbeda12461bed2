package app.mailroom.outcome;

import app.mailroom.model.HitSign;
import app.mailroom.model.HitVerdict;
import app.mailroom.model.HitVerdict.By;
import app.mailroom.model.MessageHits;
import app.mailroom.model.MessageHits.Hit;
import app.mailroom.store.HitRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells openings and clicks by people from those by machines. The rules are tried in the order in which {@link Rule} lists
 * them; the first that fits decides. They go by what the hit says of itself and by time alone, so none is a proof: a
 * scanner that calls itself a browser and takes its time passes for a person.
 */
public final class HitJudge {
    /** The rules in force, for the store that keeps hits. */
    public static final HitRules RULES = new HitRules(2, HitJudge::judge);

    /** Nobody has read a mail and followed a link in it this soon after it was delivered. */
    static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** Nobody follows several links within this time of each other. */
    static final Duration BURST = Duration.ofSeconds(2);

    private static final int LINKS_OF_A_BURST = 3;
    private static final String APPLE = "Mozilla/5.0";
    private static final String GMAIL_PREFETCH = "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

    private static final List<String> SCANNERS = List.of(
            "barracuda",
            "proofpoint",
            "mimecast",
            "messagelabs",
            "symantec",
            "trendmicro",
            "fireeye",
            "forcepoint",
            "ironport",
            "sophos",
            "hornetsecurity",
            "trustwave",
            "mailguard",
            "cloudmark",
            "avanan",
            "checkpoint",
            "safelinks",
            "microsoft office existence discovery",
            "urlscan",
            "virustotal");

    private static final List<String> PROGRAMS = List.of(
            "bot/",
            "bot;",
            "crawler",
            "spider",
            "preview",
            "prefetch",
            "facebookexternalhit",
            "kakaotalk-scrap",
            "slackbot",
            "whatsapp/",
            "headlesschrome",
            "phantomjs",
            "python-requests",
            "python-urllib",
            "aiohttp",
            "curl/",
            "wget/",
            "go-http-client",
            "java/",
            "libwww-perl",
            "node-fetch",
            "axios/");

    private HitJudge() {}

    /** The rules, each with its reason. */
    public enum Rule {
        /**
         * An opening whose agent is {@code Mozilla/5.0} and not a letter more: the proxy of Apple Mail's privacy
         * protection, which fetches the images of every mail, read or not.
         */
        APPLE_MAIL_PRIVACY(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return !hit.isClick() && agent(hit).equals(APPLE);
            }
        },
        /**
         * An opening by the agent with which Gmail fetches images ahead while somebody has Gmail open, whether or not
         * they look at the mail. Another than {@link #GMAIL_PROXY}.
         */
        GMAIL_PREFETCH(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return !hit.isClick() && agent(hit).endsWith(HitJudge.GMAIL_PREFETCH);
            }
        },
        /** The agent names a product that examines mail for companies. */
        SECURITY_SCANNER(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return names(hit, SCANNERS);
            }
        },
        /** The agent names a robot, a maker of previews or a programming library. */
        PROGRAM(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return names(hit, PROGRAMS);
            }
        },
        /** Fetched in advance, and said so; our relay reports the sign. */
        PREFETCH(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return hit.signs().contains(HitSign.PREFETCH);
            }
        },
        /** Asked for the head alone, as what tests links does; a reader would see nothing. Our relay reports the sign. */
        HEAD_REQUEST(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return hit.signs().contains(HitSign.HEAD);
            }
        },
        /** Within {@link #AT_ONCE} after delivery, or before it: what examines mails at the gate does that. */
        AT_DELIVERY(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return all.deliveredAt()
                        .filter(delivered -> hit.at().isBefore(delivered.plus(AT_ONCE)))
                        .isPresent();
            }
        },
        /** One of three or more different links followed within {@link #BURST}: a scanner tries them all. */
        MANY_LINKS_AT_ONCE(By.MACHINE) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return hit.isClick() && inBurst(all, hit);
            }
        },
        /**
         * Gmail's image proxy, known by {@code GoogleImageProxy}: it fetches when a person looks at the mail. A second
         * look may be served from its store and not be seen.
         */
        GMAIL_PROXY(By.PERSON) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return names(hit, List.of("googleimageproxy"));
            }
        },
        /** Yahoo's image proxy, which fetches when a person looks at the mail. */
        YAHOO_PROXY(By.PERSON) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return names(hit, List.of("yahoomailproxy"));
            }
        },
        /** Nothing speaks against a person. Outlook.com's and Naver's proxies look like browsers and fall here. */
        NO_SIGN_OF_A_MACHINE(By.PERSON) {
            @Override
            boolean fits(MessageHits all, Hit hit) {
                return true;
            }
        };

        private final By by;

        Rule(By by) {
            this.by = by;
        }

        /** Whether the rule decides about this one of a message's hits. */
        abstract boolean fits(MessageHits all, Hit hit);

        /** What the rule says. */
        public HitVerdict verdict() {
            return new HitVerdict(by, name());
        }
    }

    private static List<HitVerdict> judge(MessageHits all) {
        return all.hits().stream().map(hit -> judge(all, hit)).toList();
    }

    private static HitVerdict judge(MessageHits all, Hit hit) {
        for (Rule rule : Rule.values()) {
            if (rule.fits(all, hit)) {
                return rule.verdict();
            }
        }
        throw new IllegalStateException("the last rule fits everything");
    }

    private static String agent(Hit hit) {
        return hit.agent() == null ? "" : hit.agent().strip();
    }

    private static boolean names(Hit hit, List<String> words) {
        String agent = agent(hit).toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(agent::contains);
    }

    /** Whether some stretch of time of that length holds this click and clicks on enough links. */
    private static boolean inBurst(MessageHits all, Hit hit) {
        for (Hit first : all.hits()) {
            Instant from = first.at();
            Instant to = from.plus(BURST);
            if (first.isClick() && !hit.at().isBefore(from) && !hit.at().isAfter(to)) {
                Set<String> links = new HashSet<>();
                for (Hit other : all.hits()) {
                    if (other.isClick()
                            && other.link() != null
                            && !other.at().isBefore(from)
                            && !other.at().isAfter(to)) {
                        links.add(other.link());
                    }
                }
                if (links.size() >= LINKS_OF_A_BURST) {
                    return true;
                }
            }
        }
        return false;
    }
}
