package app.mailroom.plan;

import static app.mailroom.plan.PlanFinding.block;
import static app.mailroom.plan.PlanFinding.coded;
import static app.mailroom.plan.PlanFinding.count;
import static app.mailroom.plan.PlanFinding.said;
import static app.mailroom.plan.PlanFinding.warning;

import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import java.io.IOException;
import java.util.List;

/** Asks the mail service that sends in earnest what it would make of a mailing; in practice nobody is asked. */
final class ServiceCheck {
    private final SendingConditions conditions;

    ServiceCheck(SendingConditions conditions) {
        this.conditions = conditions;
    }

    /** Takes as long as the answers take, some seconds at most. */
    void ask(PlanRequest request, long recipients, List<PlanFinding> findings) {
        World world = conditions.world();
        if (world != request.world()) {
            findings.add(block(Code.MODE_CHANGED, world(request.world()), world(world)));
        } else if (world == World.LIVE) {
            tracking(request.tracked(), conditions, findings);
            sender(request.fromAddress().strip(), findings);
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

    static FindingValue world(World world) {
        return coded(world, world == World.LIVE ? "live mode" : "practice");
    }

    static FindingValue whatItSaid(IOException e) {
        return said(e.getMessage() == null ? e.toString() : e.getMessage());
    }
}
