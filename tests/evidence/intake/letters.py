"""Messages to read: whole ones, and ones made to harm whoever reads them."""

from email.message import EmailMessage

CARRIED = (
    b"Received: from mail.example.org by mx.example.net; Tue, 3 Feb 2026 23:31:00 -0500\r\n"
    b"DKIM-Signature: v=1; d=example.org; s=k1; b=forged\r\n"
    b"ARC-Seal: i=1; cv=pass; d=example.net; b=forged\r\n"
    b"Authentication-Results: mx.example.net; dkim=pass\r\n"
)


def letter(**headers: str) -> EmailMessage:
    """A message with what most have; a header given as empty is left out."""
    mail = EmailMessage()
    stated = {
        "From": "Ana Li <ana@example.org>",
        "To": "desk@example.net",
        "Subject": "Accounts we closed",
        "Date": "Tue, 3 Feb 2026 23:30:00 -0500",
        "Message-ID": "<one@example.org>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in stated.items():
        if value:
            mail[name] = value
    mail.set_content("We closed one hundred accounts.\n")
    return mail


def with_files() -> bytes:
    """A message with a table, a program, a picture in its text, and a message attached."""
    mail = letter()
    mail.add_attachment(b"account\n1\n", maintype="text", subtype="csv", filename="accounts.csv")
    mail.add_attachment(
        b"\x7fELF" + bytes(90), maintype="application", subtype="pdf",
        filename="../../etc/invoice.pdf",
    )  # fmt: skip
    mail.add_attachment(
        b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>", disposition="inline"
    )
    mail.add_attachment(letter(Message_ID="<inner@example.org>", Subject="Earlier"))
    return CARRIED + mail.as_bytes()


def nested(depth: int) -> bytes:
    """A message whose parts are within one another."""
    head = b"From: a@example.org\r\nMessage-ID: <deep@example.org>\r\nSubject: Deep\r\n"
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(depth)
    )
    return head + opening + b"Content-Type: text/plain\r\n\r\nwithin\r\n"
