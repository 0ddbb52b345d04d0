package tandem.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.crypto.RSASSASigner;
import org.junit.jupiter.api.Test;
import tandem.model.SigningAlgorithm;

/// A process makes its first key here: in a class of its own, where no other test was before.
class ActiveKeyTest {

    @Test
    void the_provider_that_signs_has_made_the_key_and_need_not_translate_it() {
        var jwk = ActiveKey.generate(SigningAlgorithm.RS256, "kid").toJSONString();
        var signer = (RSASSASigner) ActiveKey.of(SigningAlgorithm.RS256, jwk).signer();
        var provider = signer.getJCAContext().getProvider();
        assumeTrue(provider != null, "signs with the JDK's provider here");
        assertThat(signer.getPrivateKey().getClass().getPackage())
                .isEqualTo(provider.getClass().getPackage());
    }
}
