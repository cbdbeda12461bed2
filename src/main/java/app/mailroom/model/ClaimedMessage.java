package app.mailroom.model;

import java.util.List;

/** A message that a sender owns and has not yet sent. attempts counts this claim too. */
public record ClaimedMessage(long id, long planId, String address, List<String> values, int attempts) {}
