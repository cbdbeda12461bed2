package app.mailroom.relay;

import java.time.Duration;
import java.time.Instant;

/**
 * What can be said of a certificate.
 *
 * @param subject for whom it was made out, such as {@code CN=hits.example.com}
 * @param until when browsers stop to accept it
 */
public record CertificateSight(String subject, Instant until) {
    static CertificateSight of(Certificates certificates) {
        return new CertificateSight(
                certificates.subject(), certificates.goodUntil().toInstant());
    }

    /** Whole days that are left; negative if it is over. */
    public long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, until).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
