package app.mailroom.practice;

/** Whether links of practice mails can be followed in a browser of this computer. */
public enum PracticeRelayStanding {
    /** It was not looked at yet. */
    STARTING,
    /** They can; this process answers. */
    HERE,
    /** They can; another process that has the workspace open answers. */
    IN_ANOTHER_PROCESS,
    /** They cannot: another program has the port, or there is no room for hits. The log says more. */
    NOT_REACHABLE
}
