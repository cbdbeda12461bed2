package app.mailroom.account;

import java.util.Optional;

/**
 * Who has just signed in, as Google says and as its signature proves.
 *
 * @param subject the account's number at Google, which stays when the address changes and is never given to another
 * @param email the address, which Google has verified, in small letters
 * @param name as the person writes it; the address where Google tells no name
 * @param picture where their picture lies, if they have one
 * @param domain the domain of the organisation whose account this is; empty for a private one, whatever its address
 */
public record SignedIn(String subject, String email, String name, Optional<String> picture, Optional<String> domain) {}
