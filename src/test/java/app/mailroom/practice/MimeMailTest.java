package app.mailroom.practice;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.delivery.OutgoingMail;
import app.mailroom.delivery.OutgoingMail.Header;
import app.mailroom.model.Attachment;
import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is composed is read again by a mail library, as a recipient's program would. */
class MimeMailTest {
    private static final String TEXT = "안녕하세요, Kim\nsecond line";
    private static final String HTML = "<p>안녕하세요, “Kim” 🎉</p>";

    @Test
    void aMailWithoutFilesIsTextAndHtmlSideBySide() throws Exception {
        MimeMessage read = composed(List.of(), List.of());

        assertThat(read.isMimeType("multipart/alternative")).isTrue();
        assertAlternatives((MimeMultipart) read.getContent());
        assertThat(read.getSubject()).isEqualTo("봄맞이 세일");
        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("모두의 가게");
        assertThat(read.getMessageID()).isEqualTo("<id-1@practice.mailroom.invalid>");
    }

    @Test
    void furtherHeadersStandAsGiven() throws Exception {
        MimeMessage read = composed(
                List.of(
                        new Header("List-Unsubscribe", "<https://go.shop.example/u/abc>, <mailto:u@shop.example>"),
                        new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                        new Header("X-Campaign", "봄")),
                List.of());

        assertThat(read.getHeader("List-Unsubscribe"))
                .containsExactly("<https://go.shop.example/u/abc>, <mailto:u@shop.example>");
        assertThat(read.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(read.getHeader("X-Campaign")).containsExactly("=?UTF-8?B?67SE?=");
    }

    @Test
    void filesStandBesideTheLetterInTheirOrder() throws Exception {
        byte[] pdf = new byte[30_000];
        new Random(1).nextBytes(pdf);
        MimeMessage read = composed(
                List.of(),
                List.of(
                        new Attachment("안내문 “봄”.pdf", "application/pdf", pdf),
                        new Attachment("notes.txt", "text/plain; charset=UTF-8", utf8("é\n"))));

        assertThat(read.isMimeType("multipart/mixed")).isTrue();
        MimeMultipart mixed = (MimeMultipart) read.getContent();
        assertThat(mixed.getCount()).isEqualTo(3);
        assertThat(mixed.getBodyPart(0).isMimeType("multipart/alternative")).isTrue();
        assertAlternatives((MimeMultipart) mixed.getBodyPart(0).getContent());
        assertFile(mixed.getBodyPart(1), "안내문 “봄”.pdf", "application/pdf", pdf);
        assertFile(mixed.getBodyPart(2), "notes.txt", "text/plain", utf8("é\n"));
    }

    @Test
    void imagesStandAroundTheLetterAndFilesAroundBoth() throws Exception {
        byte[] png = new byte[5_000];
        new Random(2).nextBytes(png);
        byte[] gif = {'G', 'I', 'F'};
        MimeMessage read = composed(
                List.of(),
                List.of(
                        new Attachment("offer.pdf", "application/pdf", new byte[] {1}),
                        Attachment.inline("로고.png", "image/png", png, "0a1b@mailroom"),
                        Attachment.inline("b.gif", "image/gif", gif, "2c3d@mailroom")));

        assertThat(read.isMimeType("multipart/mixed")).isTrue();
        MimeMultipart mixed = (MimeMultipart) read.getContent();
        assertThat(mixed.getCount()).isEqualTo(2);
        assertRelated(mixed.getBodyPart(0), png, gif);
        assertFile(mixed.getBodyPart(1), "offer.pdf", "application/pdf", new byte[] {1});
    }

    @Test
    void aMailWithImagesAloneHasNoFiles() throws Exception {
        byte[] png = {1, 2, 3};
        byte[] gif = {'G', 'I', 'F'};
        MimeMessage read = composed(
                List.of(),
                List.of(
                        Attachment.inline("로고.png", "image/png", png, "0a1b@mailroom"),
                        Attachment.inline("b.gif", "image/gif", gif, "2c3d@mailroom")));

        assertRelated(read, png, gif);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.pdf",
                "with space.pdf",
                "semi;colon, \"quoted\".pdf",
                "아주 긴 이름을 가진 파일 아주 긴 이름을 가진 파일 아주 긴 이름을 가진 파일 아주 긴 이름을 가진 파일.pdf",
                "🎉.pdf"
            })
    void aFileKeepsItsName(String name) throws Exception {
        MimeMessage read = composed(List.of(), List.of(new Attachment(name, "application/pdf", new byte[] {1})));

        assertThat(((MimeMultipart) read.getContent()).getBodyPart(1).getFileName())
                .isEqualTo(name);
    }

    private static MimeMessage composed(List<Header> headers, List<Attachment> files) throws Exception {
        String eml = MimeMail.compose(
                new OutgoingMail(
                        "workspace-1",
                        "workspace-2",
                        "\"모두의 가게\" <news@shop.example>",
                        "kim@example.org",
                        "",
                        "봄맞이 세일",
                        HTML,
                        TEXT,
                        headers,
                        files,
                        true),
                "id-1",
                Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(eml).matches("\\p{ASCII}*");
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(utf8(eml)));
    }

    private static void assertAlternatives(MimeMultipart alternatives) throws Exception {
        assertThat(alternatives.getCount()).isEqualTo(2);
        assertThat(alternatives.getBodyPart(0).isMimeType("text/plain")).isTrue();
        assertThat(alternatives.getBodyPart(0).getContent().toString()).isEqualToNormalizingNewlines(TEXT);
        assertThat(alternatives.getBodyPart(1).isMimeType("text/html")).isTrue();
        assertThat(alternatives.getBodyPart(1).getContent()).isEqualTo(HTML);
    }

    private static void assertRelated(Part part, byte[] png, byte[] gif) throws Exception {
        ContentType type = new ContentType(part.getContentType());
        assertThat(type.getBaseType()).isEqualTo("multipart/related");
        assertThat(type.getParameter("type")).isEqualTo("multipart/alternative");
        MimeMultipart related = (MimeMultipart) part.getContent();
        assertThat(related.getCount()).isEqualTo(3);
        assertThat(related.getBodyPart(0).isMimeType("multipart/alternative")).isTrue();
        assertAlternatives((MimeMultipart) related.getBodyPart(0).getContent());
        assertImage((MimeBodyPart) related.getBodyPart(1), "로고.png", "image/png", png);
        assertThat(related.getBodyPart("<0a1b@mailroom>")).isSameAs(related.getBodyPart(1));
        assertImage((MimeBodyPart) related.getBodyPart(2), "b.gif", "image/gif", gif);
        assertThat(related.getBodyPart("<2c3d@mailroom>")).isSameAs(related.getBodyPart(2));
    }

    private static void assertImage(MimeBodyPart part, String name, String type, byte[] content) throws Exception {
        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(part.isMimeType(type)).isTrue();
        assertThat(part.getDisposition()).isEqualTo(Part.INLINE);
        assertThat(part.getInputStream().readAllBytes()).isEqualTo(content);
    }

    private static void assertFile(BodyPart part, String name, String type, byte[] content) throws Exception {
        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(part.isMimeType(type)).isTrue();
        assertThat(part.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(part.getInputStream().readAllBytes()).isEqualTo(content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
