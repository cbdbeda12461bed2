package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Asks the mail service that sends in earnest, and the name servers, what they would make of a mailing; in practice
 * nobody is asked.
 */
final class ServiceCheck {
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
            account(recipients, findings);
        }
    }

    static void tracking(boolean tracked, SendingConditions conditions, List<PlanFinding> findings) {
        if (!tracked && conditions.countsHits()) {
            findings.add(block(Code.TRACKING_BY_AMAZON));
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

    private void account(long recipients, List<PlanFinding> findings) {
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
        } catch (IOException e) {
            findings.add(warning(Code.QUOTA_UNKNOWN, whatItSaid(e)));
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
