"""A real OpenID Connect provider for the tests: canaille, in memory, with two people and open registration of clients.

Its address, which is also the issuer, is written to FOLDER/issuer: server.py FOLDER. Beside what canaille serves,
/as/NAME?to=ADDRESS does what that person would do in a browser, from the address of an authorization request to where
they are sent back, and answers with that.

FOLDER/crooked has the address of another provider, which signs whatever it is asked to: a code there is base64url of
JSON with the claims and the head that its token is to have, and whose key signs it.
"""

import base64
import json
import pathlib
import re
import sys
import threading
import time

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from flask import Flask, request
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

PASSWORD = "provider-password"


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


def new_key():
    return RSAKey.generate_key(2048, {"kid": "tests", "use": "sig", "alg": "RS256"})


def honest(address):
    key = new_key()
    app = create_app(
        {
            "SECRET_KEY": "only for tests",
            "SERVER_NAME": address,
            "PREFERRED_URL_SCHEME": "http",
            "WTF_CSRF_ENABLED": False,
            "CANAILLE": {"DATABASE": "memory", "SMTP": None, "NAME": "บัญชีกลาง"},
            "CANAILLE_OIDC": {
                "DYNAMIC_CLIENT_REGISTRATION_OPEN": True,
                "ACTIVE_JWKS": [key.as_dict(private=True)],
                "TRUSTED_DOMAINS": ["localhost"],
            },
        }
    )
    mapping = app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]
    mapping["EMAIL_VERIFIED"] = "{% if user.user_name == 'verified' %}true{% endif %}"
    with app.app_context():
        for name in ("verified", "unverified"):
            person = models.User(
                formatted_name=name, family_name=name, user_name=name, emails=[f"{name}@example.go.th"], password=PASSWORD
            )
            Backend.instance.save(person)
    app.add_url_rule("/as/<name>", view_func=lambda name: walk(app, name, request.args["to"]))
    return app


def walk(app, name, to):
    """Signs in and agrees, as from a new browser; returns where that leads."""
    browser = app.test_client()
    answer = browser.get(to)
    for _ in range(8):
        if answer.status_code == 302:
            to = answer.headers["location"]
            if re.search(r"[?&](code|error)=", to):
                return to
            answer = browser.get(to)
        else:
            field = {"login": name} if 'name="login"' in answer.text else {"password": PASSWORD}
            answer = browser.post(answer.request.path, data=field)
    return answer.text, 500


def crooked(address):
    app = Flask("crooked")
    issuer = f"http://{address}"
    own, foreign = new_key(), new_key()
    secret = OctKey.import_key("a secret that everybody knows, long enough")

    @app.get("/.well-known/openid-configuration")
    def configuration():
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": issuer} | {name: issuer + path for name, path in places.items()}

    @app.get("/misnamed/.well-known/openid-configuration")
    def misnamed():
        return configuration()

    @app.get("/keys")
    def keys():
        return {"keys": [own.as_dict(private=False)]}

    @app.post("/token")
    def token():
        code = request.form["code"]
        wanted = json.loads(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)))
        now = int(time.time())
        claims = {"iss": issuer, "aud": request.authorization.username, "sub": "somebody", "iat": now, "exp": now + 300}
        claims |= wanted.get("claims", {})
        head = {"alg": "RS256", "kid": "tests"} | wanted.get("head", {})
        key = {"own": own, "foreign": foreign, "shared": secret, "none": None}[wanted.get("key", "own")]
        return {"id_token": signed(head, claims, key), "access_token": "x", "token_type": "Bearer"}

    return app


def signed(head, claims, key):
    payload = json.dumps(claims).encode()
    if key is None:
        parts = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (json.dumps(head).encode(), payload)]
        return ".".join(parts) + "."
    return jws.serialize_compact(head, payload, key, algorithms=["RS256", "HS256"])


def serve(folder, name, make_application):
    server = make_server("127.0.0.1", 0, None, threaded=True, request_handler=Quiet)
    address = f"localhost:{server.port}"
    server.app = make_application(address)
    threading.Thread(target=server.serve_forever).start()
    (folder / name).write_text(f"http://{address}")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    serve(folder, "crooked", crooked)
    serve(folder, "issuer", honest)


main(pathlib.Path(sys.argv[1]))
