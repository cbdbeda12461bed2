package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what a person typed: title, addresses and time. */
final class FormCheck {
    /** Whoever asks for now may take a moment over it. */
    private static final int NOW_SECONDS = 60;

    private FormCheck() {}

    static List<PlanFinding> of(PlanRequest request, Instant now) {
        List<PlanFinding> findings = new ArrayList<>();
        if (request.title().isBlank()) {
            findings.add(block(Code.TITLE_EMPTY));
        }
        address(request.fromAddress(), Code.FROM_INVALID).ifPresent(findings::add);
        if (!request.replyTo().isBlank()) {
            address(request.replyTo(), Code.REPLY_TO_INVALID).ifPresent(findings::add);
        }
        try {
            ZoneId.of(request.timing().zone());
        } catch (DateTimeException e) {
            findings.add(block(Code.ZONE_INVALID, said(request.timing().zone())));
        }
        if (request.timing().notBefore().isBefore(now.minusSeconds(NOW_SECONDS))) {
            findings.add(warning(Code.TIME_PAST));
        }
        return findings;
    }

    private static Optional<PlanFinding> address(String text, Code code) {
        try {
            EmailAddress.parse(text);
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of(block(code, coded(e.code(), e)));
        }
    }
}
