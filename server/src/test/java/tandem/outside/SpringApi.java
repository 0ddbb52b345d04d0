package tandem.outside;

import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// An API by others: Spring Boot's resource server as it comes, told the issuer and its own name,
/// in a process of its own. Prints its port when it listens.
@SpringBootApplication
@Import(SpringApi.Library.class)
public class SpringApi {

    /// Starts it.
    ///
    /// @param arguments the issuer and the API's name
    public static void main(String[] arguments) {
        var application = new SpringApplication(SpringApi.class);
        var jwt = "spring.security.oauth2.resourceserver.jwt.";
        application.setDefaultProperties(
                Map.of(
                        jwt + "issuer-uri",
                        arguments[0],
                        jwt + "audiences",
                        arguments[1],
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        "0",
                        "spring.main.banner-mode",
                        "off"));
        var context = (WebServerApplicationContext) application.run();
        var server = Objects.requireNonNull(context.getWebServer());
        System.out.println("{\"port\":" + server.getPort() + "}");
    }

    @Bean
    SecurityFilterChain scopes(HttpSecurity http) {
        return http.authorizeHttpRequests(paths ->
                        paths.requestMatchers("/library")
                                .hasAuthority("SCOPE_read:library")
                                .anyRequest()
                                .hasAuthority("SCOPE_write:films"))
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                .build();
    }

    @RestController
    static class Library {
        @GetMapping("/library")
        Map<String, String> library(Principal person) {
            return Map.of("sub", person.getName());
        }

        @GetMapping("/films")
        Map<String, String> films() {
            return Map.of();
        }
    }
}
