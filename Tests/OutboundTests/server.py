"""A mail server on a loopback port: server.py FOLDER.

Writes the port to FOLDER/port, and each letter, as Python's own reader takes it, to FOLDER/RECIPIENT.json.
"""

import asyncio
import email
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP

REFUSALS = {
    "bounce": "550 5.1.1 No such mailbox",
    "later": "451 4.3.0 Try again later",
    "locked": "530 5.7.0 Authentication required",
}


class Letters:
    def __init__(self, folder):
        self.folder = folder

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = REFUSALS.get(address.split("@")[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        record = {
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "fields": [name for name, _ in letter.items()],
            "to": str(letter["To"]),
            "subject": str(letter["Subject"]),
            "date": str(letter["Date"]),
            "text": letter.get_payload(decode=True).decode("utf-8"),
            "type": letter.get_content_type(),
            "longest": str(max(len(line) for line in envelope.content.split(b"\r\n"))),
        }
        name = f"{self.folder}/{envelope.rcpt_tos[0]}.json"
        with open(name + ".draft", "w", encoding="utf-8") as file:
            json.dump(record, file, ensure_ascii=False)
        os.rename(name + ".draft", name)
        return "250 OK"


async def main(folder):
    os.makedirs(folder, exist_ok=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Letters(folder), hostname="localhost"), "127.0.0.1", 0)
    with open(f"{folder}/port.draft", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(f"{folder}/port.draft", f"{folder}/port")
    await server.serve_forever()


asyncio.run(main(sys.argv[1]))
