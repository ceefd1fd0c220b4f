"""Notes against those that Go's and Elixir's libraries publish, and against forgery."""

import pytest

from anlan_tlog.merkle import EMPTY_ROOT
from anlan_tlog.notes import (
    LOG,
    WITNESS,
    Checkpoint,
    Note,
    NoteError,
    Signature,
    Signer,
    Verifier,
)

NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_SIGNS = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED = (
    f"{SAYING}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
FOO = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
OF_FOO = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# The checkpoint that C2SP tlog-cosignature gives as its example.
SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
STATED = Checkpoint("city.example/audit", 7, EMPTY_ROOT).text()


@pytest.mark.parametrize(("key", "note"), [(NEUMANN, SIGNED), (FOO, OF_FOO)])
def test_published_note_is_read_and_its_signature_holds(key, note):
    verifier = Verifier.of_text(key)
    read = Note.of_bytes(note.encode())
    assert read.signed_by(verifier) is not None
    assert (str(verifier), str(read)) == (key, note)


def test_signing_gives_the_published_bytes():
    signer = Signer.of_text(NEUMANN_SIGNS)
    assert str(signer.verifier) == NEUMANN
    assert str(Note(SAYING, (signer.sign(SAYING),))) == SIGNED
    assert str(signer) == NEUMANN_SIGNS
    assert "AYEKFALVFG" not in repr(signer)


def test_published_checkpoint_is_read_with_its_cosignature():
    read = Note.of_bytes(SOFA.encode())
    stated = Checkpoint.of_text(read.text)
    assert (stated.origin, stated.size) == ("example.com/behind-the-sofa", 20852163)
    assert stated.text() == read.text
    cosignature = read.signatures[1]
    assert int.from_bytes(cosignature.content[:8], "big") == 1679315147
    assert len(cosignature.content) == 8 + 64
    assert str(read) == SOFA


def test_a_witness_states_a_time_that_cannot_be_changed():
    signer = Signer.drawn("court.example/w", WITNESS)
    signature = signer.sign(STATED, at_s=1_700_000_000)
    assert signer.verifier.signed(STATED, signature)
    later = (1_700_000_001).to_bytes(8, "big") + signature.content[8:]
    assert not signer.verifier.signed(STATED, Signature(signer.name, signature.key_id, later))
    assert Verifier.of_text(str(signer.verifier)) == signer.verifier


def test_one_key_is_another_for_another_kind_or_name():
    log = Signer.drawn("city.example/audit", LOG)
    same = Signer(log.name, WITNESS, log.seed)
    renamed = Signer("other.example", LOG, log.seed)
    signature = log.sign(STATED)
    assert len({log.verifier.key_id, same.verifier.key_id, renamed.verifier.key_id}) == 3
    assert not same.verifier.signed(STATED, signature)
    assert not renamed.verifier.signed(STATED, signature)


def test_every_key_is_read_back_as_it_was_written():
    """Base 64 holds a plus sign in every second key."""
    for number in range(64):
        signer = Signer("city.example/audit", LOG, bytes([number * 3, 251, 239, 190] * 8))
        assert Signer.of_text(f"{signer}\n") == signer
        assert Verifier.of_text(str(signer.verifier)) == signer.verifier


def test_unknown_signatures_are_passed_over():
    log, other = Signer.drawn("a.example", LOG), Signer.drawn("b.example", LOG)
    note = Note(STATED, (other.sign(STATED), log.sign(STATED)))
    assert note.signed_by(log.verifier) == note.signatures[1]
    changed = Note(STATED.replace("7", "8"), note.signatures)
    assert changed.signed_by(log.verifier) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nno dash\n",
        SIGNED.encode()[:-1],
        SIGNED.encode().replace(b"x08g", b"x*8g"),
        SIGNED.encode() + b"\n",
        SIGNED.encode() + b"\x00",
        b"\xff" + SIGNED.encode(),
        SIGNED.encode().replace(b"PeterNeumann ", b"Peter+Neumann "),
        SIGNED.encode() * 500,
        (SAYING + "\n" + SIGNED.partition("\n\n")[2] * 65).encode(),
    ],
)
def test_what_is_no_note_is_refused(content):
    with pytest.raises(NoteError):
        Note.of_bytes(content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name\n",
        "name\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "name\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "name\n1\nCsUY\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteError):
        Checkpoint.of_text(text)


@pytest.mark.parametrize("text", ["", "a+b", NEUMANN[:-4], NEUMANN.replace("c74f", "c74e"), "++"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NoteError):
        Verifier.of_text(text)
    with pytest.raises(NoteError):
        Signer.of_text(f"PRIVATE+KEY+{text}")
