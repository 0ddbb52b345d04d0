package tandem.conformance;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tandem.conformance.cases.AllCases;
import tandem.conformance.person.Approver;
import tandem.conformance.person.BrowserApprover;
import tandem.conformance.person.CommandApprover;
import tandem.conformance.person.FormsApprover;
import tandem.conformance.person.Person;
import tandem.conformance.report.HtmlReport;
import tandem.conformance.report.JsonReport;
import tandem.conformance.report.JunitReport;
import tandem.conformance.report.Reports;
import tandem.conformance.report.Terminal;
import tandem.conformance.report.Totals;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Roles;
import tandem.conformance.suite.Severity;
import tandem.conformance.suite.Stage;
import tandem.conformance.suite.Suite;
import tandem.conformance.wire.Wire;

/// From options to verdicts and reports.
@Command(
        name = "tandem conformance",
        description = "Judges any RFC 8628 authorization server from outside, case by case.",
        footer = {
            "",
            "Exit code: 0 no MUST failed, 1 some did (or could not be judged for a fault), 2 could not run."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ConformanceCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin private Options options = new Options();
    @Spec private CommandSpec spec = CommandSpec.create();

    ConformanceCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var cases = chosen(AllCases.all());
        if (options.list) {
            cases.forEach(one ->
                    out().printf(
                                    "%-6s %-6s %s (%s)%n",
                                    one.id(), one.severity(), one.title(), one.reference()));
            return 0;
        }
        if (options.issuer.isEmpty() || options.client.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Missing: --issuer and --client are needed to judge.");
        }
        try (var wire = new Wire(Trust.including(Optional.ofNullable(options.ca)));
                var browser = new Closing<BrowserApprover>()) {
            return run(wire, browser, cases);
        }
    }

    private int run(Wire wire, Closing<BrowserApprover> browser, List<Case> cases) {
        var begin = Instant.now();
        long started = System.nanoTime();
        var stage = stage(wire, browser);
        var terminal = new Terminal(out(), stage.metadata(), cases.size());
        var judged = new Suite(stage, options.parallel, terminal::tell).run(cases);
        var reports = new Reports(stage.metadata().issuer(), begin, Reports.since(started), judged);
        terminal.ends(reports);
        Reports.write(Optional.ofNullable(options.junit), JunitReport.of(reports));
        Reports.write(Optional.ofNullable(options.json), JsonReport.of(reports));
        Reports.write(Optional.ofNullable(options.html), HtmlReport.of(reports));
        return exitCode(judged);
    }

    private static int exitCode(List<Judged> judged) {
        return judged.stream().anyMatch(one -> one.failed(Severity.MUST))
                        || Totals.of(judged).broken() > 0
                ? 1
                : 0;
    }

    private List<Case> chosen(List<Case> all) {
        if (options.only.isEmpty()) {
            return all;
        }
        var unknown = new ArrayList<>(options.only);
        all.forEach(one -> unknown.removeAll(List.of(one.id(), one.area())));
        if (!unknown.isEmpty()) {
            throw new CannotRun("No such case or area: " + String.join(", ", unknown));
        }
        return all.stream()
                .filter(one -> options.only.contains(one.id()) || options.only.contains(one.area()))
                .toList();
    }

    private Stage stage(Wire wire, Closing<BrowserApprover> browser) {
        var metadata =
                Discovery.metadata(
                        wire,
                        options.issuer,
                        Optional.ofNullable(options.deviceEndpoint),
                        Optional.ofNullable(options.tokenEndpoint));
        var person = person();
        return new Stage(
                wire,
                metadata,
                roles(),
                person,
                person.flatMap(one -> approver(one, browser)).or(this::command),
                options.approver.equals("forms"),
                options.tripLimits,
                new SecureRandom());
    }

    private Optional<Person> person() {
        return Optional.ofNullable(options.user)
                .map(user -> new Person(user, secret(options.passwordEnv)));
    }

    private Optional<Approver> approver(Person person, Closing<BrowserApprover> browser) {
        return switch (options.approver) {
            case "forms", "builtin" -> Optional.of(new FormsApprover(person));
            case "browser" -> Optional.of(browser.keep(new BrowserApprover(person)));
            default -> Optional.empty();
        };
    }

    private Optional<Approver> command() {
        return options.approver.contains("{")
                ? Optional.of(new CommandApprover(options.approver))
                : Optional.empty();
    }

    private Roles roles() {
        return new Roles(
                Client.open(options.client),
                Optional.ofNullable(options.otherClient).map(Client::open),
                Optional.ofNullable(options.confidential).map(this::confidential),
                Optional.ofNullable(options.ungrantedClient).map(Client::open),
                Optional.ofNullable(options.shortLifetimeClient).map(Client::open),
                Optional.ofNullable(options.api),
                options.apiParameter,
                Optional.ofNullable(options.origin),
                Optional.ofNullable(options.scope));
    }

    private Client confidential(String words) {
        var parts = words.split(":", 2);
        var variable = Optional.ofNullable(options.secretEnv);
        var secret = parts.length == 2 ? parts[1] : variable.map(this::secret).orElse("");
        return new Client(parts[0], Optional.of(secret), options.secretIn.equals("body"));
    }

    private String secret(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> new CannotRun("The environment has no " + variable + "."));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
