package tandem.app;

import tandem.account.Screen;
import tandem.model.Logo;
import tandem.page.Assets;
import tandem.store.Store;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// Files that pages are made of: ours, and the operator's logos. Their paths change with what is in
/// them.
record Pictures(Screen screen, Store store) {

    private static final String FOREVER = "public, max-age=31536000, immutable";

    void routes(Routes routes) {
        routes.get(Assets.ROOT + "{file}", this::asset).get(Logo.ROOT + "{file}", this::logo);
    }

    private Response asset(Request request) {
        return screen.assets()
                .at(request.path())
                .map(asset -> file(asset.contentType(), asset.content()))
                .orElseGet(Pictures::none);
    }

    /// A picture may hold scripts, and somebody may open it by itself.
    private Response logo(Request request) {
        return store.read(tx -> tx.logos().at(request.path()))
                .map(logo ->
                        file(logo.contentType(), logo.content())
                                .with(
                                        "Content-Security-Policy",
                                        "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
                .orElseGet(Pictures::none);
    }

    private static Response file(String contentType, byte[] content) {
        return Response.of(200, contentType, content)
                .with("Cache-Control", FOREVER)
                .with("X-Content-Type-Options", "nosniff");
    }

    private static Response none() {
        return Response.text(404, "no such file");
    }
}
