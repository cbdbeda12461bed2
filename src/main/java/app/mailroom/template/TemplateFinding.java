package app.mailroom.template;

/**
 * Something that a check found in a template.
 *
 * @param blocks whether no mail can be sent with it
 * @param code what it is
 * @param spot where it is
 * @param detail the piece of the template that is meant, or a figure
 */
public record TemplateFinding(boolean blocks, String code, Spot spot, String detail) {}
