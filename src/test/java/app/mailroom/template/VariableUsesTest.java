package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateProblem.Part;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VariableUsesTest {

    private static TemplateContent body(String html) {
        return new TemplateContent("", "", html);
    }

    private static String renamedBody(String html, String key, String name) {
        return VariableUses.renamed(body(html), key, name).html();
    }

    private static String bodyWithFallback(String html, @Nullable String fallback) {
        return VariableUses.withFallback(body(html), "name", fallback).html();
    }

    @Test
    void everyUseIsFoundWithItsPlaceInTheSource() {
        var content = new TemplateContent(
                "😀 {{Name|you}}",
                "한글 {{ city }}",
                "\uFEFF<p>가😀\r\n\r{{name}}\n<a href=\"%7B%7Burl%7D%7D\">{{ city }}</a><img alt='{{name|}}' src=x></p>");

        List<VariableUse> uses = VariableUses.in(content);

        assertThat(uses).extracting(VariableUse::key).containsExactly("name", "city", "url");
        assertThat(uses).extracting(VariableUse::name).containsExactly("Name", "city", "url");
        assertThat(uses).extracting(VariableUse::fallback).containsExactly("you", "", "");
        assertThat(uses).extracting(VariableUse::hasFallback).containsExactly(false, false, false);
        assertThat(uses.get(0).spots())
                .extracting(spot -> written(content, spot))
                .containsExactly("{{Name|you}}", "{{name}}", "{{name|}}");
        assertThat(uses.get(0).spots()).extracting(Spot::line).containsExactly(1, 3, 4);
        assertThat(uses.get(0).spots())
                .extracting(Spot::target)
                .containsExactly(Spot.Target.NONE, Spot.Target.VARIABLE, Spot.Target.IMAGE);
        assertThat(uses.get(1).spots())
                .extracting(spot -> written(content, spot))
                .containsExactly("{{ city }}", "{{ city }}");
        assertThat(uses.get(1).spots()).extracting(Spot::part).containsExactly(Part.PREHEADER, Part.BODY);
        assertThat(uses.get(1).spots().get(1).ordinal()).isEqualTo(1);
        assertThat(uses.get(2).spots())
                .extracting(spot -> written(content, spot))
                .containsExactly("%7B%7Burl%7D%7D");
        assertThat(uses.get(2).spots()).extracting(Spot::target).containsExactly(Spot.Target.LINK);
    }

    private static String written(TemplateContent content, Spot spot) {
        String part = switch (spot.part()) {
            case SUBJECT -> content.subject();
            case PREHEADER -> content.preheader();
            case BODY -> content.html();
        };
        return part.substring(spot.start(), spot.end());
    }

    @Test
    void onlyVariablesInReadableTextCountAsChips() {
        var content = body("<!-- {{a}} --><style>{{a}}</style><script>{{a}}</script><textarea>{{a}}</textarea>"
                + "<select><option>{{a}}</option></select><p title=\"{{a|\"<b>\"}}\">{{a}}<b>{{a}}</b></p>");

        List<Spot> spots = VariableUses.in(content).get(0).spots();

        assertThat(spots)
                .filteredOn(spot -> spot.target() == Spot.Target.VARIABLE)
                .extracting(Spot::ordinal)
                .containsExactly(0, 1);
        assertThat(spots).hasSize(8);
    }

    @Test
    void aVariableWithFallbackEverywhereHasOne() {
        VariableUse use =
                VariableUses.in(new TemplateContent("{{a|x}}", "", "{{a|y}}")).get(0);

        assertThat(use.hasFallback()).isTrue();
        assertThat(use.fallback()).isEqualTo("x");
    }

    @Test
    void renamingChangesTheNameAlone() {
        assertThat(renamedBody("{{ Name | you }} {{name}} {{names}} name {{name", "name", "고객"))
                .isEqualTo("{{ 고객 | you }} {{고객}} {{names}} name {{name");
        assertThat(renamedBody("{{&nbsp;pr&eacute;nom &#124; a&amp;b}}", "prénom", "x"))
                .isEqualTo("{{&nbsp;x &#124; a&amp;b}}");
        assertThat(renamedBody("<a href='/%7b%7bname%7cA%20B%7D%7d'>", "name", "고"))
                .isEqualTo("<a href='/%7b%7b%EA%B3%A0%7cA%20B%7D%7d'>");
        assertThat(renamedBody("%7B%7B%ec%9d%b4%eb%a6%84%7D%7D", "이름", "name")).isEqualTo("%7B%7Bname%7D%7D");
    }

    @Test
    void aNameInTheMiddleOfAReferenceIsRenamedToo() {
        assertThat(renamedBody("{{&nbspname|a&lt;b}}", "name", "x")).isEqualTo("{{x|a&lt;b}}");
    }

    @Test
    void whatIsNoTextBesideAVariableInALinkStays() {
        assertThat(renamedBody("%7B%7B%FF%E9%7B%7Bname%7Cx%FF%7D%7D", "name", "x"))
                .isEqualTo("%7B%7B%FF%E9%7B%7Bx%7Cx%FF%7D%7D");
    }

    @Test
    void subjectAndPreheaderAreTakenAsTheyAre() {
        var content = new TemplateContent("{{a|R&amp;D}}", "{{&amp;}} {{a}}", "");

        TemplateContent renamed = VariableUses.renamed(content, "a", "b");

        assertThat(renamed.subject()).isEqualTo("{{b|R&amp;D}}");
        assertThat(renamed.preheader()).isEqualTo("{{&amp;}} {{b}}");
        assertThat(VariableUses.withFallback(content, "a", "<R&D>").preheader()).isEqualTo("{{&amp;}} {{a|<R&D>}}");
    }

    @Test
    void renamingToTheNameOfAnotherMergesThem() {
        var merged = VariableUses.renamed(new TemplateContent("{{a}}", "", "{{b}} {{a|x}}"), "a", "b");

        assertThat(VariableUses.in(merged))
                .singleElement()
                .satisfies(use -> assertThat(use.spots()).hasSize(3));
    }

    @Test
    void namesThatCannotBeAreRefused() {
        for (String name : List.of("", "a b", "a|b", "a}}", "\u0301a", " a")) {
            assertThatThrownBy(() -> VariableUses.renamed(body("{{a}}"), "a", name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fallbacksAreWrittenSoThatTheyReadTheSame() {
        assertThat(bodyWithFallback("{{name}} {{ name }} {{ name | old }}", "R&D \"<x>\""))
                .isEqualTo("{{name|R&amp;D &quot;&lt;x&gt;&quot;}} {{ name|R&amp;D &quot;&lt;x&gt;&quot; }}"
                        + " {{ name|R&amp;D &quot;&lt;x&gt;&quot; }}");
        assertThat(bodyWithFallback("<a href='/%7B%7Bname%7D%7D'>", "가 &"))
                .isEqualTo("<a href='/%7B%7Bname%7C%EA%B0%80%20%26amp%3B%7D%7D'>");
        assertThat(bodyWithFallback("{{name|x}} {{ name&nbsp;| x }} {{name}}", null))
                .isEqualTo("{{name}} {{ name&nbsp; }} {{name}}");
        assertThat(bodyWithFallback("{{name|x}}", " ")).isEqualTo("{{name|}}");
    }

    @Test
    void fallbacksThatCannotBeWrittenAreRefused() {
        for (String fallback : List.of("{", "a}", "{{b}}", "%7B%7Bb%7D%7D", "a\nb", "\uD83D", "\uFDD0")) {
            assertThatThrownBy(() -> bodyWithFallback("{{name}}", fallback))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> bodyWithFallback("%7B%7Bname%7D%7D", "가".repeat(300)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> sources() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{{name}}",
                "{{ name }}",
                "{{name|a|b}}",
                "{{name|&#124; &amp;lt; &copy}}",
                "{{\n name\r\n| x }}",
                "{{&nbsp;name}}",
                "%7B%7Bname%7D%7D",
                "%7b%7bname%7cx%26lt%3B%ea%b0%80%7d%7D",
                "%7B%7B%EC%9D%B4%7D%7D",
                "{{other}}",
                "{{이|x}}",
                "{{a b}}",
                "{{",
                "}}",
                "{",
                "}",
                "%7B",
                "%7D",
                "%7B%7B",
                "%FF",
                "%",
                "&amp;",
                "&",
                "|",
                "name",
                "<a href=\"",
                "\">",
                "'",
                "<!--",
                "-->",
                "<style>",
                "</style>",
                "\r\n",
                "\r",
                "\n",
                " ",
                "한",
                "😀",
                "\uFEFF");
        return pieces.list().ofMaxSize(25).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<TemplateContent> templates() {
        return Combinators.combine(sources(), sources(), sources())
                .as((subject, preheader, html) -> new TemplateContent(subject, preheader, html));
    }

    @Property(tries = 500)
    void renamingToAFreshNameAndBackIsTheIdentity(@ForAll("templates") TemplateContent content) {
        TemplateContent there = VariableUses.renamed(content, "name", "새이름");

        assertThat(VariableUses.renamed(there, "새이름", "name")).isEqualTo(content);
        assertThat(Variables.namesIn(there)).doesNotContain("name");
    }

    @Property(tries = 500)
    void usesStayAsManyAndAsTheyWere(@ForAll("templates") TemplateContent content) {
        List<Variable> before = variables(content);

        List<Variable> after = variables(VariableUses.renamed(content, "name", "fresh"));

        assertThat(after)
                .isEqualTo(before.stream()
                        .map(variable -> variable.name().equals("name")
                                ? new Variable("fresh", variable.fallback(), variable.hasFallback())
                                : variable)
                        .toList());
    }

    @Property(tries = 500)
    void everyUseGetsTheFallbackAndNothingElseChanges(
            @ForAll("templates") TemplateContent content, @ForAll("fallbacks") String fallback) {
        TemplateContent with = VariableUses.withFallback(content, "name", fallback);

        assertThat(variables(with))
                .isEqualTo(variables(content).stream()
                        .map(variable -> variable.name().equals("name")
                                ? new Variable("name", Variables.trimmed(fallback), true)
                                : variable)
                        .toList());
        assertThat(VariableUses.withFallback(VariableUses.withFallback(with, "name", null), "name", fallback))
                .isEqualTo(with);
    }

    @Provide
    Arbitrary<String> fallbacks() {
        return Arbitraries.strings()
                .withChars("ab |&;#<>\"'%7한é/+=")
                .withCharRange('\u00A0', '\u00A3')
                .ofMaxLength(12)
                .filter(text -> !text.contains("%7b"));
    }

    @Property(tries = 500)
    void aSpotIsWhereItsVariableIsWritten(@ForAll("templates") TemplateContent content) {
        for (VariableUse use : VariableUses.in(content)) {
            for (Spot spot : use.spots()) {
                String written = written(content, spot);
                assertThat(written).matches("(?s)(?i)(?:\\{\\{|%7B%7B).*(?:}}|%7D%7D)");
                List<Variable> alone =
                        variables(spot.part() == Part.BODY ? body(written) : new TemplateContent(written, "", ""));
                assertThat(alone)
                        .singleElement()
                        .satisfies(variable ->
                                assertThat(Variables.key(variable.name())).isEqualTo(use.key()));
            }
        }
    }

    private static List<Variable> variables(TemplateContent content) {
        return VariableScan.all(content).stream()
                .flatMap(scan -> scan.occurrences().stream())
                .map(VariableScan.Occurrence::variable)
                .toList();
    }
}
