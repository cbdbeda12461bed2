package app.mailroom.recipients;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds addresses whose domain is probably a slip of the finger for one that many people have: one letter left out, put
 * in, exchanged or swapped with its neighbour, two in a long name, or an ending that its owner does not have. Short names
 * must be right but for the ending, for too many real domains lie around them.
 */
public final class MistypedDomains {
    /** Domains that many people have, which a slip may have been meant to be. */
    private static final List<String> POPULAR = List.of(
            "gmail.com",
            "googlemail.com",
            "naver.com",
            "hanmail.net",
            "daum.net",
            "kakao.com",
            "nate.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "yahoo.com",
            "icloud.com",
            "me.com",
            "aol.com",
            "proton.me",
            "protonmail.com",
            "yandex.com",
            "yandex.ru",
            "mail.ru",
            "rambler.ru",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "t-online.de",
            "freenet.de",
            "orange.fr",
            "wanadoo.fr",
            "laposte.net",
            "libero.it",
            "comcast.net",
            "verizon.net",
            "sbcglobal.net",
            "bellsouth.net",
            "btinternet.com",
            "docomo.ne.jp",
            "zoho.com",
            "fastmail.com",
            "rediffmail.com",
            "hotmail.co.uk",
            "yahoo.co.uk",
            "yahoo.co.jp",
            "yahoo.co.kr");

    /** Domains that exist and that a slip could lead to from a popular one; whoever writes them may well mean them. */
    private static final Set<String> REAL = Set.of(
            "mail.com",
            "email.com",
            "ymail.com",
            "gmx.com",
            "gmx.at",
            "gmx.ch",
            "gmx.fr",
            "gmx.us",
            "gmx.co.uk",
            "hmail.com",
            "kmail.com",
            "qmail.com",
            "tmail.com",
            "zmail.com",
            "bmail.com",
            "xmail.com",
            "vmail.com",
            "smail.com",
            "jmail.com",
            "fmail.com",
            "pmail.com",
            "umail.com",
            "omail.com",
            "never.com",
            "saver.com",
            "raver.com",
            "waver.com",
            "haver.com",
            "laver.com",
            "maver.com",
            "nader.com",
            "cloud.com",
            "cacao.com",
            "rocketmail.com",
            "me.co",
            "live.co",
            "aol.co",
            "qq.co",
            "zoho.in",
            "zoho.eu",
            "proton.com",
            "proton.ch",
            "protonmail.ch",
            "pm.me",
            "mac.com",
            "mail.be",
            "yandex.by",
            "yandex.kz",
            "yandex.ua",
            "ya.ru",
            "web.com",
            "web.dk",
            "sina.cn",
            "sina.com.cn",
            "vip.sina.com",
            "vip.qq.com",
            "foxmail.com",
            "orange.com",
            "orange.es",
            "orange.pl",
            "free.fr",
            "libero.com",
            "gotmail.com",
            "fastmail.fm",
            "fastmail.co.uk",
            "gmail.de",
            "naver.work",
            "mail.ee",
            "mail.bg",
            "mail.kz",
            "mail.ua",
            "mail.by",
            "inbox.ru",
            "list.ru",
            "bk.ru");

    /** The owners of these names have them with one ending only; no other ending of these is theirs. */
    private static final Map<String, String> ONE_ENDING = Map.of(
            "gmail",
            "gmail.com",
            "naver",
            "naver.com",
            "hanmail",
            "hanmail.net",
            "icloud",
            "icloud.com",
            "nate",
            "nate.com");

    private static final Set<String> USUAL_ENDINGS = Set.of(
            "com", "net", "org", "co", "kr", "co.kr", "or.kr", "co.uk", "com.au", "ne.kr", "cn", "com.cn", "co.jp",
            "jp");

    /** Names from this length on may have one slip. */
    private static final int PLAIN_NAME = 5;

    /** Names from this length on may have two, if they begin right. */
    private static final int LONG_NAME = 7;

    private static final Set<String> KNOWN = known();
    private static final List<Target> TARGETS = POPULAR.stream().map(Target::of).toList();

    private MistypedDomains() {}

    /** The address that was probably meant; nothing when this one may well be meant. */
    public static Optional<String> meant(String mailbox) {
        int at = mailbox.lastIndexOf('@');
        String domain = mailbox.substring(at + 1);
        if (at < 0 || isKnown(domain)) {
            return Optional.empty();
        }
        return meantDomain(domain).map(meant -> mailbox.substring(0, at + 1) + meant);
    }

    /** Whether it is a domain that many people have, or one near such a domain that exists. */
    static boolean isKnown(String domain) {
        return KNOWN.contains(domain);
    }

    static Set<String> knownDomains() {
        return KNOWN;
    }

    private static Optional<String> meantDomain(String domain) {
        int dot = domain.indexOf('.');
        if (dot <= 0) {
            return Optional.empty();
        }
        String name = domain.substring(0, dot);
        String ending = domain.substring(dot + 1);
        String only = ONE_ENDING.get(name);
        if (only != null && USUAL_ENDINGS.contains(ending)) {
            return Optional.of(only);
        }
        long letters = letters(name);
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (Target target : TARGETS) {
            // Each slip takes at most one letter away and brings one in: most targets are out without a closer look.
            if (Long.bitCount(letters ^ target.letters()) <= 4) {
                int slips = target.slips(name, ending);
                if (slips < fewest) {
                    fewest = slips;
                    best = target.domain();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static long letters(String name) {
        long letters = 0;
        for (int i = 0; i < name.length(); i++) {
            letters |= 1L << (name.charAt(i) & 63);
        }
        return letters;
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(POPULAR);
        known.addAll(REAL);
        for (String brand : List.of("yahoo", "hotmail", "live", "outlook", "msn")) {
            for (String ending : List.of(
                    "co.kr", "co.jp", "co.uk", "co.in", "co.id", "co.th", "co.nz", "co.za", "co.il", "com.br", "com.mx",
                    "com.ar", "com.au", "com.sg", "com.hk", "com.tw", "com.cn", "com.ph", "com.my", "com.vn", "com.tr",
                    "com.co", "com.pe", "com.ve", "cl", "fr", "de", "it", "es", "ca", "se", "no", "dk", "ie", "gr",
                    "in", "cn", "pl", "ro", "nl", "be", "at", "ch", "pt", "fi", "hu", "cz", "ru", "jp", "kr", "sk",
                    "lv", "lt")) {
                known.add(brand + '.' + ending);
            }
        }
        return Set.copyOf(known);
    }

    /** A popular domain, taken apart. */
    private record Target(String domain, String name, String ending, long letters) {
        static Target of(String domain) {
            int dot = domain.indexOf('.');
            String name = domain.substring(0, dot);
            return new Target(domain, name, domain.substring(dot + 1), MistypedDomains.letters(name));
        }

        /** How many slips lead from this domain to another; very many where it is too far, or too short to tell. */
        int slips(String otherName, String otherEnding) {
            if (Math.abs(name.length() - otherName.length()) > 2
                    || Math.abs(ending.length() - otherEnding.length()) > 1) {
                return Integer.MAX_VALUE;
            }
            int inEnding = distance(ending, otherEnding);
            int inName = distance(name, otherName);
            int allowedInName = 0;
            if (name.length() >= LONG_NAME && name.charAt(0) == otherName.charAt(0)) {
                allowedInName = 2;
            } else if (name.length() >= PLAIN_NAME) {
                allowedInName = 1;
            }
            int allowed = name.length() >= LONG_NAME ? 2 : 1;
            boolean near = inEnding <= 1 && inName <= allowedInName && inEnding + inName <= allowed;
            // Two letters are the whole of a country's ending: another one is another country, not a slip.
            boolean country = inEnding == 1 && ending.length() == 2 && otherEnding.length() == 2;
            return near && !country ? inEnding + inName : Integer.MAX_VALUE;
        }
    }

    /** How many letters were left out, put in, exchanged, or swapped with their neighbour. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                int fewest = Math.min(exchanged, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                row[j] = swapped ? Math.min(fewest, beforeLast[j - 2] + 1) : fewest;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
