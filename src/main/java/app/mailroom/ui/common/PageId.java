package app.mailroom.ui.common;

/** The pages of the sidebar, in its order. */
public enum PageId {
    MAILINGS(1, "fth-send"),
    TEMPLATES(2, "fth-file-text"),
    RECIPIENTS(3, "fth-users"),
    RESULTS(4, "fth-bar-chart-2"),
    SUPPRESSIONS(5, "fth-slash"),
    SETTINGS(6, "fth-settings");

    private final int number;
    private final String icon;

    PageId(int number, String icon) {
        this.number = number;
        this.icon = icon;
    }

    /** The digit that opens it. */
    public int number() {
        return number;
    }

    /** The name of its icon. */
    public String icon() {
        return icon;
    }
}
