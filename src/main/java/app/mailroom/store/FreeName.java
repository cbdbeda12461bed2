package app.mailroom.store;

import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that are not taken yet: the wanted one, or that with the first number that makes it free. */
public final class FreeName {
    private static final Pattern NUMBERED = Pattern.compile("(.*\\S)\\s*\\((\\d{1,6})\\)", Pattern.DOTALL);
    private static final int LONGEST = 120;

    private FreeName() {}

    /** A name like the wanted one that is none of these. */
    public static String among(Set<String> taken, String wanted) {
        String name = tidy(wanted);
        while (taken.contains(name)) {
            name = next(name);
        }
        return name;
    }

    /**
     * Makes something under the wanted name, or under the next one that is free at that moment.
     *
     * @param make makes it and returns its id, or throws {@link NameTakenException}
     */
    public static long make(String wanted, ToLongFunction<String> make) {
        String name = tidy(wanted);
        while (true) {
            try {
                return make.applyAsLong(name);
            } catch (NameTakenException e) {
                name = next(name);
            }
        }
    }

    /** One line of bearable length: a title found in a file may be anything. */
    private static String tidy(String wanted) {
        String line = wanted.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST).strip();
    }

    private static String next(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches()
                ? numbered.group(1) + " (" + (Integer.parseInt(numbered.group(2)) + 1) + ")"
                : name + " (2)";
    }
}
