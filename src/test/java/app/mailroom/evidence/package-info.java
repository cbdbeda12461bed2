/**
 * Evidence that the program keeps what it promises: faults on real processes, bad input, and what it costs beside what others
 * would use. {@link app.mailroom.evidence.Evidence} runs it ({@code ./mvnw -Pevidence verify}) and writes {@code docs/evidence.md}.
 *
 * <p>Parts lie in the packages whose insides they need; each is an {@link app.mailroom.evidence.EvidencePart}. Speed is told as
 * a ratio of two things measured in one run and never fails a build; what must hold does.
 */
@NullMarked
package app.mailroom.evidence;

import org.jspecify.annotations.NullMarked;
