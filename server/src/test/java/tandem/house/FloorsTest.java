package tandem.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A room imports only from the floors below it, and only some rooms touch the machine.
class FloorsTest {
    /// The rooms from the ground up. Two rooms on one floor do not know each other.
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("oauth", "metric"),
                    List.of("model", "secret"),
                    List.of("store", "web", "page"),
                    List.of("keys"),
                    List.of("token", "account"),
                    List.of("device", "manage"),
                    List.of("demo"),
                    List.of("app"));

    /// Stands beside the server, as any device's program does: it talks HTTP and shares no room
    /// with it.
    private static final String BESIDE = "cli";

    /// They hand the clock, the randomness and the environment to everybody else.
    private static final String[] TOUCHES_THE_MACHINE = {"tandem.app..", "tandem.cli.."};

    private static final JavaClasses TANDEM =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("tandem");

    @Test
    void every_room_has_its_floor() {
        var known = new ArrayList<>(FLOORS.stream().flatMap(List::stream).toList());
        known.add(BESIDE);
        assertThat(TANDEM.stream().map(FloorsTest::room).distinct()).isSubsetOf(known);
    }

    @Test
    void no_room_imports_from_its_own_floor_or_from_above() {
        var house = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (var room : FLOORS.stream().flatMap(List::stream).toList()) {
            house = house.optionalLayer(room).definedBy("tandem." + room + "..");
        }
        var below = new ArrayList<String>();
        for (var floor : FLOORS) {
            for (var room : floor) {
                house =
                        below.isEmpty()
                                ? house.whereLayer(room).mayNotAccessAnyLayer()
                                : house.whereLayer(room)
                                        .mayOnlyAccessLayers(below.toArray(String[]::new));
            }
            below.addAll(floor);
        }
        house.check(TANDEM);
    }

    @Test
    void rooms_form_no_circle() {
        slices().matching("tandem.(*)..").should().beFreeOfCycles().check(TANDEM);
    }

    @Test
    void a_device_in_the_terminal_shares_nothing_with_the_server() {
        noClasses()
                .that()
                .resideInAPackage("tandem." + BESIDE + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("tandem..")
                                .and(not(resideInAPackage("tandem." + BESIDE + ".."))))
                .allowEmptyShould(true)
                .check(TANDEM);
    }

    @Test
    void only_the_wiring_knows_the_device_in_the_terminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages("tandem.app..", "tandem." + BESIDE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tandem." + BESIDE + "..")
                .check(TANDEM);
    }

    @Test
    void the_clock_is_handed_in() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TOUCHES_THE_MACHINE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(TANDEM);
    }

    @Test
    void randomness_is_handed_in() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TOUCHES_THE_MACHINE)
                .should()
                .callConstructor(SecureRandom.class)
                .check(TANDEM);
    }

    @Test
    void the_environment_is_read_once() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TOUCHES_THE_MACHINE)
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(TANDEM);
    }

    @Test
    void the_http_library_stays_behind_the_web_room() {
        noClasses()
                .that()
                .resideOutsideOfPackages("tandem.web..", "tandem.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(TANDEM);
    }

    @Test
    void the_library_of_metrics_stays_behind_its_room() {
        noClasses()
                .that()
                .resideOutsideOfPackage("tandem.metric..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(TANDEM);
    }

    @Test
    void the_model_is_data() {
        classes()
                .that()
                .resideInAPackage("tandem.model..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beRecords()
                .orShould()
                .beInterfaces()
                .orShould()
                .beEnums()
                .allowEmptyShould(true)
                .check(TANDEM);
    }

    private static String room(JavaClass type) {
        var afterRoot = type.getPackageName().substring("tandem.".length());
        var dot = afterRoot.indexOf('.');
        return dot < 0 ? afterRoot : afterRoot.substring(0, dot);
    }
}
