package app.mailroom.store;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.MessageHits;
import java.util.List;
import java.util.function.Function;

/**
 * How openings and clicks are told apart into those of people and those of machines.
 *
 * @param version from 1 on; rises whenever the same hits may be judged differently, so that those that are kept are
 *     judged anew
 * @param judging gives one verdict for each hit, in their order; the same whatever order the hits are in
 */
public record HitRules(int version, Function<MessageHits, List<HitVerdict>> judging) {}
