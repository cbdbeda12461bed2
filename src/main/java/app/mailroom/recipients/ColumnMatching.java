package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Finds out which column of a file belongs to which column of a list, by their names and what stands in them. */
public final class ColumnMatching {
    /** What an address column is called, without blanks and punctuation; the earlier name wins. */
    private static final List<String> ADDRESS_NAMES = List.of(
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "emailid",
            "이메일",
            "이메일주소",
            "전자우편",
            "전자우편주소",
            "전자메일",
            "전자메일주소",
            "메일",
            "메일주소");

    /** This one may as well be where somebody lives. */
    private static final String DOUBTFUL_NAME = "address";

    /** Names that mean the same, without blanks and punctuation. */
    private static final List<Set<String>> SAME = List.of(
            Set.of("name", "fullname", "이름", "성명", "성함", "고객명", "회원명", "수신자명", "수신자", "받는사람"),
            Set.of("firstname", "givenname", "forename", "first"),
            Set.of("lastname", "surname", "familyname", "last", "성"),
            Set.of("phone", "phonenumber", "tel", "telephone", "mobile", "전화", "전화번호", "휴대폰", "휴대전화", "핸드폰", "연락처"),
            Set.of("company", "organization", "organisation", "회사", "회사명", "기관", "소속"),
            Set.of("city", "town", "도시"),
            Set.of("country", "국가", "나라"),
            Set.of("birthday", "birthdate", "dateofbirth", "생일", "생년월일"),
            Set.of("code", "coupon", "couponcode", "쿠폰", "쿠폰번호"));

    private ColumnMatching() {}

    /**
     * Proposes what becomes of the columns of a file. What belongs to no column that is there or needed becomes a new
     * one; a column without a name and without values is left out.
     *
     * @param there the columns of the list; none for a new one
     * @param needed what the list's template needs
     */
    public static ColumnMapping propose(RecipientFile file, List<RecipientColumn> there, List<ColumnNeed> needed) {
        List<Wanted> wanted = wanted(there, needed);
        int size = file.header().size();
        List<Optional<ColumnTarget>> found = new ArrayList<>();
        for (int column = 0; column < size; column++) {
            boolean address = file.addressSlot().equals(Optional.of(column));
            found.add(address ? Optional.of(new ColumnTarget.Address()) : Optional.empty());
        }
        if (file.named()) {
            List<BiPredicate<String, Wanted>> rules = List.of(
                    (header, target) -> VariableNames.of(header).equals(target.variable()),
                    (header, target) -> header.equals(target.name()),
                    (header, target) -> fold(header).equals(fold(target.name()))
                            || fold(header).equals(fold(target.variable())),
                    (header, target) -> meanSame(fold(header), fold(target.name()))
                            || meanSame(fold(header), fold(target.variable())));
            for (BiPredicate<String, Wanted> rule : rules) {
                match(file.header(), wanted, rule, found);
            }
        }
        Set<String> taken = new HashSet<>(Set.of(VariableNames.ADDRESS));
        wanted.forEach(target -> taken.add(target.variable()));
        List<ColumnTarget> targets = new ArrayList<>();
        for (int column = 0; column < size; column++) {
            int at = column;
            targets.add(found.get(column).orElseGet(() -> fresh(file, at, taken)));
        }
        return new ColumnMapping(targets);
    }

    /** What a column of a file becomes where it gets a column of its own. */
    public static ColumnTarget.New ownColumn(RecipientFile file, int column, Set<String> takenVariables) {
        String name = file.header().get(column);
        String shown = name.isBlank() ? file.placeholder(column) : name;
        String wish =
                name.isBlank() || VariableNames.of(name).isEmpty() ? "column_" + (column + 1) : VariableNames.of(name);
        String variable = wish;
        for (int i = 2; takenVariables.contains(variable); i++) {
            variable = wish + "_" + i;
        }
        return new ColumnTarget.New(shown, variable);
    }

    private static ColumnTarget fresh(RecipientFile file, int column, Set<String> taken) {
        boolean holdsSomething = file.sample().stream()
                .anyMatch(row -> column < row.size() && !row.get(column).isBlank());
        if (file.header().get(column).isBlank() && !holdsSomething) {
            return new ColumnTarget.LeftOut();
        }
        ColumnTarget.New made = ownColumn(file, column, taken);
        taken.add(made.variable());
        return made;
    }

    /** A column that a file's column may go to. */
    private record Wanted(String name, String variable, ColumnTarget target) {}

    private static List<Wanted> wanted(List<RecipientColumn> there, List<ColumnNeed> needed) {
        List<Wanted> wanted = new ArrayList<>();
        Set<String> variables = new HashSet<>();
        for (RecipientColumn column : there) {
            variables.add(VariableNames.of(column.variable()));
            if (!column.holdsAddresses()) {
                wanted.add(new Wanted(column.name(), column.variable(), new ColumnTarget.Existing(column.slot())));
            }
        }
        for (ColumnNeed need : needed) {
            if (variables.add(need.key())) {
                wanted.add(new Wanted(need.name(), need.key(), new ColumnTarget.New(need.name(), need.key())));
            }
        }
        return wanted;
    }

    private static void match(
            List<String> header,
            List<Wanted> wanted,
            BiPredicate<String, Wanted> rule,
            List<Optional<ColumnTarget>> found) {
        for (int column = 0; column < header.size(); column++) {
            String name = header.get(column);
            if (found.get(column).isPresent() || name.isBlank()) {
                continue;
            }
            Optional<ColumnTarget> target = wanted.stream()
                    .filter(candidate -> rule.test(name, candidate))
                    .map(Wanted::target)
                    .filter(candidate -> !found.contains(Optional.of(candidate)))
                    .findFirst();
            if (target.isPresent()) {
                found.set(column, target);
            }
        }
    }

    private static boolean meanSame(String one, String other) {
        return SAME.stream().anyMatch(names -> names.contains(one) && names.contains(other));
    }

    /** Which column holds the addresses: by its name, or else the first of which most values are addresses. */
    static Optional<Integer> addressColumn(List<String> header, List<List<String>> rows) {
        List<String> folded = header.stream().map(ColumnMatching::fold).toList();
        for (String name : ADDRESS_NAMES) {
            int column = folded.indexOf(name);
            if (column >= 0) {
                return Optional.of(column);
            }
        }
        int doubtful = folded.indexOf(DOUBTFUL_NAME);
        if (doubtful >= 0 && (rows.isEmpty() || isMostlyAddresses(rows, doubtful))) {
            return Optional.of(doubtful);
        }
        for (int column = 0; column < header.size(); column++) {
            if (isMostlyAddresses(rows, column)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    private static boolean isMostlyAddresses(List<List<String>> rows, int column) {
        int filled = 0;
        int addresses = 0;
        for (List<String> row : rows) {
            if (column < row.size() && !row.get(column).isBlank()) {
                filled++;
                if (isAddress(row.get(column))) {
                    addresses++;
                }
            }
        }
        return addresses * 2 > filled;
    }

    static boolean isAddress(String text) {
        try {
            EmailAddress.parse(text);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    /** A name without blanks, punctuation and case, so that “E-Mail” and “email” are one. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
