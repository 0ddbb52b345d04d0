package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.api;
import static tandem.store.Records.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.Connection;
import tandem.model.Connection.Strategy;
import tandem.model.DevicePolicy;
import tandem.model.NetworkPolicy;
import tandem.model.NetworkPolicy.Rule;
import tandem.model.RefreshPolicy;
import tandem.model.SigningAlgorithm;
import tandem.model.Tenant;
import tandem.model.TokenDialect;
import tandem.oauth.GrantType;
import tandem.oauth.Sealed;

/// What is registered, as JSON.
class DocumentsTest {

    @Test
    void a_client_has_the_names_of_the_management_api() {
        assertThat(Documents.text(Documents.tree(client("tv"))))
                .isEqualTo(
                        """
                        {"client_id":"tv","name":"Acme TV","app_type":"native",\
                        "is_first_party":true,"enabled":false,\
                        "token_endpoint_auth_method":"client_secret_post",\
                        "jwks":{"keys":[{"kty":"OKP","crv":"Ed25519","x":"tv"}]},\
                        "grant_types":["urn:ietf:params:oauth:grant-type:device_code","refresh_token"],\
                        "refresh_token":{"leeway":30,"token_lifetime":7776000,"idle_token_lifetime":1728000},\
                        "device_authorization":{"lifetime":300,"interval":7,"authentication":"optional",\
                        "verification_uri_complete":false,"network":["192.0.2.0/24","2001:db8::/32"],\
                        "scopes":["openid","read:library"],"require_dpop":true,"require_reauthentication":true,\
                        "max_links_per_user":3,"users":["ada@example.com"]},\
                        "id_token_signed_response_alg":"ES256","id_token_lifetime":7200,\
                        "web_origins":["https://tv.example"],"connections":["passwords","corp"],\
                        "logo":"/logos/tv.png"}\
                        """);
    }

    @Test
    void a_client_that_names_only_itself_is_standard_in_all_else() {
        var client = Documents.client(Documents.parse("{\"client_id\":\"tv\"}"), Optional.empty());
        assertThat(client.name()).isEqualTo("tv");
        assertThat(client.enabled()).isTrue();
        assertThat(client.firstParty()).isFalse();
        assertThat(client.authenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);
        assertThat(client.grantTypes()).isEmpty();
        assertThat(client.refreshToken()).isEqualTo(RefreshPolicy.STANDARD);
        assertThat(client.deviceAuthorization()).isEqualTo(DevicePolicy.STANDARD);
        assertThat(client.idTokenAlgorithm()).isEqualTo(SigningAlgorithm.RS256);
        assertThat(client.idTokenLifetime()).isEqualTo(Client.ID_TOKEN_LIFETIME);
        assertThat(client.publicKeys()).isEmpty();
        assertThat(client.webOrigins()).isEmpty();
        assertThat(client.connections()).isEmpty();
        assertThat(client.logo()).isEmpty();
    }

    @Test
    void a_part_that_names_one_member_is_standard_in_the_others() {
        var client =
                Documents.client(
                        Documents.parse(
                                """
                                {"client_id": "tv", "device_authorization": {"interval": 9, "network": "same_network"},
                                 "refresh_token": {"leeway": 0}, "logo": null, "no_such_member": 1}
                                """),
                        Optional.empty());
        var policy = client.deviceAuthorization();
        assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(policy.lifetime()).isEqualTo(DevicePolicy.STANDARD.lifetime());
        assertThat(policy.network()).isEqualTo(new NetworkPolicy(Rule.SAME_NETWORK, List.of()));
        assertThat(client.refreshToken().leeway()).isEqualTo(Duration.ZERO);
        assertThat(client.refreshToken().idleLifetime())
                .isEqualTo(RefreshPolicy.STANDARD.idleLifetime());
        assertThat(client.logo()).isEmpty();
    }

    @Test
    void grant_types_have_their_wire_names() {
        for (var type : GrantType.values()) {
            var document = "{\"client_id\":\"x\",\"grant_types\":[\"" + type.wire() + "\"]}";
            var client = Documents.client(Documents.parse(document), Optional.empty());
            assertThat(client.grantTypes()).containsExactly(type);
        }
    }

    @Test
    void an_api_and_the_tenant_are_standard_where_nothing_is_said() {
        assertThat(Documents.api(Documents.parse("{\"identifier\":\"https://a/\"}")))
                .isEqualTo(
                        new Api(
                                "https://a/",
                                "https://a/",
                                List.of(),
                                Api.TOKEN_LIFETIME,
                                false,
                                SigningAlgorithm.RS256,
                                TokenDialect.ACCESS_TOKEN));
        assertThat(Documents.tenant(Documents.parse("{}"))).isEqualTo(Tenant.STANDARD);
    }

    @Test
    void an_api_is_read_as_it_was_written() {
        assertThat(Documents.api(Documents.tree(api("https://a/")))).isEqualTo(api("https://a/"));
        assertThat(Documents.text(Documents.tree(api("https://a/"))))
                .contains("\"signing_alg\":\"EdDSA\"", "\"token_dialect\":\"rfc9068_profile\"");
    }

    @Test
    void no_secret_stands_in_a_document() {
        var provider =
                new Connection.Provider("https://idp.example", "tandem", new Sealed("k1:hidden"));
        var corp = new Connection("corp", Strategy.OIDC, "Corp", Optional.of(provider));
        assertThat(Documents.text(Documents.tree(corp))).doesNotContain("hidden", "secret");
        var client = client("tv");
        assertThat(Documents.text(Documents.tree(client)))
                .doesNotContain(client.secret().orElseThrow().value());
        assertThat(Documents.connection(Documents.tree(corp), Optional.of(new Sealed("k1:hidden"))))
                .isEqualTo(corp);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                             | client_id is missing
                    []                                             | the document must be an object
                    {"client_id": 7}                               | client_id must be text
                    {"client_id": "x", "enabled": "yes"}           | enabled must be true or false
                    {"client_id": "x", "grant_types": "a"}         | grant_types must be a list
                    {"client_id": "x", "grant_types": ["implicit"]}| grant_types must be one of urn
                    {"client_id": "x", "refresh_token": 1}         | refresh_token must be an object
                    {"client_id": "x", "refresh_token": {"leeway": -1}}   | refresh_token.leeway must be a whole number
                    {"client_id": "x", "refresh_token": {"leeway": 1.5}}  | refresh_token.leeway must be a whole number
                    {"client_id": "x", "device_authorization": {"network": "near"}} | device_authorization.network must be one of any, warn, same_network
                    {"client_id": "x", "web_origins": [1]}         | web_origins must be text
                    """)
    void what_is_wrong_is_said_with_its_place(String document, String complaint) {
        var tree = Documents.parse(document);
        assertThatThrownBy(() -> Documents.client(tree, Optional.empty()))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void a_mistake_in_a_list_is_told_by_its_number() {
        var tree = Documents.parse("{\"identifier\":\"a\",\"scopes\":[{\"value\":\"b\"},{}]}");
        assertThatThrownBy(() -> Documents.api(tree))
                .isInstanceOfSatisfying(
                        InvalidDocument.class,
                        wrong -> assertThat(wrong.member()).isEqualTo("scopes[1].value"));
    }

    @Test
    void a_provider_needs_its_secret() {
        var tree =
                Documents.parse(
                        """
                        {"name": "corp", "strategy": "oidc",
                         "options": {"issuer": "https://idp.example", "client_id": "tandem"}}
                        """);
        assertThatThrownBy(() -> Documents.connection(tree, Optional.empty()))
                .isInstanceOf(InvalidDocument.class)
                .hasMessage("options.client_secret is missing");
    }
}
