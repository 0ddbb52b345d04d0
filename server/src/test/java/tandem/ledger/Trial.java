package tandem.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

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

    /// On a busy machine a trial goes on until this much was acknowledged, or so long.
    private static final int FACTS_MIN = 50;

    private static final Duration LENGTH_MAX = Duration.ofSeconds(60);

    static Trial of(long seed, Topology topology) {
        return of(seed, topology, fault -> true);
    }

    /// @param which of the topology's faults may happen
    static Trial of(long seed, Topology topology, Predicate<Topology.Fault> which) {
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
                var possible = topology.faults(random).stream().filter(which).toList();
                long begin = System.nanoTime();
                while (goesOn(System.nanoTime() - begin, facts(ledger))) {
                    fail(possible, random, faults);
                }
            } catch (RuntimeException fault) {
                breaches.add(String.valueOf(fault));
            } finally {
                goesOn.set(false);
            }
        }
        var nodes = topology.nodes().stream().map(Node::directly).toList();
        var all = new ArrayList<>(breaches);
        all.addAll(new Checker(nodes).breaches(ledger));
        return new Trial(faults, facts(ledger), all);
    }

    private static boolean goesOn(long nanos, int facts) {
        return nanos < LENGTH.toNanos() || (facts < FACTS_MIN && nanos < LENGTH_MAX.toNanos());
    }

    private static int facts(Collection<Page> ledger) {
        return ledger.stream().mapToInt(Page::facts).sum();
    }

    private static void fail(List<Topology.Fault> faults, Random random, List<String> happened) {
        pause(random.nextInt(200, 900));
        var fault = faults.get(random.nextInt(faults.size()));
        happened.add(fault.name());
        fault.begins().run();
        pause(random.nextInt(100, 1_500));
        fault.ends().run();
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
