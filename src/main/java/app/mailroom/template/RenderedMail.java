package app.mailroom.template;

/**
 * What one recipient gets.
 *
 * @param subject one line, not yet encoded for a mail header
 * @param html a whole HTML document
 * @param text the same as plain text, lines separated by {@code \n} and not wrapped
 */
public record RenderedMail(String subject, String html, String text) {}
