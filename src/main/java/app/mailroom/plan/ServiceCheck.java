package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.plan.SendingConditions.HitCounter;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the mail service that sends in earnest, and the name servers, what they would make of a mailing; in practice
 * nobody is asked.
 */
final class ServiceCheck {
    /**
     * Whoever sends so many to Gmail within 24 hours is bulk to it, and has to let readers leave by one click; see “Email sender
     * guidelines” of Google and “Sender best practices” of Yahoo. How many of a list are theirs is not counted: many domains of
     * companies are.
     */
    private static final long BULK = 5_000;

    private final SendingConditions conditions;
    private final DmarcCheck dmarc;

    ServiceCheck(SendingConditions conditions, DomainRecords records) {
        this.conditions = conditions;
        this.dmarc = new DmarcCheck(records);
    }

    /** Takes as long as the answers take, some seconds at most. */
    void ask(PlanRequest request, long recipients, List<PlanFinding> findings) {
        World world = conditions.world();
        if (world != request.world()) {
            findings.add(block(Code.MODE_CHANGED, world(request.world()), world(world)));
        } else if (world == World.LIVE) {
            tracking(request.tracked(), conditions, findings);
            sender(request.fromAddress().strip(), findings);
            domain(request.fromAddress()).flatMap(dmarc::of).ifPresent(findings::add);
            long sent = account(recipients, findings);
            if (sent + recipients >= BULK && !conditions.counting().contains(HitCounter.RELAY)) {
                findings.add(warning(Code.ONE_CLICK_MISSING, count(BULK)));
            }
        }
    }

    static void tracking(boolean tracked, SendingConditions conditions, List<PlanFinding> findings) {
        Set<HitCounter> counting = conditions.counting();
        if (!tracked && counting.contains(HitCounter.AMAZON)) {
            findings.add(block(Code.TRACKING_BY_AMAZON));
        } else if (tracked && counting.size() > 1) {
            findings.add(block(Code.COUNTED_TWICE));
        } else if (tracked && counting.isEmpty()) {
            findings.add(warning(Code.NOBODY_COUNTS));
        }
    }

    private void sender(String address, List<PlanFinding> findings) {
        try {
            if (!conditions.maySend(address)) {
                findings.add(block(Code.SENDER_NOT_VERIFIED, said(address)));
            } else if (!conditions.signs(address)) {
                findings.add(warning(Code.DKIM_MISSING, said(address)));
            }
        } catch (IOException e) {
            findings.add(warning(Code.SENDERS_UNKNOWN, whatItSaid(e)));
        }
    }

    /** Returns how many the account has sent within 24 hours, 0 where nobody knows. */
    private long account(long recipients, List<PlanFinding> findings) {
        try {
            MailAccount account = conditions.account();
            if (!account.sendingEnabled()) {
                findings.add(warning(Code.ACCOUNT_PAUSED));
            }
            if (account.sandbox()) {
                findings.add(warning(Code.SANDBOX));
            }
            if (recipients > account.left()) {
                findings.add(warning(
                        Code.QUOTA_SMALLER, count(recipients), count(account.left()), count(account.quota24h())));
            }
            return account.sentLast24h();
        } catch (IOException e) {
            findings.add(warning(Code.QUOTA_UNKNOWN, whatItSaid(e)));
            return 0;
        }
    }

    /** Nothing for what is no address; that is said elsewhere. */
    private static Optional<String> domain(String address) {
        try {
            String mailbox = EmailAddress.parse(address).mailbox();
            return Optional.of(mailbox.substring(mailbox.lastIndexOf('@') + 1));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    static FindingValue world(World world) {
        return coded(world, world == World.LIVE ? "live mode" : "practice");
    }

    static FindingValue whatItSaid(IOException e) {
        return said(e.getMessage() == null ? e.toString() : e.getMessage());
    }
}
