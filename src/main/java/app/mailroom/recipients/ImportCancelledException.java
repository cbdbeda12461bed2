package app.mailroom.recipients;

/** An import or an export was stopped by whoever watched it; nothing of it was kept. */
public final class ImportCancelledException extends Exception {
    private static final long serialVersionUID = 1L;

    /** It was stopped. */
    public ImportCancelledException() {
        super("it was cancelled");
    }
}
