package app.mailroom.model;

/** In which order to show messages. */
public record MessageOrder(By by, boolean descending) {
    /** As in the list they were made from. */
    public static final MessageOrder LIST = new MessageOrder(By.LIST, false);

    /** What they are sorted by; what is equal in it is in the order of the list. */
    public enum By {
        LIST,
        ADDRESS,
        STATE,
        UPDATED
    }
}
