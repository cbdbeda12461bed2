package app.mailroom.support;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as semver.org orders them: three numbers, and perhaps what comes before a release. What is said of the build
 * ({@code +…}) counts for nothing.
 *
 * @param numbers major, minor, patch
 * @param before the parts of a pre-release; empty for a release
 */
record SemanticVersion(List<Long> numbers, List<String> before) implements Comparable<SemanticVersion> {
    private static final Pattern FORM =
            Pattern.compile("v?(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})"
                    + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final int LONGEST = 100;

    SemanticVersion {
        numbers = List.copyOf(numbers);
        before = List.copyOf(before);
    }

    static Optional<SemanticVersion> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String before = parts.group(4);
        return Optional.of(new SemanticVersion(
                List.of(Long.valueOf(parts.group(1)), Long.valueOf(parts.group(2)), Long.valueOf(parts.group(3))),
                before == null ? List.of() : List.of(before.split("\\.", -1))));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int order = part(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static int part(String one, String other) {
        boolean number = one.matches("[0-9]+");
        if (number != other.matches("[0-9]+")) {
            return number ? -1 : 1;
        }
        return number
                ? Comparator.comparingInt(String::length)
                        .thenComparing(Comparator.naturalOrder())
                        .compare(bare(one), bare(other))
                : one.compareTo(other);
    }

    private static String bare(String number) {
        return number.replaceFirst("^0+(?=.)", "");
    }
}
