package app.mailroom.template;

import app.mailroom.template.TemplateProblem.Part;

/**
 * A place in a template that a person can be brought to.
 *
 * @param part which of its three texts
 * @param line line within that text, from 1
 * @param start where it begins in that text, in chars from 0
 * @param end where it ends; the same as start when nothing is to be selected
 * @param target what it is for a person who sees the mail and not its HTML
 * @param ordinal the how-manieth of its kind in the body, from 0 in document order; what stands in comments does not
 *     count. 0 for {@link Target#NONE}
 */
public record Spot(Part part, int line, int start, int end, Target target, int ordinal) {
    /** Kinds of things that can be pointed at in the visual editor. */
    public enum Target {
        /** An {@code a} or {@code area} with a href attribute. */
        LINK,
        /** An {@code img}. */
        IMAGE,
        /** A variable in the body's text, where the visual editor shows a chip; those in attributes do not count. */
        VARIABLE,
        /** Anything else, for which only the source can be shown. */
        NONE
    }
}
