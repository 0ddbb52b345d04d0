package tandem.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// One seed: a workload, a schedule of faults, and the check afterwards.
///
/// @param faults what went wrong, in order
/// @param facts how many were acknowledged
/// @param breaches of the contract; none if all is well
record Trial(List<String> faults, int facts, List<String> breaches) {

    static final String ISSUER = "http://localhost:8080";

    static final String RESOURCES =
            """
            clients:
              - client_id: tv
                name: Acme TV
                is_first_party: true
                token_endpoint_auth_method: none
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
                device_authorization: { interval: 1 }
              - client_id: ops
                name: Operations
                app_type: non_interactive
                client_secret: a-long-secret
                token_endpoint_auth_method: client_secret_post
                grant_types: [ client_credentials ]
            client_grants:
              - { client_id: ops, audience: "{issuer}/api/v2/", scope: [ "read:logs" ] }
            connections:
              - { name: passwords, strategy: password }
            users:
              - { email: ada@example.com, name: Ada, password: correct-horse-battery }
            """;

    private static final int DEVICES = 10;
    private static final Duration LENGTH = Duration.ofSeconds(8);

    static Trial of(long seed, Topology topology) {
        var random = new Random(seed);
        var ledger = new ConcurrentLinkedQueue<Page>();
        var breaches = new ConcurrentLinkedQueue<String>();
        var goesOn = new AtomicBoolean(true);
        var addresses = topology.nodes().stream().map(Node::address).toList();
        var faults = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < DEVICES; i++) {
                threads.execute(
                        new Story(addresses, random.nextLong(), ledger, breaches, goesOn::get));
            }
            try {
                fail(topology, random, faults);
            } catch (RuntimeException fault) {
                breaches.add(String.valueOf(fault));
            } finally {
                goesOn.set(false);
            }
        }
        var nodes = topology.nodes().stream().map(Node::directly).toList();
        var all = new ArrayList<>(breaches);
        all.addAll(new Checker(nodes).breaches(ledger));
        return new Trial(faults, ledger.stream().mapToInt(Page::facts).sum(), all);
    }

    private static void fail(Topology topology, Random random, List<String> happened) {
        long end = System.nanoTime() + LENGTH.toNanos();
        var faults = topology.faults(random);
        while (System.nanoTime() < end) {
            pause(random.nextInt(200, 900));
            var fault = faults.get(random.nextInt(faults.size()));
            happened.add(fault.name());
            fault.begins().run();
            pause(random.nextInt(100, 1_500));
            fault.ends().run();
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    /// Told when a seed fails.
    String told(long seed) {
        return "seed %d: %s%n%s"
                .formatted(seed, String.join(", ", faults), String.join("\n", breaches));
    }
}
