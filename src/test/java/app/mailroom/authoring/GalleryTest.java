package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.Gallery.Kind;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateChecks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GalleryTest {
    private static final Path RESOURCES = Path.of("src/main/resources/app/mailroom");
    private static final int LARGEST_HTML = 30_000;
    private static final int LARGEST_IMAGE = 30_000;
    private static final String HANGUL = "[\\uAC00-\\uD7A3]";

    static Stream<Arguments> all() {
        return Stream.of(Locale.ENGLISH, Locale.KOREAN)
                .flatMap(language -> Arrays.stream(Kind.values()).map(kind -> Arguments.of(kind, language)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void checksFindNothing(Kind kind, Locale language) {
        assertThat(TemplateChecks.of(Gallery.template(kind, language), Set.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMailNeedsNoColumnOfTheList(Kind kind, Locale language) throws Exception {
        CompiledTemplate template = CompiledTemplate.compile(Gallery.template(kind, language));
        String leave = "https://leave.example.com/";
        RenderedMail mail = template.render(key -> key.equals(ProgramVariables.UNSUBSCRIBE) ? leave : "");
        assertThat(template.missingIn(key -> "")).containsExactly(ProgramVariables.UNSUBSCRIBE);
        assertThat(mail.subject()).isNotBlank().doesNotContain("{{");
        assertThat(mail.html()).contains("href=\"" + leave + "\"").doesNotContain("{{");
        assertThat(mail.text()).contains(leave).doesNotContain("{{");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theWholeTemplateIsInItsLanguage(Kind kind, Locale language) {
        TemplateContent template = Gallery.template(kind, language);
        Document document = Jsoup.parse(template.html());
        List<String> read = Stream.of(
                        Stream.of(template.subject(), template.preheader(), document.title()),
                        document.select("p, h1, h2, li, a, th").eachText().stream(),
                        document.select("img").eachAttr("alt").stream())
                .flatMap(texts -> texts)
                .filter(text -> text.codePoints().anyMatch(Character::isLetter))
                .filter(text -> !text.startsWith("{{"))
                .toList();
        assertThat(document.select("html").attr("lang")).isEqualTo(language.getLanguage());
        if (language.equals(Locale.KOREAN)) {
            assertThat(read).allSatisfy(text -> assertThat(text).containsPattern(HANGUL));
        } else {
            assertThat(template.html() + template.subject() + template.preheader())
                    .doesNotContainPattern(HANGUL);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void imagesAreThoseThatTheHtmlShowsAtTwiceTheirSize(Kind kind, Locale language) throws IOException {
        TemplateContent template = Gallery.template(kind, language);
        Map<String, TemplateImage> images =
                template.images().stream().collect(Collectors.toMap(TemplateImage::name, image -> image));
        List<Element> shown = Jsoup.parse(template.html()).select("img");
        assertThat(images.keySet())
                .isEqualTo(shown.stream().map(image -> image.attr("src")).collect(Collectors.toSet()));
        for (Element place : shown) {
            TemplateImage image = Objects.requireNonNull(images.get(place.attr("src")));
            assertThat(image.contentType()).isEqualTo("image/png");
            assertThat(image.size()).as(image.name()).isLessThan(LARGEST_IMAGE);
            assertThat(ImageIO.read(new ByteArrayInputStream(image.content())).getWidth())
                    .isEqualTo(image.width());
            double width = Double.parseDouble(place.attr("width"));
            assertThat(image.width()).as(image.name()).isGreaterThanOrEqualTo((int) (2 * width));
            assertThat(image.height() / Double.parseDouble(place.attr("height")))
                    .as("%s is not distorted", image.name())
                    .isEqualTo(image.width() / width);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theFileIsSmallAndLinksOnlyToExamples(Kind kind, Locale language) {
        TemplateContent template = Gallery.template(kind, language);
        assertThat(template.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST_HTML);
        assertThat(Jsoup.parse(template.html()).select("a[href]").eachAttr("href"))
                .contains("{{unsubscribe}}")
                .allMatch(href -> href.equals("{{unsubscribe}}") || href.startsWith("https://example.com/"));
    }

    @Test
    void noImageIsKeptInVain() throws IOException {
        Set<String> used = all().flatMap(arguments ->
                        Gallery.template(
                                (Kind) arguments.get()[0], (Locale) arguments.get()[1])
                                .images()
                                .stream())
                .map(TemplateImage::name)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(RESOURCES.resolve("authoring/gallery/images"))) {
            assertThat(files.map(file -> "images/" + file.getFileName())).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void otherLanguagesGetEnglish() {
        assertThat(Gallery.template(Kind.WELCOME, Locale.GERMANY))
                .isEqualTo(Gallery.template(Kind.WELCOME, Locale.ENGLISH));
        assertThat(Gallery.template(Kind.WELCOME, Locale.KOREA))
                .isEqualTo(Gallery.template(Kind.WELCOME, Locale.KOREAN));
    }

    @Test
    void checksFindNothingInTheSampleOfTheFirstStart() throws IOException {
        TemplateContent sample = new TemplateContent(
                "{{name|Hello}}, an evening among books",
                "On Friday the shop stays open until midnight.",
                Files.readString(RESOURCES.resolve("app/sample/template.html")));
        assertThat(TemplateChecks.of(sample, Set.of())).isEmpty();
    }
}
