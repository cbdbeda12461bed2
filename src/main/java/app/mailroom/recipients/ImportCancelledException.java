package app.mailroom.recipients;

/** The import was stopped by whoever watched it; nothing of it was kept. */
public final class ImportCancelledException extends Exception {
    private static final long serialVersionUID = 1L;

    ImportCancelledException() {
        super("the import was cancelled");
    }
}
