"""Somebody at a browser, as far as the API's tests need one."""

import re

import requests


class Person:
    def __init__(self, base, code, address=None):
        self.root, self.cookies = f"{base}/{code}", {}
        self.headers = {"x-forwarded-for": address} if address else {}

    def ask(self, path, fields=None):
        """A page's text, and the token of its form; with fields, what came of sending them."""
        # Cookies by hand: ours are for https only, and this library makes no exception for the own machine.
        line = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | self.headers
        way = requests.get if fields is None else requests.post
        answer = way(f"{self.root}{path}", data=fields, headers=line, allow_redirects=False, timeout=10)
        self.cookies.update(answer.cookies.get_dict())
        token = re.search(r'name="form-token" value="([^"]+)"', answer.text)
        return answer, token and token[1]
