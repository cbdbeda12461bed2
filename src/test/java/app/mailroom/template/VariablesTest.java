package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import org.junit.jupiter.api.Test;

class VariablesTest {

    @Test
    void namesComeInOrderOfFirstAppearanceAndAsWrittenFirst() {
        var source =
                new TemplateContent("Hi {{ Name }}", "{{city|Seoul}}", "<p>{{name}} {{이름}} {{CITY}} {{prénom}}</p>");

        assertThat(Variables.namesIn(source)).containsExactly("Name", "city", "이름", "prénom");
    }

    @Test
    void malformedVariablesArePassedOver() {
        var source = new TemplateContent("{{", "{{a b}}", "{{ok}} {{<b>x</b>}} {{open");

        assertThat(Variables.namesIn(source)).containsExactly("ok");
    }

    @Test
    void entitiesAndNoBreakSpacesOfAnHtmlEditorAreReadInNames() {
        var source = new TemplateContent("", "", "{{&nbsp;pr&eacute;nom }} {{pre\u0301nom}}");

        assertThat(Variables.namesIn(source)).containsExactly("prénom");
    }

    @Test
    void keysIgnoreCaseCompositionSpaceAndPunctuation() {
        assertThat(Variables.key(" First Name ")).isEqualTo("first_name");
        assertThat(Variables.key("PRE\u0301NOM")).isEqualTo("prénom");
        assertThat(Variables.key("E-Mail")).isEqualTo("e_mail");
        assertThat(Variables.key("이름")).isEqualTo("이름");
        assertThat(Variables.key("नाम")).isEqualTo("नाम");
        assertThat(Variables.key("TITLE")).isEqualTo("title");
    }

    @Test
    void keyOfAKeyIsItself() {
        assertThat(Variables.key(Variables.key("İstanbul Şehir #1"))).isEqualTo(Variables.key("İstanbul Şehir #1"));
    }
}
