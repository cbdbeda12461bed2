package app.mailroom.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The manual in one language, as it is shipped with the program: Markdown made into the body of a page that needs nothing beside
 * it, pictures included.
 *
 * @param body HTML
 * @param contents its headings of the first three levels, in order
 */
public record Manual(String body, List<Chapter> contents) {
    /** The system property that names an address to open in the browser instead, such as {@code https://example.com/manual}. */
    public static final String ELSEWHERE = "mailroom.manual";

    private static final String FOLDER = "/app/mailroom/manual/";
    private static final int DEEPEST = 3;

    /**
     * A heading.
     *
     * @param level 1 for the title
     * @param id by which it is found in the page
     */
    public record Chapter(int level, String title, String id) {}

    /** Copies the list. */
    public Manual {
        contents = List.copyOf(contents);
    }

    /**
     * The manual in this language, or in English where there is none in it. Takes some time.
     *
     * @throws IOException when the program was built without one
     */
    public static Manual in(Locale language) throws IOException {
        Optional<byte[]> there = resource(language.getLanguage() + ".md");
        byte[] markdown = there.isPresent()
                ? there.get()
                : resource("en.md").orElseThrow(() -> new IOException("the manual is missing"));
        return of(new String(markdown, StandardCharsets.UTF_8));
    }

    static Manual of(String markdown) {
        List<Extension> extensions = List.of(TablesExtension.create());
        Node document = Parser.builder().extensions(extensions).build().parse(markdown.replace("\r\n", "\n"));
        List<Chapter> contents = new ArrayList<>();
        Map<Node, String> ids = new HashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String title = words(heading);
                String id = free(slug(title), ids);
                ids.put(heading, id);
                if (heading.getLevel() <= DEEPEST) {
                    contents.add(new Chapter(heading.getLevel(), title, id));
                }
            }
        });
        AttributeProvider attributes = (node, tag, map) -> {
            if (ids.containsKey(node)) {
                map.put("id", ids.get(node));
            }
            if (node instanceof Image) {
                map.computeIfPresent("src", (name, source) -> picture(source));
            }
        };
        String body = HtmlRenderer.builder()
                .extensions(extensions)
                .escapeHtml(true)
                .attributeProviderFactory(context -> attributes)
                .build()
                .render(document);
        return new Manual(body, contents);
    }

    /** The anchor that GitHub gives a heading, so that links work there and here. */
    static String slug(String title) {
        return title.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                .replace(' ', '-');
    }

    private static String free(String slug, Map<Node, String> taken) {
        String id = slug;
        for (int i = 1; taken.containsValue(id); i++) {
            id = slug + "-" + i;
        }
        return id;
    }

    private static String words(Node heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }

    /** The picture itself in the place of its address, because the page is shown from nowhere. */
    private static String picture(String source) {
        if (!source.matches("(?:\\./)?images(?:/[\\p{L}\\p{N}_-]+)*/[\\p{L}\\p{N}._-]+\\.(?:png|jpg|gif)")
                || source.contains("..")) {
            return "";
        }
        try {
            String type = source.endsWith("jpg") ? "jpeg" : source.substring(source.lastIndexOf('.') + 1);
            return resource(source.replaceFirst("^\\./", ""))
                    .map(bytes -> "data:image/" + type + ";base64,"
                            + Base64.getEncoder().encodeToString(bytes))
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("a picture of the manual cannot be read", e);
        }
    }

    private static Optional<byte[]> resource(String name) throws IOException {
        try (InputStream in = Manual.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }
}
