package app.mailroom.template;

/**
 * A template as its author wrote it. Nothing is checked here; see {@link CompiledTemplate#compile}.
 *
 * @param subject plain text with variables
 * @param preheader plain text with variables, shown by mail programs beside the subject; blank for none
 * @param html the body, a whole HTML document or a fragment
 */
public record TemplateSource(String subject, String preheader, String html) {}
