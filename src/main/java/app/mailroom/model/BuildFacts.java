package app.mailroom.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down about itself. */
public final class BuildFacts {
    private static final Properties FACTS = read();

    private BuildFacts() {}

    /** The fact of this name, or the other text where the build did not write it down. */
    public static String get(String name, String otherwise) {
        return FACTS.getProperty(name, otherwise);
    }

    private static Properties read() {
        Properties facts = new Properties();
        try (InputStream in = BuildFacts.class.getResourceAsStream("/app/mailroom/build/build.properties")) {
            if (in != null) {
                facts.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
        return facts;
    }
}
