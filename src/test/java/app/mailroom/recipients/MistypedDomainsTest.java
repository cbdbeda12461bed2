package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistypedDomainsTest {
    @ParameterizedTest
    @CsvSource({
        "gmial.com, gmail.com",
        "gmail.con, gmail.com",
        "gmai.com, gmail.com",
        "gmaill.com, gmail.com",
        "gnail.com, gmail.com",
        "gmail.co, gmail.com",
        "gmail.co.kr, gmail.com",
        "gmail.co.uk, gmail.com",
        "naver.co, naver.com",
        "naver.con, naver.com",
        "naver.co.kr, naver.com",
        "nvaer.com, naver.com",
        "navr.com, naver.com",
        "hanmail.com, hanmail.net",
        "hanmial.net, hanmail.net",
        "hanmaill.net, hanmail.net",
        "daum.ne, daum.net",
        "daum.ent, daum.net",
        "kakoa.com, kakao.com",
        "nate.con, nate.com",
        "hotmial.con, hotmail.com",
        "hotmal.com, hotmail.com",
        "outlok.com, outlook.com",
        "outloook.cm, outlook.com",
        "yaho.com, yahoo.com",
        "yahoo.cmo, yahoo.com",
        "iclould.com, icloud.com",
        "protonmial.com, protonmail.com"
    })
    void seesWhatWasMeant(String typed, String meant) {
        assertThat(MistypedDomains.meant("Kim.Lee@" + typed)).contains("Kim.Lee@" + meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.com",
                "email.com",
                "ymail.com",
                "gmx.com",
                "gmx.at",
                "cloud.com",
                "never.com",
                "yahoo.ca",
                "yahoo.co.in",
                "hotmail.ca",
                "hotmail.fr",
                "live.ca",
                "love.com",
                "life.com",
                "example.com",
                "samsung.com",
                "amazon.com",
                "date.com",
                "gate.com",
                "meme.com",
                "mailroom.app",
                "company.co.kr",
                "snu.ac.kr",
                "163.com",
                "qq.cn",
                "web.dk",
                "proton.com",
                "a.com"
            })
    void leavesRealDomainsAlone(String domain) {
        assertThat(MistypedDomains.meant("kim@" + domain)).isEmpty();
    }

    @Test
    void neverDoubtsAKnownDomain() {
        assertThat(MistypedDomains.knownDomains())
                .allSatisfy(domain ->
                        assertThat(MistypedDomains.meant("kim@" + domain)).isEmpty());
    }
}
