"""Checks that in-toto's libraries accept the attestations of ztaudit, and ztaudit theirs.

Usage: attestations.py ZTAUDIT
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from google.protobuf import json_format
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
PREDICATE_TYPE = "urn:ztaudit:attestation-predicate:1"
NAME = "attestation.intoto.json"
PRIVATE_FORMS = {"PKCS #8": PrivateFormat.PKCS8, "SEC 1": PrivateFormat.TraditionalOpenSSL}


class Case:
    """A key, and a folder for what is signed with it."""

    def __init__(self, ztaudit, folder, private, private_form):
        self.ztaudit, self.folder = ztaudit, folder
        self.private, self.public = private, private.public_key()
        self.private_file, self.public_file = folder / "key.pem", folder / "key.pub"
        self.private_file.touch(mode=0o600)
        self.private_file.write_bytes(private.private_bytes(Encoding.PEM, PRIVATE_FORMS[private_form], NoEncryption()))
        self.public_file.write_bytes(self.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def run(self, *arguments):
        return subprocess.run([self.ztaudit, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)

    def verify(self, folder):
        return self.run("verify", folder, "--key", self.public_file)

    def accepts_ours(self, snapshot):
        """Signs with ztaudit, verifies with the libraries."""
        out = self.folder / "out"
        (out / "below").mkdir(parents=True)
        documents = [out / "report.json", out / "below" / "report.xml"]
        ended = self.run(
            "audit", snapshot, "--fail-on", "none", "--attest", self.private_file,
            "--report", f"json={documents[0]}", "--report", f"junit={documents[1]}",
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        form = json.loads((out / NAME).read_text())
        # The libraries work out the id of the key themselves, and look for it in the envelope.
        key = SSlibKey.from_crypto(self.public)
        envelope = Envelope.from_dict(json.loads(json.dumps(form)))
        assert list(envelope.verify([key], 1)) == [key.keyid]
        assert envelope.payload_type == PAYLOAD_TYPE
        message = json_format.Parse(envelope.payload, StatementMessage())
        statement = Statement.copy_from_pb(message)
        statement.validate()
        assert statement.pb.predicate_type == PREDICATE_TYPE
        digests = {subject.name: dict(subject.digest) for subject in statement.pb.subject}
        assert digests == {
            str(path.relative_to(out)): {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in documents
        }
        assert statement.pb.predicate["tool"]["name"] == "ztaudit"
        # A check that cannot fail would show nothing.
        envelope.payload += b" "
        try:
            envelope.verify([key], 1)
        except VerificationError:
            pass
        else:
            raise AssertionError("a changed payload was accepted")
        return json_format.MessageToDict(statement.pb.predicate)

    def is_accepted_by_ours(self, predicate):
        """Signs with the libraries, verifies with ztaudit."""
        folder = self.folder / "theirs"
        folder.mkdir()
        document = folder / "report.txt"
        document.write_text("a document\n")
        digest = hashlib.sha256(document.read_bytes()).hexdigest()
        subject = ResourceDescriptor(name=document.name, digest={"sha256": digest})
        statement = Statement([subject.pb], PREDICATE_TYPE, predicate)
        statement.validate()
        envelope = Envelope(json_format.MessageToJson(statement.pb).encode(), PAYLOAD_TYPE, {})
        envelope.sign(CryptoSigner(self.private, SSlibKey.from_crypto(self.public)))
        # A second signature by somebody else is none of our business.
        envelope.sign(CryptoSigner.generate_ed25519())
        (folder / NAME).write_text(json.dumps(envelope.to_dict()))
        verified = self.verify(folder)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        document.write_text("another document\n")
        verified = self.verify(folder)
        assert verified.returncode == 1 and "changed    report.txt" in verified.stdout, verified.stdout


def main():
    ztaudit = pathlib.Path(sys.argv[1]).resolve()
    keys = [
        ("Ed25519", Ed25519PrivateKey.generate(), "PKCS #8"),
        ("ECDSA P-256", generate_private_key(SECP256R1()), "PKCS #8"),
        ("ECDSA P-256", generate_private_key(SECP256R1()), "SEC 1"),
    ]
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        subprocess.run([ztaudit, "demo", "--output", root / "demo"], check=True, capture_output=True)
        for index, (algorithm, private, form) in enumerate(keys):
            folder = root / str(index)
            folder.mkdir()
            case = Case(ztaudit, folder, private, form)
            predicate = case.accepts_ours(root / "demo" / "snapshot.ztaudit")
            case.is_accepted_by_ours(predicate)
            print(f"interoperability: attestations with an {algorithm} key ({form}) are accepted both ways")


if __name__ == "__main__":
    main()
