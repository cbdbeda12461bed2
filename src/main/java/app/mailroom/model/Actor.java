package app.mailroom.model;

import java.util.OptionalLong;

/**
 * Who does something, as it is kept with what they did.
 *
 * @param memberId of whoever is signed in; empty for the person at a computer on which nobody is, and for the program
 * @param name the member's address, or the name by which the computer knows the person
 */
public record Actor(OptionalLong memberId, String name) {
    /** The program itself, at work without anybody's asking. */
    public static final Actor PROGRAM = new Actor(OptionalLong.empty(), "mailroom");

    /** The person at this computer, who has not signed in. */
    public static Actor local(String name) {
        return new Actor(OptionalLong.empty(), name);
    }

    /** A member who is signed in. */
    public static Actor of(Member member) {
        return new Actor(OptionalLong.of(member.id()), member.email());
    }
}
