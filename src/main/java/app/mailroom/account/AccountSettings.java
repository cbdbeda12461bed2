package app.mailroom.account;

import app.mailroom.store.SettingsStore;
import java.time.Duration;

/** How people come into a workspace. Changing it takes {@link app.mailroom.model.Right#MANAGE_PEOPLE}, by the settings' names. */
public final class AccountSettings {
    /** Before the name of each of these settings. */
    public static final String PREFIX = "account.";

    private static final String SIGN_IN = PREFIX + "sign_in";
    private static final String IDLE_MINUTES = PREFIX + "idle_minutes";
    private static final String APPROVAL = PREFIX + "approval";
    private static final long USUAL_IDLE_MINUTES = 30;

    private final SettingsStore settings;

    /** Over a workspace's settings. */
    public AccountSettings(SettingsStore settings) {
        this.settings = settings;
    }

    /** Whether the workspace asks who works with it, once somebody owns it. */
    public boolean asksWho() {
        return !settings.get(SIGN_IN).orElse("").equals("off");
    }

    /**
     * Switches that. Whoever sits at the computer may do everything while it is off.
     *
     * @throws IllegalStateException with a sentence for a person while mailings need approval, which needs names
     */
    public void askWho(boolean on) {
        if (!on && approval()) {
            throw new IllegalStateException(
                    "Approval by a second person needs to know who is who. Switch it off first.");
        }
        settings.put(SIGN_IN, on ? "on" : "off");
    }

    /** After how long without a key or a mouse the program locks; zero for never. */
    public Duration idle() {
        String minutes = settings.get(IDLE_MINUTES).orElse("");
        return Duration.ofMinutes(minutes.matches("[0-9]{1,4}") ? Long.parseLong(minutes) : USUAL_IDLE_MINUTES);
    }

    /** Sets that, in whole minutes up to 9999. */
    public void idle(Duration idle) {
        settings.put(IDLE_MINUTES, Long.toString(idle.toMinutes()));
    }

    /** Whether somebody else has to approve a mailing before it goes out. */
    public boolean approval() {
        return settings.get(APPROVAL).orElse("").equals("on");
    }

    /**
     * Switches that, for mailings planned from now on.
     *
     * @throws IllegalStateException with a sentence for a person while nobody signs in
     */
    public void approval(boolean on) {
        if (on && !asksWho()) {
            throw new IllegalStateException(
                    "Approval by a second person needs people who sign in. Switch that on first.");
        }
        settings.put(APPROVAL, on ? "on" : "off");
    }
}
