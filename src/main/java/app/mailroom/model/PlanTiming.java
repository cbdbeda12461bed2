package app.mailroom.model;

import java.time.Instant;

/**
 * When a mailing begins and how it is spread over time.
 *
 * @param zone on whose clocks the person thinks, and the window of the rules goes
 */
public record PlanTiming(Instant notBefore, String zone, SendingRules rules) {}
