package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must not be in a document that a person edits: everything that could run, and the editor's own marks. */
final class EditorCleaning {
    /** Elements that run, fetch or hide something, or whose content is no HTML. They never reach the editor. */
    static final Set<String> FORBIDDEN = Set.of(
            "script",
            "noscript",
            "style",
            "object",
            "embed",
            "applet",
            "iframe",
            "frame",
            "frameset",
            "noframes",
            "noembed",
            "svg",
            "math",
            "template",
            "link",
            "meta",
            "base",
            "title",
            "textarea",
            "select",
            "xmp",
            "plaintext",
            "audio",
            "video",
            "canvas",
            "portal",
            "bgsound",
            "keygen",
            "isindex");

    /** Tags that only the document around the editor may have. */
    static final Set<String> OF_THE_DOCUMENT = Set.of("html", "head", "body");

    private static final Set<String> ADDRESSES = Set.of(
            "href",
            "src",
            "action",
            "formaction",
            "background",
            "cite",
            "longdesc",
            "lowsrc",
            "dynsrc",
            "poster",
            "data",
            "usemap",
            "xlink:href",
            "srcset",
            "imagesrcset",
            "manifest",
            "codebase",
            "classid",
            "archive",
            "profile",
            "icon");
    private static final Set<String> IMAGE_ADDRESSES = Set.of("src", "background", "srcset", "lowsrc");
    private static final Set<String> DROPPED = Set.of(
            "srcdoc",
            "contenteditable",
            "http-equiv",
            "ping",
            "autofocus",
            "formaction",
            "is",
            "nonce",
            "designmode",
            "popover",
            "popovertarget",
            "attributename");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_.:-]*");
    private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Z}\\x{FEFF}\\x{200B}-\\x{200F}]+");
    private static final Pattern RUNS = Pattern.compile("(?:java|vb|live|j|ecma)?script:.*|mocha:.*|blob:.*");

    private EditorCleaning() {}

    /** The attributes of a tag without what could run. The same list if nothing was dropped. */
    static List<Attribute> cleaned(List<Attribute> attributes) {
        List<Attribute> kept = new ArrayList<>();
        for (Attribute attribute : attributes) {
            cleaned(attribute).ifPresent(kept::add);
        }
        return kept.equals(attributes) ? attributes : kept;
    }

    private static Optional<Attribute> cleaned(Attribute attribute) {
        String name = attribute.name();
        if (!NAME.matcher(name).matches()
                || name.startsWith("on")
                || name.startsWith("data-mce-")
                || name.startsWith("data-mr-")
                || DROPPED.contains(name)
                || (ADDRESSES.contains(name) && isHostile(name, attribute.value()))) {
            return Optional.empty();
        }
        if (name.equals("style")) {
            return Optional.of(new Attribute(name, StyleText.harmless(attribute.value())));
        }
        return Optional.of(attribute);
    }

    /** Whether following or fetching this address could run something. */
    static boolean isHostile(String attribute, String address) {
        String plain = INVISIBLE.matcher(address).replaceAll("").toLowerCase(Locale.ROOT);
        boolean image = IMAGE_ADDRESSES.contains(attribute) && plain.startsWith("data:image/");
        return RUNS.matcher(plain).matches()
                || (plain.startsWith("data:") && !image)
                || (attribute.endsWith("srcset") && plain.contains("script:"));
    }

    /** Whether it is the name of an ordinary element; those of Office have a colon. */
    static boolean isName(String name) {
        return ELEMENT.matcher(name).matches();
    }

    /** A tag written anew. */
    static String tag(String name, List<Attribute> attributes) {
        StringBuilder tag = new StringBuilder("<").append(name);
        for (Attribute attribute : attributes) {
            tag.append(' ')
                    .append(attribute.name())
                    .append("=\"")
                    .append(escapedValue(attribute.value()))
                    .append('"');
        }
        return tag.append('>').toString();
    }

    /** Text that is to stand in an attribute in double quotes. */
    static String escapedValue(String value) {
        return escapedText(value).replace("\"", "&quot;");
    }

    /** Text that is to stand between tags. */
    static String escapedText(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\u00A0", "&nbsp;");
    }
}
