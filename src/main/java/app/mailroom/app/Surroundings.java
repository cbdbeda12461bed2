package app.mailroom.app;

import app.mailroom.account.GoogleSettings;
import app.mailroom.aws.AmazonSettings;
import app.mailroom.model.UsualSender;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import app.mailroom.tracking.SigningKeys;
import app.mailroom.tracking.Tracking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the system's environment and {@code .env} files say to the program. The environment stands before the file in
 * the workspace's folder, that before the file in the working directory. Names that only make sense together, such as
 * the two halves of a pair of keys, come from one place. What cannot be used is left out with a warning, which names
 * the place and never the value.
 *
 * @param amazon what has to do with Amazon, by name; holds secrets
 * @param relay {@code MAILROOM_RELAY_KEYS}, if it is there; holds secrets
 * @param google {@code GOOGLE_CLIENT_ID} and what belongs to it, by name; holds secrets
 * @param usualSender {@code EMAIL_SENDER} and {@code EMAIL_REPLY_TO}
 * @param usualRateCap {@code EMAIL_RATE}: the person's own limit in messages a second; infinite for none
 * @param warnings sentences for a person
 */
public record Surroundings(
        Map<String, String> amazon,
        Map<String, String> relay,
        Map<String, String> google,
        UsualSender usualSender,
        double usualRateCap,
        List<String> warnings) {
    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String SENDER = "EMAIL_SENDER";
    private static final String REPLY_TO = "EMAIL_REPLY_TO";
    private static final String RATE = "EMAIL_RATE";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of(KEY_ID, SECRET, "AWS_SESSION_TOKEN", "AWS_PROFILE"),
            Set.of("AWS_REGION", "AWS_DEFAULT_REGION"),
            Set.of(ENDPOINT),
            Set.of(SENDER),
            Set.of(REPLY_TO),
            Set.of(RATE),
            Set.of(Tracking.KEYS),
            Set.of(GoogleSettings.ID, GoogleSettings.SECRET),
            Set.of(GoogleSettings.ISSUER));
    private static final Set<String> GOOGLE = Set.of(GoogleSettings.ID, GoogleSettings.SECRET, GoogleSettings.ISSUER);
    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("(?<name>[^<>]*)<(?<address>[^<>]*)>");

    /** Nothing at all. */
    public static final Surroundings EMPTY =
            new Surroundings(Map.of(), Map.of(), Map.of(), UsualSender.NOBODY, Double.POSITIVE_INFINITY, List.of());

    /** Copies what it is given. */
    public Surroundings {
        amazon = Map.copyOf(amazon);
        relay = Map.copyOf(relay);
        google = Map.copyOf(google);
        warnings = List.copyOf(warnings);
    }

    /** Reads the system's environment and the files in these two folders. Never fails. */
    public static Surroundings of(Path workspace, Path workingDirectory, Map<String, String> environment) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(workspace.toAbsolutePath().normalize());
        folders.add(workingDirectory.toAbsolutePath().normalize());
        List<String> warnings = new ArrayList<>();
        List<Settings> sources = new ArrayList<>();
        sources.add(new Settings(environment, Map.of(), "the environment"));
        for (Path folder : folders) {
            DotEnvFile file = DotEnvFile.in(folder);
            warnings.addAll(file.warnings());
            sources.add(new Settings(file.values(), file.lines(), file.path().toString()));
        }
        return new Reading(sources, warnings).surroundings();
    }

    /** Without a secret. */
    @Override
    public String toString() {
        return "Surroundings"
                + Stream.of(amazon, relay, google)
                        .flatMap(known -> known.keySet().stream())
                        .toList();
    }

    /** Names and values of one place, and in which line each stands if the place is a file. */
    private record Settings(Map<String, String> values, Map<String, Integer> lines, String place) {
        boolean has(String name) {
            return !values.getOrDefault(name, "").isBlank();
        }

        String at(String name) {
            return lines.containsKey(name) ? place + ", line " + lines.get(name) : place;
        }
    }

    /** One pass over the places. */
    private static final class Reading {
        private final Map<String, String> values = new LinkedHashMap<>();
        private final Map<String, String> places = new LinkedHashMap<>();
        private final List<String> warnings;

        Reading(List<Settings> sources, List<String> warnings) {
            this.warnings = warnings;
            for (Set<String> names : TOGETHER) {
                sources.stream()
                        .filter(source -> names.stream().anyMatch(source::has))
                        .findFirst()
                        .ifPresent(source -> take(source, names));
            }
        }

        private void take(Settings source, Set<String> names) {
            for (String name : names) {
                if (source.has(name)) {
                    values.put(name, source.values().getOrDefault(name, "").strip());
                    places.put(name, name + " in " + source.at(name));
                }
            }
        }

        Surroundings surroundings() {
            checkKeys();
            checkPair(GoogleSettings.ID, GoogleSettings.SECRET);
            checkRegion("AWS_REGION");
            checkRegion("AWS_DEFAULT_REGION");
            checkEndpoint();
            UsualSender sender = sender();
            double rate = rate();
            Map<String, String> relay = relayKeys();
            values.keySet().removeAll(Set.of(SENDER, REPLY_TO, RATE, Tracking.KEYS));
            String issuer = places.get(GoogleSettings.ISSUER);
            if (issuer != null) {
                warnings.add(
                        issuer + " puts somebody else in Google's place: whoever runs that says who signs in here.");
            }
            Map<String, String> google = new LinkedHashMap<>(values);
            google.keySet().retainAll(GOOGLE);
            values.keySet().removeAll(GOOGLE);
            return new Surroundings(values, relay, google, sender, rate, warnings);
        }

        /** Half a pair would send the SDK to look for the other half elsewhere. */
        private void checkKeys() {
            checkPair(KEY_ID, SECRET);
            if (values.containsKey("AWS_SESSION_TOKEN") && !values.containsKey(KEY_ID)) {
                refuse("AWS_SESSION_TOKEN", "is of no use without " + KEY_ID + " and " + SECRET + " in the same place");
            }
        }

        private void checkPair(String one, String other) {
            if (values.containsKey(one) != values.containsKey(other)) {
                String there = values.containsKey(one) ? one : other;
                refuse(there, "is of no use without " + (there.equals(one) ? other : one) + " in the same place");
            }
        }

        private void checkRegion(String name) {
            String region = values.get(name);
            if (region != null && !AmazonSettings.isRegion(region)) {
                refuse(name, "is not the name of a region like eu-central-1");
            }
        }

        private void checkEndpoint() {
            String endpoint = values.get(ENDPOINT);
            if (endpoint != null && !AmazonSettings.isEndpoint(endpoint)) {
                refuse(ENDPOINT, "is not an address like http://localhost:4566");
            }
        }

        private UsualSender sender() {
            String typed = values.getOrDefault(SENDER, "");
            Matcher both = NAME_AND_ADDRESS.matcher(typed);
            boolean named = both.matches();
            String address = address(SENDER, named ? both.group("address") : typed);
            String name = named && !address.isEmpty() ? unquoted(both.group("name")) : "";
            return new UsualSender(address, name, address(REPLY_TO, values.getOrDefault(REPLY_TO, "")));
        }

        private static String unquoted(String name) {
            String text = name.strip();
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            return quoted ? text.substring(1, text.length() - 1).strip() : text;
        }

        private String address(String name, String text) {
            if (text.isBlank()) {
                return "";
            }
            try {
                return EmailAddress.parse(text).mailbox();
            } catch (AddressException e) {
                refuse(name, "is not an address: " + e.getMessage());
                return "";
            }
        }

        private Map<String, String> relayKeys() {
            String keys = values.get(Tracking.KEYS);
            if (keys == null) {
                return Map.of();
            }
            try {
                SigningKeys.parse(keys);
                return Map.of(Tracking.KEYS, keys);
            } catch (IllegalArgumentException e) {
                refuse(Tracking.KEYS, "is not written as keys of a relay are: " + e.getMessage());
                return Map.of();
            }
        }

        private double rate() {
            String text = values.getOrDefault(RATE, "");
            if (text.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            double rate = text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?") ? Double.parseDouble(text) : 0;
            if (rate > 0) {
                return rate;
            }
            refuse(RATE, "is not a number of messages a second like 14 or 0.5");
            return Double.POSITIVE_INFINITY;
        }

        private void refuse(String name, String why) {
            values.remove(name);
            warnings.add(places.get(name) + " " + why.replaceFirst("\\.$", "") + ". It is not used.");
        }
    }
}
