package tandem.fuzz;

import java.util.List;

/// Good inputs of the parsers.
final class ParserSeeds {

    static final List<String> WEB =
            List.of(
                    "client_id=tv&scope=openid+read%3Alibrary&resource=a&resource=b",
                    "name=caf%C3%A9&empty=&=x&&lone",
                    "{\"client_id\":\"tv\",\"resource\":[\"a\",\"b\"]}",
                    "application/x-www-form-urlencoded; charset=\"utf-8\"",
                    "application/json; charset=utf-8",
                    "respond-async, wait=10; foo",
                    "WAIT = \"7\"",
                    "theme=dark; tandem=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "203.0.113.9, 10.0.0.2:4711",
                    "\"[2001:db8::1]:443\", ::ffff:10.1.1.1",
                    "/a/b%2Fc/b",
                    "https://login.example.com/a",
                    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");

    private ParserSeeds() {}
}
