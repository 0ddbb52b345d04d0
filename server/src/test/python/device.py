"""A device in Python, with nothing but the standard library, as one writes it after Auth0's tutorial.

Started with the issuer, the client, the API and the certificates to trust; prints one line of JSON for each step.
"""

import json
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

issuer, client_id, audience, trusted = sys.argv[1:]
context = ssl.create_default_context(cafile=trusted)


def say(step, **what):
    print(json.dumps({"step": step, **what}, separators=(",", ":")), flush=True)


def ask(path, form=None, token=None):
    """The status and the answer's members."""
    request = urllib.request.Request(issuer + path)
    if form is not None:
        request.data = urllib.parse.urlencode(form).encode()
    if token is not None:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            body = answer.read()
            return answer.status, json.loads(body) if body else {}
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


status, codes = ask(
    "/oauth/device/code",
    {"client_id": client_id, "scope": "openid profile email offline_access read:library", "audience": audience},
)
say("codes", user_code=codes["user_code"])

while True:
    time.sleep(codes["interval"])
    status, tokens = ask(
        "/oauth/token",
        {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": codes["device_code"],
            "client_id": client_id,
        },
    )
    if status == 200:
        break
    if tokens["error"] == "slow_down":
        codes["interval"] += 5
    elif tokens["error"] != "authorization_pending":
        sys.exit(str(tokens))
say("tokens", type=tokens["token_type"], expires_in=tokens["expires_in"])

status, person = ask("/userinfo", token=tokens["access_token"])
say("person", name=person["name"], email=person["email"])

refresh = {"grant_type": "refresh_token", "client_id": client_id}
status, renewed = ask("/oauth/token", {**refresh, "refresh_token": tokens["refresh_token"]})
say("renewed", rotated=renewed["refresh_token"] != tokens["refresh_token"])

ask("/oauth/revoke", {"client_id": client_id, "token": renewed["refresh_token"]})
status, refused = ask("/oauth/token", {**refresh, "refresh_token": renewed["refresh_token"]})
say("revoked", error=refused["error"], status=status)
