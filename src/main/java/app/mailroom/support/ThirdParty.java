package app.mailroom.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the program is shipped with that others wrote.
 *
 * @param name as its makers call it
 * @param licences the names of its licences, of which one may be chosen where there are several
 * @param artifact group and artifact in Maven's central repository
 * @param page about it on the web
 */
public record ThirdParty(String name, String version, String licences, String artifact, String page) {
    private static final String LIST = "/app/mailroom/build/THIRD-PARTY.txt";
    /** As the build writes it: (licence) (licence) name (group:artifact:version - page). */
    private static final Pattern LINE =
            Pattern.compile("\\s*((?:\\([^()]*\\) )+)(.+) \\(([^:()]+:[^:]+):(\\S+) - (.*)\\)\\s*");

    private static final List<String> TEXTS = List.of(
            "META-INF/LICENSE",
            "META-INF/LICENSE.txt",
            "META-INF/LICENSE.md",
            "META-INF/license.txt",
            "META-INF/LICENCE",
            "META-INF/NOTICE",
            "META-INF/NOTICE.txt",
            "META-INF/NOTICE.md",
            "LICENSE",
            "LICENSE.txt",
            "LICENSE.md",
            "NOTICE.txt");

    /** Everything, by name; nothing where the program was not built by Maven. */
    public static List<ThirdParty> all() {
        List<ThirdParty> found = new ArrayList<>();
        try (InputStream in = ThirdParty.class.getResourceAsStream(LIST)) {
            if (in == null) {
                return List.of();
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    found.add(new ThirdParty(
                            parts.group(2),
                            parts.group(4),
                            parts.group(1).strip().replace(") (", ", ").replaceAll("^\\(|\\)$", ""),
                            parts.group(3),
                            parts.group(5)));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
    }

    /** The licence and notices that it brings along, as they stand in its archive; blank where it brings none. */
    public String texts() throws IOException {
        String archive = "/" + artifact.substring(artifact.indexOf(':') + 1) + "-" + version;
        StringBuilder texts = new StringBuilder();
        for (String name : TEXTS) {
            for (URL text : Collections.list(ThirdParty.class.getClassLoader().getResources(name))) {
                if (text.getPath().contains(archive)) {
                    try (InputStream in = text.openStream()) {
                        texts.append(texts.isEmpty() ? "" : "\n\n")
                                .append(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
                    }
                }
            }
        }
        return texts.toString();
    }
}
