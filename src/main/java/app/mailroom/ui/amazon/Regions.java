package app.mailroom.ui.amazon;

import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Locale;

/** The regions in which Amazon offers SES, as a person picks or types them. Any other may be typed as well. */
final class Regions {
    /** By part of the world. */
    static final List<String> IDS = List.of(
            "ap-northeast-2",
            "ap-northeast-1",
            "ap-northeast-3",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-5",
            "ap-south-1",
            "ap-south-2",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "ca-central-1",
            "ca-west-1",
            "sa-east-1",
            "eu-central-1",
            "eu-central-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-north-1",
            "eu-south-1",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "af-south-1",
            "us-gov-east-1",
            "us-gov-west-1");

    private static final String BETWEEN = " · ";

    private Regions() {}

    /** The id with the name of its place, where it is known. */
    static String shown(Texts texts, String id) {
        return IDS.contains(id) ? id + BETWEEN + texts.code("region", id) : id;
    }

    /** The id that is meant by what was typed: an id, an id with its place, or the place alone. */
    static String read(Texts texts, String typed) {
        String text = typed.strip();
        int end = text.indexOf(BETWEEN);
        if (end > 0) {
            return text.substring(0, end).strip();
        }
        return IDS.stream()
                .filter(id -> texts.code("region", id).equalsIgnoreCase(text))
                .findFirst()
                .orElse(text.toLowerCase(Locale.ROOT));
    }
}
