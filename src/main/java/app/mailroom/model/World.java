package app.mailroom.model;

/** Where a mailing goes. A mailing belongs to one world for good, so that no practice mail is ever sent in earnest. */
public enum World {
    /** The simulated mail service inside the program: nothing leaves the computer. */
    PRACTICE,
    /** Amazon SES. */
    LIVE
}
