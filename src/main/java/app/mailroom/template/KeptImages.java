package app.mailroom.template;

import app.mailroom.model.TemplateImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images that are kept with a template, by the addresses in its HTML. */
final class KeptImages {
    private static final Pattern SHOWN_WITHOUT_FILE =
            Pattern.compile("(?:https?|data):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Map<String, TemplateImage> byName = new HashMap<>();

    KeptImages(List<TemplateImage> images) {
        images.forEach(image -> byName.putIfAbsent(TemplateImage.plainName(image.name()), image));
        images.forEach(image -> byName.put(image.name(), image));
    }

    /** The image at an address; nothing if it is elsewhere or nowhere. */
    Optional<TemplateImage> at(String address) {
        String name = Addresses.read(address);
        return Optional.ofNullable(byName.get(name))
                .or(() -> Optional.ofNullable(byName.get(TemplateImage.plainName(name))));
    }

    /** Whether an address is that of a file that is not here. Unknown for one that begins with a variable, so false. */
    boolean lack(String address) {
        String name = Addresses.read(address);
        return !name.isEmpty()
                && at(name).isEmpty()
                && !Addresses.startsWithVariable(name)
                && !SHOWN_WITHOUT_FILE.matcher(name).matches();
    }
}
