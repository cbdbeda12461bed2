package app.mailroom.manual;

import java.util.List;
import java.util.Locale;

/**
 * A made-up shop whose mailings the pictures show, in one language. All addresses are of a domain that exists for examples.
 *
 * @param owner who sits at the computer, a name
 * @param people names of those who work there: a sender, an editor, a viewer
 * @param given names of customers, spelt as they are written
 * @param givenLatin the same for addresses
 * @param family names of customers
 * @param familyLatin the same for addresses
 * @param familyFirst whether the family comes first and without a blank
 */
record Shop(
        Locale language,
        String zone,
        String sender,
        String owner,
        List<String> people,
        List<String> given,
        List<String> givenLatin,
        List<String> family,
        List<String> familyLatin,
        boolean familyFirst,
        List<String> towns,
        Names names) {

    /** What templates, lists and mailings are called. */
    record Names(
            String newsletter,
            String invitation,
            String sale,
            String announcement,
            String customers,
            String regulars,
            String guests,
            String townColumn,
            List<String> mailings,
            String sending,
            String scheduled,
            String unapproved,
            String draft,
            String later) {}

    static Shop english() {
        return new Shop(
                Locale.ENGLISH,
                "Europe/London",
                "Fern & Field",
                "Mina Park",
                List.of("Sam Reed", "Edna Clarke", "Victor Lane"),
                List.of(
                        "Alice", "Jonas", "Priya", "Tom", "Lucia", "Owen", "Hanna", "Omar", "Grace", "Leon", "Nora",
                        "Felix"),
                List.of(
                        "alice", "jonas", "priya", "tom", "lucia", "owen", "hanna", "omar", "grace", "leon", "nora",
                        "felix"),
                List.of(
                        "Bennett",
                        "Okafor",
                        "Silva",
                        "Murray",
                        "Novak",
                        "Hughes",
                        "Lindqvist",
                        "Baker",
                        "Rossi",
                        "Kaya",
                        "Finch"),
                List.of(
                        "bennett",
                        "okafor",
                        "silva",
                        "murray",
                        "novak",
                        "hughes",
                        "lindqvist",
                        "baker",
                        "rossi",
                        "kaya",
                        "finch"),
                false,
                List.of("Bristol", "Leeds", "Bath", "York", "Cardiff"),
                new Names(
                        "Monthly newsletter",
                        "Evening invitation",
                        "Weekend offer",
                        "News of the workshop",
                        "Customers",
                        "Regulars",
                        "Guests of the open day",
                        "town",
                        List.of("January newsletter", "Winter sale", "February newsletter", "March newsletter"),
                        "April newsletter",
                        "An evening of light and clay",
                        "Spring weekend offer",
                        "Summer party, first ideas",
                        "Easter greetings"));
    }

    static Shop korean() {
        return new Shop(
                Locale.KOREAN,
                "Asia/Seoul",
                "숲과뜰",
                "김미나",
                List.of("이준호", "박서윤", "최도현"),
                List.of("서연", "민준", "지우", "하은", "도윤", "수빈", "예준", "지민", "현우", "유진", "가은", "태민"),
                List.of(
                        "seoyeon", "minjun", "jiwoo", "haeun", "doyun", "subin", "yejun", "jimin", "hyunwoo", "yujin",
                        "gaeun", "taemin"),
                List.of("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한"),
                List.of("kim", "lee", "park", "choi", "jung", "kang", "cho", "yoon", "jang", "lim", "han"),
                true,
                List.of("서울", "부산", "대전", "전주", "강릉"),
                new Names(
                        "월간 소식지",
                        "저녁 초대장",
                        "주말 할인",
                        "공방 새 소식",
                        "전체 고객",
                        "단골 고객",
                        "공개 행사 손님",
                        "지역",
                        List.of("1월 소식지", "겨울 할인", "2월 소식지", "3월 소식지"),
                        "4월 소식지",
                        "흙과 빛의 밤 초대",
                        "봄 주말 할인",
                        "여름 잔치 구상",
                        "봄 인사"));
    }

    boolean isKorean() {
        return language.getLanguage().equals(Locale.KOREAN.getLanguage());
    }

    /** The name of a customer. */
    String name(int number) {
        String first = given.get(number % given.size());
        String last = family.get(number % family.size());
        return familyFirst ? last + first : first + " " + last;
    }

    /** The address of a customer, a different one for each number. */
    String address(int number) {
        int round = number / (given.size() * family.size());
        return givenLatin.get(number % given.size()) + "." + familyLatin.get(number % family.size())
                + (round == 0 ? "" : Integer.toString(round + 1)) + "@example.com";
    }

    /** The address of somebody who works here. */
    String addressOf(int person) {
        return List.of("sender", "editor", "viewer").get(person) + "@example.com";
    }
}
