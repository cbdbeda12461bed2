package app.mailroom.plan;

import app.mailroom.template.TemplateFinding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A value in what a finding says; each kind is written another way in another language. */
public sealed interface FindingValue {
    /** In English, for the command line. */
    String english();

    /** The same in every language: a name, an address, or what the mail service said. */
    record Said(String text) implements FindingValue {
        @Override
        public String english() {
            return text;
        }
    }

    /** How many, or which one. */
    record Count(long number) implements FindingValue {
        @Override
        public String english() {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** A size. */
    record Megabytes(double number) implements FindingValue {
        @Override
        public String english() {
            return String.format(Locale.ROOT, "%.1f MB", number);
        }
    }

    /** A time. */
    record Time(Instant instant) implements FindingValue {
        @Override
        public String english() {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    /** One of a fixed set, which a window has words for. */
    record Coded(Enum<?> code, String english) implements FindingValue {}

    /** The first places in a template of several. */
    record Places(List<TemplateFinding> findings) implements FindingValue {
        @Override
        public String english() {
            return findings.stream()
                    .map(finding -> String.format(
                            Locale.ROOT,
                            "%s, line %d: %s%s",
                            finding.spot().part(),
                            finding.spot().line(),
                            finding.code(),
                            finding.detail().isEmpty() ? "" : " (" + finding.detail() + ")"))
                    .collect(Collectors.joining("; "));
        }
    }
}
