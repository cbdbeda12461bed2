package app.mailroom.aws;

import app.mailroom.model.SendingIdentity;
import app.mailroom.model.SendingIdentity.DnsRecord;
import app.mailroom.model.SendingIdentity.Standing;
import app.mailroom.recipients.AddressException;
import app.mailroom.recipients.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.DkimAttributes;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.MailFromAttributes;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/** The addresses and domains from which the account may send. Safe for use by several threads. */
public final class Senders {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final int PAGE = 100;
    /** SES takes about one such question a second; the SDK slows down by itself when told to. */
    private static final int AT_ONCE = 3;
    /**
     * Regions whose DKIM keys are in a zone of their own; see “DKIM domains” in “Amazon Simple Email Service endpoints
     * and quotas” of the AWS General Reference.
     */
    private static final Set<String> OWN_DKIM_ZONE = Set.of(
            "af-south-1",
            "ap-northeast-3",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-5",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "il-central-1",
            "me-central-1",
            "us-gov-east-1");

    private record Known(AmazonSettings settings, Instant at, List<SendingIdentity> allowed) {}

    private final Amazon amazon;
    private volatile Optional<Known> known = Optional.empty();

    Senders(Amazon amazon) {
        this.amazon = amazon;
    }

    /** All of them, with how their verification, DKIM and MAIL FROM stand, by name. */
    public List<SendingIdentity> list() throws AmazonException {
        String region = amazon.settings().region();
        try (SesV2Client ses = amazon.clients().patientSes()) {
            List<IdentityInfo> infos = infos(ses);
            return lookAtEach(ses, infos, region);
        } catch (SdkException e) {
            throw AmazonException.of("asking for the senders", e);
        }
    }

    /**
     * Whether mail from this address would be sent, as far as SES said within the last minute.
     *
     * @param address an address without a name
     */
    public boolean maySend(String address) throws AmazonException {
        return allowed().stream().anyMatch(identity -> identity.covers(address));
    }

    /**
     * Whether SES signs mail from this address with DKIM: one of the verified identities that cover it has proven its
     * keys and has signing switched on.
     *
     * @param address an address without a name
     */
    public boolean signs(String address) throws AmazonException {
        List<SendingIdentity> covering =
                allowed().stream().filter(identity -> identity.covers(address)).toList();
        try (SesV2Client ses = amazon.clients().patientSes()) {
            return covering.stream().anyMatch(identity -> signs(ses, identity));
        } catch (SdkException e) {
            throw AmazonException.of("asking for the sender " + address, e);
        }
    }

    private static boolean signs(SesV2Client ses, SendingIdentity identity) {
        try {
            DkimAttributes dkim = ses.getEmailIdentity(request -> request.emailIdentity(identity.name()))
                    .dkimAttributes();
            return dkim != null
                    && Boolean.TRUE.equals(dkim.signingEnabled())
                    && standing(dkim.statusAsString()) == Standing.DONE;
        } catch (NotFoundException e) {
            // Deleted since it was listed.
            return false;
        }
    }

    /** One of them. */
    public SendingIdentity look(String name) throws AmazonException {
        String identity = checked(name);
        String region = amazon.settings().region();
        try (SesV2Client ses = amazon.clients().patientSes()) {
            return described(identity, ses.getEmailIdentity(request -> request.emailIdentity(identity)), region);
        } catch (SdkException e) {
            throw AmazonException.of("asking for the sender " + identity, e);
        }
    }

    /**
     * Starts the verification of an address (a mail with a link goes there) or of a domain (records for its DNS come
     * back). Of one that is there already, it only looks, and no mail is sent again.
     *
     * @throws app.mailroom.model.NotAllowedException when whoever uses the program may not set up sending
     */
    public SendingIdentity verify(String addressOrDomain) throws AmazonException {
        amazon.requireSetUp();
        String identity = checked(addressOrDomain);
        try (SesV2Client ses = amazon.clients().patientSes()) {
            ses.createEmailIdentity(request -> request.emailIdentity(identity));
            amazon.tell("sender " + identity, "verification begun");
            known = Optional.empty();
        } catch (AlreadyExistsException e) {
            // Asked for twice, or by someone else: all that is left is to look.
            return look(identity);
        } catch (SdkException e) {
            throw AmazonException.of("starting the verification of " + identity, e);
        }
        return look(identity);
    }

    private List<SendingIdentity> allowed() throws AmazonException {
        AmazonSettings settings = amazon.settings();
        Instant now = amazon.clock().instant();
        Optional<Known> before = known;
        if (before.isPresent()
                && before.get().settings().equals(settings)
                && before.get().at().plus(KNOWN_FOR).isAfter(now)) {
            return before.get().allowed();
        }
        try (SesV2Client ses = amazon.clients().patientSes()) {
            List<SendingIdentity> allowed = infos(ses).stream()
                    .filter(info -> Boolean.TRUE.equals(info.sendingEnabled()))
                    .filter(info -> standing(info.verificationStatusAsString()) == Standing.DONE)
                    .map(info -> new SendingIdentity(
                            info.identityName(),
                            isDomain(info.identityType()),
                            true,
                            Standing.DONE,
                            Standing.NONE,
                            Standing.NONE,
                            "",
                            List.of()))
                    .toList();
            known = Optional.of(new Known(settings, now, allowed));
            return allowed;
        } catch (SdkException e) {
            throw AmazonException.of("asking for the senders", e);
        }
    }

    private static List<IdentityInfo> infos(SesV2Client ses) {
        return ses.listEmailIdentitiesPaginator(request -> request.pageSize(PAGE)).stream()
                .flatMap(page -> page.emailIdentities().stream())
                .sorted(Comparator.comparing(IdentityInfo::identityName))
                .toList();
    }

    private static List<SendingIdentity> lookAtEach(SesV2Client ses, List<IdentityInfo> infos, String region)
            throws AmazonException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService askers = Executors.newFixedThreadPool(
                AT_ONCE, task -> new Thread(task, "sender-look-" + number.incrementAndGet()));
        try {
            List<Future<Optional<SendingIdentity>>> answers = new ArrayList<>();
            for (IdentityInfo info : infos) {
                answers.add(askers.submit(() -> look(ses, info, region)));
            }
            List<SendingIdentity> found = new ArrayList<>();
            for (Future<Optional<SendingIdentity>> answer : answers) {
                answer.get().ifPresent(found::add);
            }
            return List.copyOf(found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmazonException(AmazonException.Code.UNREACHABLE, "asking for the senders was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkException failure) {
                throw AmazonException.of("asking for the senders", failure);
            }
            throw new IllegalStateException("looking at a sender failed", e);
        } finally {
            askers.shutdownNow();
        }
    }

    /** Empty for one that was deleted since it was listed. */
    private static Optional<SendingIdentity> look(SesV2Client ses, IdentityInfo info, String region) {
        try {
            SendingIdentity identity = described(
                    info.identityName(),
                    ses.getEmailIdentity(request -> request.emailIdentity(info.identityName())),
                    region);
            return Optional.of(
                    Boolean.FALSE.equals(info.sendingEnabled()) && identity.maySend() ? disabled(identity) : identity);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static SendingIdentity disabled(SendingIdentity identity) {
        return new SendingIdentity(
                identity.name(),
                identity.domain(),
                false,
                identity.verification(),
                identity.dkim(),
                identity.mailFrom(),
                identity.mailFromDomain(),
                identity.records());
    }

    private static SendingIdentity described(String name, GetEmailIdentityResponse answer, String region) {
        boolean isDomain = isDomain(answer.identityType());
        DkimAttributes dkim = answer.dkimAttributes();
        MailFromAttributes mailFrom = answer.mailFromAttributes();
        String mailFromDomain = mailFrom == null || mailFrom.mailFromDomain() == null ? "" : mailFrom.mailFromDomain();
        List<DnsRecord> records = new ArrayList<>();
        String domain = name.substring(name.indexOf('@') + 1);
        if (dkim != null && isDomain) {
            records.addAll(dkimRecords(dkim, domain, region));
        }
        if (!mailFromDomain.isEmpty()) {
            records.add(new DnsRecord("MX", mailFromDomain, "10 feedback-smtp." + region + ".amazonses.com"));
            records.add(new DnsRecord("TXT", mailFromDomain, "v=spf1 include:amazonses.com ~all"));
        }
        if (isDomain) {
            records.add(new DnsRecord("TXT", "_dmarc." + domain, "v=DMARC1; p=none;"));
        }
        return new SendingIdentity(
                name,
                isDomain,
                Boolean.TRUE.equals(answer.verifiedForSendingStatus()),
                standing(answer.verificationStatusAsString()),
                dkim == null ? Standing.NONE : standing(dkim.statusAsString()),
                mailFromDomain.isEmpty() || mailFrom == null
                        ? Standing.NONE
                        : standing(mailFrom.mailFromDomainStatusAsString()),
                mailFromDomain,
                List.copyOf(records));
    }

    /** None for a key that the person brought along: only that person knows its record. */
    private static List<DnsRecord> dkimRecords(DkimAttributes dkim, String domain, String region) {
        String origin = dkim.signingAttributesOriginAsString() == null ? "" : dkim.signingAttributesOriginAsString();
        if (origin.equals("EXTERNAL")) {
            return List.of();
        }
        // Keys copied from another region, as in AWS_SES_EU_CENTRAL_1, stay in that region's zone.
        String home = origin.startsWith("AWS_SES_")
                ? origin.substring("AWS_SES_".length()).toLowerCase(Locale.ROOT).replace('_', '-')
                : region;
        String zone = OWN_DKIM_ZONE.contains(home) ? "dkim." + home + ".amazonses.com" : "dkim.amazonses.com";
        return dkim.tokens().stream()
                .map(token -> new DnsRecord("CNAME", token + "._domainkey." + domain, token + "." + zone))
                .toList();
    }

    private static boolean isDomain(@Nullable IdentityType type) {
        return type == IdentityType.DOMAIN || type == IdentityType.MANAGED_DOMAIN;
    }

    /** What SES could not find out for the moment is still under way. */
    private static Standing standing(@Nullable String status) {
        return switch (status == null ? "NOT_STARTED" : status) {
            case "SUCCESS" -> Standing.DONE;
            case "FAILED" -> Standing.FAILED;
            case "NOT_STARTED" -> Standing.NONE;
            default -> Standing.PENDING;
        };
    }

    private static String checked(String addressOrDomain) throws AmazonException {
        String typed = addressOrDomain.strip();
        boolean domain = typed.indexOf('@') < 0;
        try {
            return domain
                    ? EmailAddress.parseDomain(typed)
                    : EmailAddress.parse(typed).mailbox();
        } catch (AddressException e) {
            throw new AmazonException(
                    AmazonException.Code.REFUSED,
                    domain
                            ? "“" + typed + "” is not a domain like shop.example.com, nor an address: " + e.getMessage()
                            : "“" + typed + "” is not an address: " + e.getMessage(),
                    e);
        }
    }
}
