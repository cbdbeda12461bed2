package app.mailroom.store;

/** A template is not there any more: another window or process has deleted it. */
public final class NoSuchTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchTemplateException(long templateId) {
        super("There is no template " + templateId + " any more.");
    }
}
