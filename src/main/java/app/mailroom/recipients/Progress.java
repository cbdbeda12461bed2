package app.mailroom.recipients;

/** What watches an import, and may stop it. Called on the importing thread, a few times a second. */
public interface Progress {
    /** Watches nothing and never stops. */
    Progress NONE = new Progress() {
        @Override
        public void at(long rows, long bytesRead, long bytesTotal) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** So many rows, good or bad, and so many bytes of the file have been read. */
    void at(long rows, long bytesRead, long bytesTotal);

    /** Whether the import is to stop and leave nothing behind. */
    boolean cancelled();
}
