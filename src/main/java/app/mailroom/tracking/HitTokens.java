package app.mailroom.tracking;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last part of an address of the relay: {@code <key id>.<what it is about>.<signature>}, the latter two in base64url
 * without padding (RFC 4648, section 5), so that nothing in it needs escaping in a path. The signature covers the key's id, the
 * kind and what it is about: an address for a picture cannot be made one that unsubscribes.
 */
public final class HitTokens {
    /** An address that is longer is cut by some mail programs, and refused by the relay. */
    public static final int LONGEST = 4_096;

    private static final int LONGEST_TARGET = 2_048;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SigningKeys keys;

    /** Signs with the first of the keys and recognises all. */
    public HitTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * Whether a link may lead through the relay: http or https, with a host that no user name stands before, which would mislead
     * about it, and not too long for an address.
     */
    public static boolean canLeadTo(String target) {
        boolean web = target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8);
        if (!web || target.getBytes(StandardCharsets.UTF_8).length > LONGEST_TARGET) {
            return false;
        }
        int end = endOfHost(target);
        String authority = target.substring(target.indexOf("//") + 2, end);
        return !authority.isEmpty()
                && authority.charAt(0) != ':'
                && authority.indexOf('@') < 0
                && (end == target.length() || target.charAt(end) != '\\')
                && target.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }

    /** Where the host of a web address is over, with its port; a backslash ends it too, for browsers take it for a slash. */
    public static int endOfHost(String target) {
        int end = target.indexOf("//") + 2;
        while (end < target.length() && "/?#\\".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /**
     * The address's last part.
     *
     * @throws IllegalArgumentException when the link may not lead through the relay, see {@link #canLeadTo}
     */
    public String token(HitLink link) {
        if (link.kind() == HitLink.Kind.CLICK && !canLeadTo(link.target())) {
            throw new IllegalArgumentException("This link cannot lead through the relay.");
        }
        SigningKey key = keys.current();
        byte[] about = about(link).getBytes(StandardCharsets.UTF_8);
        return key.id() + "." + ENCODER.encodeToString(about) + "."
                + ENCODER.encodeToString(key.sign(signed(key.id(), link.kind(), about)));
    }

    /** What a token stands for; empty if it is not one that a key of these signed for this kind. */
    public Optional<HitLink> read(HitLink.Kind kind, String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first < 0 || last == first) {
            return Optional.empty();
        }
        Optional<SigningKey> key = keys.of(token.substring(0, first));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] about = DECODER.decode(token.substring(first + 1, last));
            byte[] signature = DECODER.decode(token.substring(last + 1));
            // The last character of base64 has bits that stand for nothing: one address is written in one way.
            boolean asWritten =
                    isWritten(about, token, first + 1, last) && isWritten(signature, token, last + 1, token.length());
            return asWritten && key.get().signed(signed(key.get().id(), kind, about), signature)
                    ? text(about).flatMap(text -> link(kind, text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            // No base64url: not one of ours, as anything that strangers send.
            return Optional.empty();
        }
    }

    private static boolean isWritten(byte[] bytes, String token, int from, int to) {
        String written = ENCODER.encodeToString(bytes);
        return written.length() == to - from && token.startsWith(written, from);
    }

    private static String about(HitLink link) {
        return link.kind() == HitLink.Kind.CLICK ? link.tag() + "\n" + link.link() + "\n" + link.target() : link.tag();
    }

    private static Optional<HitLink> link(HitLink.Kind kind, String about) {
        if (kind != HitLink.Kind.CLICK) {
            return Optional.of(new HitLink(kind, about, 0, ""));
        }
        String[] parts = about.split("\n", 3);
        return parts.length == 3 && NUMBER.matcher(parts[1]).matches() && canLeadTo(parts[2])
                ? Optional.of(HitLink.click(parts[0], Integer.parseInt(parts[1]), parts[2]))
                : Optional.empty();
    }

    /** Lengths cannot be shifted from one part to the next: an id has no line break. */
    private static byte[] signed(String keyId, HitLink.Kind kind, byte[] about) {
        byte[] head = (keyId + "\n" + kind.letter() + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + about.length)
                .put(head)
                .put(about)
                .array();
    }

    /** Empty for bytes that are no UTF-8: they would come out as others than they went in. */
    private static Optional<String> text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Optional.of(text).filter(read -> Arrays.equals(read.getBytes(StandardCharsets.UTF_8), bytes));
    }
}
