package tandem.account;

import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.model.Account;
import tandem.model.Account.ProviderIdentity;
import tandem.model.Ids;
import tandem.store.Store;
import tandem.store.Tx;

/// The accounts of people who come from OpenID providers.
record ProviderPeople(Store store, InstantSource clock, RandomGenerator random) {

    private static final int NAME_MAX = 80;

    /// What a provider tells of a person.
    ///
    /// @param verifiedEmail only one that the provider says it has verified
    record Told(Optional<String> name, Optional<String> verifiedEmail) {}

    Optional<Account> find(String issuer, String subject) {
        return store.read(tx -> tx.accounts().byProvider(issuer, subject));
    }

    /// The account of an identity, made now unless another tab or node was first.
    ///
    /// An address that is another account's stays with that account: whoever runs a provider could
    /// else become anybody here.
    Account findOrMake(ProviderIdentity identity, Told told) {
        var now = clock.instant();
        var userId = Ids.USER.random(random);
        return store.write(tx -> {
            var email = told.verifiedEmail().flatMap(e -> ifFree(tx, e));
            var made =
                    new Account(
                            userId,
                            email,
                            email.isPresent(),
                            told.name().flatMap(ProviderPeople::presentable),
                            Optional.empty(),
                            Optional.of(identity),
                            false,
                            false,
                            now,
                            now);
            return tx.accounts()
                    .byProvider(identity.issuer(), identity.subject())
                    .or(() -> tx.accounts().add(made) ? Optional.of(made) : Optional.empty())
                    .or(() -> tx.accounts().byProvider(identity.issuer(), identity.subject()))
                    .orElseThrow(() -> new IllegalStateException("an account could not be made"));
        });
    }

    private static Optional<String> ifFree(Tx tx, String email) {
        var normal = Account.normalEmail(email);
        boolean sound =
                normal.indexOf('@') > 0
                        && !normal.endsWith("@")
                        && email.length() <= Account.EMAIL_MAX
                        && normal.length() <= Account.EMAIL_MAX
                        && email.codePoints().noneMatch(c -> Character.isISOControl(c) || c == ' ');
        return sound && tx.accounts().byEmail(normal).isEmpty()
                ? Optional.of(email)
                : Optional.empty();
    }

    /// A name fit to be shown, or none.
    private static Optional<String> presentable(String name) {
        var text = name.strip();
        boolean fit =
                !text.isEmpty()
                        && text.codePointCount(0, text.length()) <= NAME_MAX
                        && text.codePoints().noneMatch(ProviderPeople::misleading);
        return fit ? Optional.of(text) : Optional.empty();
    }

    /// Controls, and what turns the direction of the text around it.
    private static boolean misleading(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE,
                    Character.DIRECTIONALITY_PARAGRAPH_SEPARATOR ->
                    true;
            default -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
        };
    }
}
