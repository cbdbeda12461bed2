package app.mailroom.ui.common;

import app.mailroom.authoring.ImageIntakeException;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.StoreProblem;
import app.mailroom.recipients.ListExportException;
import app.mailroom.recipients.RecipientFileException;
import app.mailroom.recipients.TooManyListsException;
import app.mailroom.store.ApprovalException;
import app.mailroom.store.IllegalPlanChangeException;
import app.mailroom.store.LastOwnerException;
import app.mailroom.store.ListInUseException;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.NoSuchTemplateException;
import app.mailroom.store.NotTakenBackException;
import app.mailroom.store.PersonBeingMailedException;
import app.mailroom.store.StoreException;
import app.mailroom.store.TemplateInUseException;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A failure as a person reads it.
 *
 * @param code the stable code that support asks for
 * @param expected whether it belongs to ordinary use, so that a stack trace would tell nothing
 * @param detail what the failure itself says
 */
public record Failure(String code, boolean expected, String detail) {
    /** Puts a failure into its drawer. */
    public static Failure of(Throwable failure) {
        String detail = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof NameTakenException) {
            return new Failure("NAME_TAKEN", true, detail);
        }
        if (failure instanceof NotAllowedException refused) {
            return new Failure("REFUSED_" + refused.refusal().code(), true, detail);
        }
        if (failure instanceof ApprovalException refused) {
            return new Failure("APPROVAL_" + refused.code(), true, detail);
        }
        if (failure instanceof LastOwnerException) {
            return new Failure("LAST_OWNER", true, detail);
        }
        if (failure instanceof IllegalPlanChangeException) {
            return new Failure("PLAN_CHANGED", true, detail);
        }
        if (failure instanceof ListInUseException) {
            return new Failure("LIST_IN_USE", true, detail);
        }
        if (failure instanceof PersonBeingMailedException) {
            return new Failure("BEING_MAILED", true, detail);
        }
        if (failure instanceof RecipientFileException) {
            return new Failure("LIST_FILE", true, detail);
        }
        if (failure instanceof TemplateInUseException) {
            return new Failure("TEMPLATE_IN_USE", true, detail);
        }
        if (failure instanceof NoSuchTemplateException) {
            return new Failure("TEMPLATE_GONE", true, detail);
        }
        if (failure instanceof ImageIntakeException) {
            return new Failure("IMAGE", true, detail);
        }
        if (failure instanceof TemplateException) {
            return new Failure("TEMPLATE", true, detail);
        }
        if (failure instanceof RenderException) {
            return new Failure("RENDERING", true, detail);
        }
        if (failure instanceof TooManyListsException) {
            return new Failure("TOO_MANY_LISTS", true, detail);
        }
        if (failure instanceof NoSuchListException) {
            return new Failure("LIST_GONE", true, detail);
        }
        if (failure instanceof NotTakenBackException) {
            return new Failure("NOT_TAKEN_BACK", true, detail);
        }
        if (failure instanceof StoreException store) {
            boolean known = store.problem() != StoreProblem.OTHER;
            return new Failure(known ? "WORKSPACE_" + store.problem() : "WORKSPACE", known, detail);
        }
        if (failure instanceof ListExportException) {
            return new Failure("LIST_EXPORT", true, detail);
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return new Failure("FILE", true, detail);
        }
        return new Failure("UNEXPECTED", false, detail);
    }

    /** The same for one that kept the program from starting, where the file that could not be used is the workspace. */
    public static Failure ofStart(Throwable failure) {
        Failure found = of(failure);
        return found.code().equals("FILE") ? new Failure("FOLDER", true, found.detail()) : found;
    }

    /** What happened, what to do, and the code. */
    public String in(Texts texts) {
        return texts.code("failure", code) + "\n" + detail + " (" + code + ")";
    }
}
