package tandem.store;

import java.util.List;
import java.util.Optional;
import tandem.model.Account;

/// People who can approve devices.
public interface Accounts {

    /// False when the user id, the e-mail or the provider identity is taken.
    boolean add(Account account);

    /// False when the e-mail is another account's.
    boolean save(Account account);

    /// Forgets the person, with sessions and consents; links are ended by the caller first.
    boolean remove(String userId);

    Optional<Account> byId(String userId);

    /// The account of an e-mail address.
    ///
    /// @param normalEmail as [Account#normalEmail(String)] makes it
    Optional<Account> byEmail(String normalEmail);

    Optional<Account> byProvider(String issuer, String subject);

    /// In order of creation.
    List<Account> page(Page page);

    long count();
}
