package app.mailroom.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the systems keep a font with Hangul that may be embedded into a document. Only fonts of TrueType outlines in files of
 * their own are named: others cannot be embedded.
 */
final class HangulFonts {
    /** A font in its usual and, where there is one, its bold weight. */
    record Family(Path usual, @Nullable Path bold) {}

    private HangulFonts() {}

    /** The families that are there, the most likely first. */
    static List<Family> present() {
        Path windows = Path.of(Optional.ofNullable(System.getenv("SystemRoot")).orElse("C:\\Windows"), "Fonts");
        Path own = Path.of(System.getProperty("user.home", ""), ".local/share/fonts");
        return Stream.of(
                        family(windows, "malgun.ttf", "malgunbd.ttf"),
                        family(Path.of("/System/Library/Fonts/Supplemental"), "AppleGothic.ttf", ""),
                        family(Path.of("/Library/Fonts"), "NanumGothic.ttf", "NanumGothicBold.ttf"),
                        family(Path.of("/usr/share/fonts/truetype/nanum"), "NanumGothic.ttf", "NanumGothicBold.ttf"),
                        family(
                                Path.of("/usr/share/fonts/naver-nanum-gothic-fonts"),
                                "NanumGothic.ttf",
                                "NanumGothicBold.ttf"),
                        family(Path.of("/usr/share/fonts/TTF"), "NanumGothic.ttf", "NanumGothicBold.ttf"),
                        family(Path.of("/usr/share/fonts/truetype/unfonts-core"), "UnDotum.ttf", "UnDotumBold.ttf"),
                        family(own, "NanumGothic.ttf", "NanumGothicBold.ttf"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Family> family(Path folder, String usual, String bold) {
        Path first = folder.resolve(usual);
        if (!Files.isReadable(first)) {
            return Optional.empty();
        }
        Path second = bold.isEmpty() ? null : folder.resolve(bold);
        return Optional.of(new Family(first, second != null && Files.isReadable(second) ? second : null));
    }
}
