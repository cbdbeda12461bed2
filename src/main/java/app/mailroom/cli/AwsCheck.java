package app.mailroom.cli;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.AmazonSettings;
import app.mailroom.aws.AwsSetup.Finding;
import app.mailroom.model.MailAccount;
import app.mailroom.model.SendingIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Amazon answers about keys, account, senders and event chain. A part that cannot be asked is a problem of its
 * own, and the others are asked all the same.
 */
record AwsCheck(
        AmazonSettings settings,
        Optional<Amazon.Check> account,
        List<SendingIdentity> senders,
        List<Finding> chain,
        List<Problem> problems) {
    /** What could not be asked, and why. */
    record Problem(String about, AmazonException.Code code, String message) {
        String text() {
            return about + ": " + message + "\n  " + AmazonAdvice.on(code);
        }
    }

    private interface Question<T> {
        T ask() throws AmazonException;
    }

    static AwsCheck of(Amazon amazon) {
        List<Problem> problems = new ArrayList<>();
        AmazonSettings settings = amazon.settings();
        Optional<Amazon.Check> account = answer("account", amazon::check, problems);
        if (!problems.isEmpty() && hopeless(problems.get(0).code())) {
            return new AwsCheck(settings, account, List.of(), List.of(), problems);
        }
        Optional<List<SendingIdentity>> senders = answer("senders", amazon.senders()::list, problems);
        Optional<List<Finding>> chain = answer("event chain", amazon.setup()::inspect, problems);
        return new AwsCheck(settings, account, senders.orElse(List.of()), chain.orElse(List.of()), problems);
    }

    /** Where every further question would be answered the same. */
    private static boolean hopeless(AmazonException.Code code) {
        return switch (code) {
            case NO_REGION, NO_CREDENTIALS, CREDENTIALS_REFUSED, UNREACHABLE -> true;
            case NOT_ALLOWED, NOT_FOUND, THROTTLED, REFUSED, RELAY_COUNTS -> false;
        };
    }

    private static <T> Optional<T> answer(String about, Question<T> question, List<Problem> problems) {
        try {
            return Optional.of(question.ask());
        } catch (AmazonException e) {
            problems.add(new Problem(about, e.code(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Region:       ").append(settings.region().isEmpty() ? "none" : settings.region());
        text.append("\nKeys:         ").append(keys());
        account.ifPresent(answer -> {
            MailAccount mail = answer.mail();
            text.append("\nAccount:      ").append(answer.account());
            text.append("\nUser:         ").append(answer.caller());
            text.append("\nMode:         ")
                    .append(mail.sandbox() ? "sandbox: mails verified addresses only" : "production");
            text.append("\nSending:      ").append(mail.sendingEnabled() ? "enabled" : "switched off by Amazon");
            text.append("\nRate:         ").append(String.format(Locale.ROOT, "%.4g", mail.ratePerSecond()));
            text.append(" recipients a second\nQuota:        ");
            text.append(
                    mail.quota24h() < 0
                            ? "no limit"
                            : String.format(
                                    Locale.ROOT, "%,d of %,d used in 24 hours", mail.sentLast24h(), mail.quota24h()));
        });
        if (account.isPresent()) {
            text.append("\nSenders:").append(senders.isEmpty() ? " none" : "");
            senders.forEach(sender -> text.append("\n  ").append(line(sender)));
            text.append("\nEvent chain:");
            chain.forEach(part -> text.append("\n  ").append(AwsCommands.text(part)));
        }
        problems.forEach(problem -> text.append("\nProblem with the ").append(problem.text()));
        return text.toString();
    }

    Map<String, Object> described() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("region", settings.region());
        described.put("keys", keys());
        account.ifPresent(answer -> {
            described.put("account", answer.account());
            described.put("caller", answer.caller());
            described.put("sandbox", answer.mail().sandbox());
            described.put("sending_enabled", answer.mail().sendingEnabled());
            described.put("rate_per_second", answer.mail().ratePerSecond());
            described.put("quota_24h", answer.mail().quota24h());
            described.put("sent_24h", answer.mail().sentLast24h());
        });
        described.put("senders", senders.stream().map(AwsCheck::described).toList());
        described.put("chain", AwsCommands.described(chain));
        described.put(
                "problems",
                problems.stream()
                        .map(problem -> Map.of(
                                "about",
                                problem.about(),
                                "code",
                                problem.code(),
                                "message",
                                problem.message(),
                                "advice",
                                AmazonAdvice.on(problem.code())))
                        .toList());
        return described;
    }

    private String keys() {
        return switch (settings.credentials()) {
            case KEPT_KEYS -> "from this computer's keychain";
            case DEFAULT_CHAIN ->
                settings.profile().isEmpty()
                        ? "from the environment, a .env file or the AWS configuration files"
                        : "from the profile " + settings.profile() + " of the AWS configuration files";
        };
    }

    private static String line(SendingIdentity sender) {
        return String.format(
                "%-40s %-8s %-13s verification %s, DKIM %s, MAIL FROM %s",
                sender.name(),
                sender.domain() ? "domain" : "address",
                sender.maySend() ? "may send" : "may not send",
                plain(sender.verification()),
                plain(sender.dkim()),
                plain(sender.mailFrom()));
    }

    static String withRecords(SendingIdentity sender) {
        StringBuilder text = new StringBuilder(line(sender));
        sender.records()
                .forEach(record ->
                        text.append(String.format("%n    %-5s %s  %s", record.type(), record.name(), record.value())));
        return text.toString();
    }

    static Map<String, Object> described(SendingIdentity sender) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", sender.name());
        described.put("domain", sender.domain());
        described.put("may_send", sender.maySend());
        described.put("verification", sender.verification());
        described.put("dkim", sender.dkim());
        described.put("mail_from", sender.mailFrom());
        described.put("mail_from_domain", sender.mailFromDomain());
        described.put(
                "dns",
                sender.records().stream()
                        .map(record -> Map.of("type", record.type(), "name", record.name(), "value", record.value()))
                        .toList());
        return described;
    }

    private static String plain(SendingIdentity.Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT);
    }
}
