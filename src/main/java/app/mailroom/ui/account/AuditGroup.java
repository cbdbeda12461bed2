package app.mailroom.ui.account;

import app.mailroom.model.AuditAction;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the record can be narrowed to. Each action belongs to one of these. */
enum AuditGroup {
    SIGN_IN,
    PEOPLE,
    TEMPLATES,
    LISTS,
    MAILINGS,
    EXPORTS,
    ERASURES,
    SETTINGS;

    static AuditGroup of(AuditAction action) {
        return switch (action) {
            case SIGNED_IN, SIGNED_OUT, SIGN_IN_REFUSED, LOCKED, UNLOCKED, COMPUTER_SIGNED_OUT -> SIGN_IN;
            case OWNER_CLAIMED,
                    MEMBER_JOINED,
                    MEMBER_REMOVED,
                    MEMBER_RESTORED,
                    ROLE_CHANGED,
                    INVITED,
                    INVITATION_WITHDRAWN,
                    DOMAIN_ALLOWED,
                    DOMAIN_WITHDRAWN -> PEOPLE;
            case TEMPLATE_MADE,
                    TEMPLATE_CHANGED,
                    TEMPLATE_RENAMED,
                    TEMPLATE_ARCHIVED,
                    TEMPLATE_RESTORED,
                    TEMPLATE_DELETED -> TEMPLATES;
            case LIST_MADE, LIST_CHANGED, LIST_RENAMED, LIST_DELETED, SUPPRESSION_ADDED, SUPPRESSION_LIFTED -> LISTS;
            case MAILING_PLANNED,
                    MAILING_SENT_AGAIN,
                    MAILING_TIME_CHANGED,
                    MAILING_PAUSED,
                    MAILING_RESUMED,
                    MAILING_CANCELLED,
                    MAILING_TAKEN_BACK,
                    MAILING_APPROVED,
                    APPROVAL_DECLINED,
                    APPROVAL_LAPSED,
                    MAILING_BEGUN,
                    MAILING_SENT,
                    TEST_SENT,
                    UNCERTAIN_SENT_AGAIN,
                    UNCERTAIN_MARKED_SENT -> MAILINGS;
            case LIST_EXPORTED, RESULTS_EXPORTED, AUDIT_EXPORTED, PERSON_EXPORTED -> EXPORTS;
            case PERSON_ERASURE_BEGUN, PERSON_ERASURE_BROKE_OFF, PERSON_ERASED -> ERASURES;
            case SIGN_IN_SWITCHED_OFF,
                    SIGN_IN_SWITCHED_ON,
                    APPROVAL_SWITCHED_OFF,
                    APPROVAL_SWITCHED_ON,
                    SETTING_CHANGED,
                    SET_UP_CHANGED,
                    WORKSPACE_RESTORED -> SETTINGS;
        };
    }

    /** The names of its actions. */
    Set<String> actions() {
        return Stream.of(AuditAction.values())
                .filter(action -> of(action) == this)
                .map(AuditAction::name)
                .collect(Collectors.toSet());
    }
}
