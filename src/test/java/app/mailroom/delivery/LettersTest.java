package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.delivery.OutgoingMail.Header;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.WorkspaceId;
import app.mailroom.store.TemplateStore;
import app.mailroom.store.TestWorkspace;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LettersTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace1");
    private static final RelayLinks RELAY = new RelayLinks(
            RelayAddress.parse("hits.shop.example"),
            new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom())))));

    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private TemplateStore templates;
    private long sender;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        templates = new TemplateStore(workspace.database, workspace.clock);
        sender = workspace.delivery.register("test");
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aMailMayBeCountedIfItsMailingMay() throws Exception {
        Letters letters = letters(Optional.empty());

        assertThat(letters.write(claim(true)).tracked()).isTrue();
        assertThat(letters.write(claim(false)).tracked()).isFalse();
    }

    @Test
    void withoutARelayReadersLeaveByMailAndLinksStayAsTheyAre() throws Exception {
        OutgoingMail mail = letters(Optional.empty()).write(claim(true));

        assertThat(mail.html())
                .contains("href=\"https://shop.example/\"", "href=\"mailto:news@example.com?subject=Unsubscribe\"");
        assertThat(mail.html()).doesNotContain("<img");
        assertThat(mail.headers())
                .containsExactly(new Header("List-Unsubscribe", "<mailto:news@example.com?subject=Unsubscribe>"));
    }

    @Test
    void aCountedMailHasTheRelaysAddresses() throws Exception {
        ClaimedMessage message = claim(true);
        OutgoingMail mail = letters(Optional.of(RELAY)).write(message);
        String tag = ID.tag(message.id());
        Document html = Jsoup.parse(mail.html());

        assertThat(mail.messageTag()).isEqualTo(tag);
        assertThat(html.select("a").eachAttr("href").stream().map(RELAY::read))
                .containsExactly(
                        Optional.of(HitLink.click(tag, 1, "https://shop.example/")),
                        Optional.of(HitLink.unsubscribe(tag)));
        assertThat(RELAY.read(html.select("img").attr("src"))).contains(HitLink.open(tag));
        assertThat(mail.text()).contains("https://shop.example/", RELAY.of(tag).unsubscribe());
        assertThat(mail.headers())
                .containsExactly(
                        new Header("List-Unsubscribe", "<" + RELAY.of(tag).unsubscribe() + ">"),
                        new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }

    @Test
    void aMailThatMayNotBeCountedHasTheWayToLeaveAlone() throws Exception {
        ClaimedMessage message = claim(false);
        OutgoingMail mail = letters(Optional.of(RELAY)).write(message);
        String page = RELAY.of(ID.tag(message.id())).unsubscribe();

        assertThat(Jsoup.parse(mail.html()).select("a").eachAttr("href"))
                .containsExactly("https://shop.example/", page);
        assertThat(mail.html()).doesNotContain("<img");
        assertThat(mail.headers()).extracting(Header::value).contains("<" + page + ">");
    }

    private Letters letters(Optional<RelayLinks> relay) {
        return new Letters(workspace.plans, templates, ID, relay);
    }

    private ClaimedMessage claim(boolean tracked) throws Exception {
        long plan = workspace.running(1);
        long template = templates.create(
                "letter " + plan,
                new TemplateContent(
                        "S", "", "<a href=\"https://shop.example/\">Shop</a> <a href=\"{{unsubscribe}}\">Leave</a>"),
                "test");
        long version = templates.find(template).orElseThrow().newest().id();
        workspace.execute("UPDATE plans SET tracked = " + (tracked ? 1 : 0) + ", template_version_id = " + version
                + " WHERE id = " + plan);
        return workspace.claimOne(sender, plan);
    }
}
