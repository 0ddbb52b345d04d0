package tandem.token;

import java.util.Optional;
import java.util.regex.Pattern;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.SecretHash;
import tandem.web.Form;

/// PKCE: who redeems must hold what the one who asked has hashed. Offered, never demanded. [RFC
/// 7636 §4](https://www.rfc-editor.org/rfc/rfc7636#section-4)
public final class CodeChallenge {

    public static final String METHOD = "S256";

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private CodeChallenge() {}

    /// What a presented verifier comes to.
    public enum Check {
        /// It fits, or none was asked for and none came.
        RIGHT,
        /// It does not fit: counted against the codes.
        WRONG,
        /// It is missing, or came though no challenge had been sent ([RFC 9700
        /// §2.1.1](https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1)).
        OUT_OF_PLACE
    }

    /// The challenge of a request for codes, if it sends one. Only `S256`: a plain one protects
    /// nothing that was not safe before.
    public static Outcome<Optional<String>> requested(Form form) {
        var challenge = form.text("code_challenge");
        var method = form.text("code_challenge_method");
        if (challenge.isEmpty() && method.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        boolean good =
                challenge.filter(c -> CHALLENGE.matcher(c).matches()).isPresent()
                        && method.filter(METHOD::equals).isPresent();
        return good
                ? Outcome.ok(challenge)
                : Outcome.refused(
                        ErrorCode.INVALID_REQUEST,
                        "expected code_challenge of 43 characters and code_challenge_method=S256");
    }

    public static Check check(Optional<String> challenge, Optional<String> verifier) {
        if (challenge.isEmpty() || verifier.isEmpty()) {
            return challenge.isEmpty() && verifier.isEmpty() ? Check.RIGHT : Check.OUT_OF_PLACE;
        }
        boolean right =
                VERIFIER.matcher(verifier.get()).matches()
                        && SecretHash.sha256(verifier.get())
                                .matches(new SecretHash(challenge.get()));
        return right ? Check.RIGHT : Check.WRONG;
    }
}
