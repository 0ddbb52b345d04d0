package tandem.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One page of the ledger: what one device and its person were told, and what they do not know.
///
/// An answer makes a fact. A request without one may have happened or not.
final class Page {

    /// What the person made of the code, as far as it is known.
    enum Decision {
        NONE,
        MAYBE_APPROVED,
        APPROVED,
        MAYBE_DENIED,
        DENIED
    }

    private final String device;
    private final String deviceCode;
    private final List<String> history = new ArrayList<>();
    private final Set<String> links = new LinkedHashSet<>();
    private Decision decision = Decision.NONE;
    private boolean maybeRedeemed;
    private boolean spent;
    private String refreshToken = "";
    private String accessToken = "";
    private int refreshes;
    private boolean unlinked;
    private boolean maybeUnlinked;

    /// @param device the name by which events tell of it
    Page(String device, String deviceCode) {
        this.device = device;
        this.deviceCode = deviceCode;
        history.add(Instant.now() + " ASKED by " + device);
    }

    String device() {
        return device;
    }

    String deviceCode() {
        return deviceCode;
    }

    synchronized void write(String what) {
        history.add(Instant.now() + " " + what);
    }

    synchronized void decided(Decision now) {
        decision = now;
        write(now.name());
    }

    synchronized Decision decision() {
        return decision;
    }

    synchronized void redeemed(String link, String access, String refresh) {
        links.add(link);
        spent = true;
        accessToken = access;
        refreshToken = refresh;
        write("REDEEMED as " + link);
    }

    synchronized void maybeRedeemed() {
        maybeRedeemed = true;
        write("a poll was not answered");
    }

    /// There are no tokens any more: an answer that was lost had them.
    synchronized void isSpent() {
        spent = true;
    }

    synchronized boolean spent() {
        return spent;
    }

    synchronized void refreshed(String access, String refresh) {
        accessToken = access;
        refreshToken = refresh;
        refreshes++;
        write("REFRESHED");
    }

    synchronized void unlinked() {
        unlinked = true;
        write("UNLINKED");
    }

    synchronized void maybeUnlinked() {
        maybeUnlinked = true;
        write("an unlinking was not answered");
    }

    synchronized boolean mayHaveBeenRedeemed() {
        return maybeRedeemed;
    }

    synchronized boolean isUnlinked() {
        return unlinked;
    }

    synchronized boolean mayBeUnlinked() {
        return maybeUnlinked;
    }

    synchronized Set<String> links() {
        return Set.copyOf(links);
    }

    synchronized String refreshToken() {
        return refreshToken;
    }

    synchronized String accessToken() {
        return accessToken;
    }

    synchronized int refreshes() {
        return refreshes;
    }

    /// How many facts it holds.
    synchronized int facts() {
        boolean decided = decision == Decision.APPROVED || decision == Decision.DENIED;
        return 1 + (decided ? 1 : 0) + links.size() + refreshes + (unlinked ? 1 : 0);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n    ", history);
    }
}
