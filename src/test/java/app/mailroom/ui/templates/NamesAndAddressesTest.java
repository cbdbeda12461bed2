package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import app.mailroom.recipients.AddressFault;
import app.mailroom.store.FreeName;
import app.mailroom.store.NameTakenException;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesAndAddressesTest {
    private static final TemplateContent NEEDY = new TemplateContent(
            "{{name}} and {{other|friends}}",
            "",
            "<a href=\"{{link}}\" style=\"color:{{colour}}\">{{name}}</a><a href=\"{{unsubscribe}}\">off</a>");

    @Test
    void aTakenNameGetsTheNextNumber() {
        assertThat(FreeName.among(Set.of(), " News  letter ")).isEqualTo("News letter");
        assertThat(FreeName.among(Set.of("News"), "News")).isEqualTo("News (2)");
        assertThat(FreeName.among(Set.of("News (2)"), "News (2)")).isEqualTo("News (3)");
    }

    @Test
    void makingGoesOnUntilANameIsFree() {
        Set<String> taken = new HashSet<>(Set.of("News", "News (2)"));
        FreeName.make("News", name -> {
            if (!taken.add(name)) {
                throw new NameTakenException(name);
            }
            return 1;
        });
        assertThat(taken).contains("News (3)");
    }

    @Test
    void addressesAreReadHoweverTheyAreSeparated() {
        TestAddresses addresses =
                TestAddresses.read("a@example.com, b@example.com;c@example.com\nA@example.com  nobody");
        assertThat(addresses.mailboxes()).containsExactly("a@example.com", "b@example.com", "c@example.com");
        assertThat(addresses.faults()).containsExactly(new TestAddresses.Fault("nobody", AddressFault.NO_AT));
        assertThat(addresses.tooMany()).isFalse();
    }

    @Test
    void whatIsLookedAtShowsTheNamesOfVariablesInTheirBraces() throws TemplateException {
        RenderedMail mail = SampleValues.render(CompiledTemplate.compile(NEEDY), Map.of());
        assertThat(mail.subject()).isEqualTo("{{name}} and friends");
        assertThat(mail.html()).contains("https://example.com/");
    }

    @Test
    void whatIsSentHasTheGivenValuesAndLeavesTheProgramsOwnOpen() throws TemplateException {
        Map<String, String> filled = SampleValues.filled(NEEDY, Map.of("name", "Mina"));
        assertThat(filled)
                .containsEntry("name", "Mina")
                .containsEntry("link", "https://example.com/")
                .containsKey("colour")
                .doesNotContainKeys("unsubscribe", "other");
    }
}
