package app.mailroom.relay;

import app.mailroom.tracking.HitTokens;
import java.time.Clock;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers readers' programs, and notes what they asked for. Says nothing to whoever has no signed address. */
@SuppressWarnings("DoNotCallSuggester")
public final class RelayHandler extends Handler.Abstract.NonBlocking {
    /** Recognises addresses by their tokens and puts hits into the spool. */
    public RelayHandler(HitTokens tokens, HitSpool spool, RelaySettings settings, RelayMetrics metrics, Clock clock) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        throw new UnsupportedOperationException();
    }
}
