package tandem.oauth;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// The device's secret for one device authorization: 256 random bits. [RFC 8628 §3.2 and
/// §5.2](https://www.rfc-editor.org/rfc/rfc8628#section-5.2)
public record DeviceCode(String value) {

    private static final int BYTES = 32;

    public static DeviceCode random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new DeviceCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public SecretHash hash() {
        return SecretHash.sha256(value);
    }

    @Override
    public String toString() {
        return "DeviceCode[…]";
    }
}
