package app.mailroom.account;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nobody has signed in. The message says why and what to do, and never holds a secret. */
public final class SignInException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why not; the windows have words for each. */
    public enum Code {
        /** Client id or secret are not set, or cannot be ones. */
        NOT_CONFIGURED,
        /** The port on which the browser was to come back is in use, or none can be opened. */
        PORT_TAKEN,
        /** The browser could not be started. */
        NO_BROWSER,
        /** The person gave up, as when they closed the browser. */
        CANCELLED,
        /** The browser did not come back in time. */
        TIMED_OUT,
        /** The browser came back with something that this sign-in did not ask for. */
        STATE_MISMATCH,
        /** The person told Google not to say who they are. */
        DENIED,
        /** Google does not know the client id, or the secret is not its secret. */
        CLIENT_REFUSED,
        /** Any other no from Google. */
        REFUSED_BY_GOOGLE,
        /** Google, or the way to it, does not answer, or something else answers in its place. */
        UNREACHABLE,
        /** The ID token is not signed by one of Google's keys: it is forged or was changed. */
        NOT_SIGNED,
        /** The ID token is another issuer's. */
        WRONG_ISSUER,
        /** The ID token is for another program. */
        WRONG_AUDIENCE,
        /** The ID token is not valid any more, or not yet; the computer's clock may be wrong. */
        EXPIRED,
        /** The ID token belongs to another sign-in. */
        WRONG_NONCE,
        /** Google does not know whether the address is the person's. */
        EMAIL_NOT_VERIFIED,
        /** The account is not of the organisation that is asked for. */
        FOREIGN_DOMAIN
    }

    private final Code code;

    /** With plain English for logs and the command line. */
    SignInException(Code code, String message) {
        this(code, message, null);
    }

    /** The same with what led to it, which must hold no secret either. */
    SignInException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Why not. */
    public Code code() {
        return code;
    }
}
