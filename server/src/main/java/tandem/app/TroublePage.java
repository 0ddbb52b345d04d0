package tandem.app;

import tandem.account.Screen;
import tandem.page.Trouble;
import tandem.web.Fault;
import tandem.web.Request;
import tandem.web.Response;

/// What people see of a fault.
final class TroublePage {

    private TroublePage() {}

    static Response of(Screen screen, Fault fault, Request request, String id) {
        var kind =
                switch (fault) {
                    case BAD_REQUEST -> Trouble.Kind.BAD_REQUEST;
                    case FORBIDDEN -> Trouble.Kind.FORBIDDEN;
                    case NOT_FOUND -> Trouble.Kind.NOT_FOUND;
                    case METHOD_NOT_ALLOWED -> Trouble.Kind.METHOD;
                    case TOO_LARGE -> Trouble.Kind.TOO_LARGE;
                    case TOO_MANY -> Trouble.Kind.TOO_MANY;
                    case SERVER_ERROR -> Trouble.Kind.SERVER_ERROR;
                    case UNAVAILABLE -> Trouble.Kind.UNAVAILABLE;
                };
        return screen.show(request, new Trouble(fault.status(), kind, id), fault.status());
    }
}
