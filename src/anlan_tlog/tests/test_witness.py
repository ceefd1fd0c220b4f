"""A witness cosigns what goes on from what it cosigned before, and nothing else."""

import threading
from pathlib import Path

import httpx
import pytest

from anlan_tlog.command import PATH, server
from anlan_tlog.merkle import Frontier, Tree, leaf_hash
from anlan_tlog.notes import LOG, WITNESS, Checkpoint, Note, Signature, Signer
from anlan_tlog.witness import SIZE_TYPE, Answer, Witness, asking

AT_S = 1_700_000_000
LOG_KEY = Signer.drawn("city.example/audit", LOG)
KEY = Signer.drawn("court.example/witness", WITNESS)


def a_log(size: int, *, changed: int | None = None) -> Tree:
    """Return a log of numbered entries; one of them may be another."""
    levels: dict[int, list[bytes]] = {0: []}
    frontier = Frontier()
    for number in range(size):
        said = b"another" if number == changed else number.to_bytes(4, "big")
        levels[0].append(leaf_hash(said))
        for node in frontier.append(levels[0][-1]):
            levels.setdefault(node.level, []).append(node.hash)
    return Tree(size, lambda level, first, count: levels[level][first : first + count])


def stated(tree: Tree, signer: Signer = LOG_KEY, origin: str = LOG_KEY.name) -> Note:
    text = Checkpoint(origin, tree.size, tree.root()).text()
    return Note(text, (signer.sign(text),))


def ask(witness: Witness, tree: Tree, old: int, **said: object) -> Answer:
    body = asking(old, tree.consistency_proof(min(old, tree.size)), stated(tree, **said))
    return witness.add_checkpoint(body, AT_S)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(KEY, [LOG_KEY.verifier], tmp_path)


def test_what_goes_on_is_cosigned_with_the_time(witness):
    for old, new in ((0, 5), (5, 5), (5, 300), (300, 301)):
        answer = ask(witness, a_log(new), old)
        assert answer.status == 200, answer
        signature = Signature.of_line(answer.body.rstrip("\n"))
        assert KEY.verifier.signed(stated(a_log(new)).text, signature)
        assert int.from_bytes(signature.content[:8], "big") == AT_S
        assert witness.last(LOG_KEY.name).size == new


def test_another_old_size_is_told_the_right_one(witness):
    ask(witness, a_log(5), 0)
    for old in (0, 4, 7):
        assert ask(witness, a_log(9), old) == Answer(409, "5\n", SIZE_TYPE)
    assert witness.last(LOG_KEY.name).size == 5


def test_a_fork_is_never_cosigned(witness):
    ask(witness, a_log(5), 0)
    assert ask(witness, a_log(9, changed=2), 5).status == 422
    assert ask(witness, a_log(5, changed=2), 5).status == 409
    assert witness.last(LOG_KEY.name).root == a_log(5).root()
    assert ask(witness, a_log(9, changed=7), 5).status == 200


def test_a_log_that_was_cut_back_is_not_cosigned(witness):
    ask(witness, a_log(9), 0)
    assert ask(witness, a_log(5), 5) == Answer(409, "9\n", SIZE_TYPE)
    assert ask(witness, a_log(5), 9).status == 400
    assert witness.last(LOG_KEY.name).size == 9


def test_unknown_logs_and_foreign_signatures_are_refused(witness, tmp_path):
    stranger = Signer.drawn(LOG_KEY.name, LOG)
    assert ask(witness, a_log(5), 0, origin="other.example").status == 404
    assert ask(witness, a_log(5), 0, signer=stranger).status == 403
    assert list(tmp_path.glob("*.checkpoint")) == []


@pytest.mark.parametrize(
    "body", [b"", b"old 0\n", b"old 00\n\nx\n1\n", b"old 0\nnot a hash\n\n", b"\xff\n\n"]
)
def test_what_is_no_request_is_refused(witness, body):
    assert witness.add_checkpoint(body, AT_S).status == 400


def test_a_first_checkpoint_takes_no_proof(witness):
    body = asking(0, [a_log(3).root()], stated(a_log(5)))
    assert witness.add_checkpoint(body, AT_S).status == 422


def test_another_process_goes_on_from_what_was_kept(witness, tmp_path):
    ask(witness, a_log(5), 0)
    again = Witness(KEY, [LOG_KEY.verifier], tmp_path)
    assert ask(again, a_log(4), 0).status == 409
    assert ask(again, a_log(6), 5).status == 200


def test_requests_at_the_same_time_never_roll_the_log_back(witness):
    answers: list[Answer] = []
    start = threading.Barrier(8)

    def go(new: int) -> None:
        start.wait()
        answers.append(ask(witness, a_log(new), 0))

    threads = [threading.Thread(target=go, args=[new]) for new in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [200] + [409] * 7
    cosigned = witness.last(LOG_KEY.name).size
    assert {answer.body for answer in answers if answer.status == 409} == {f"{cosigned}\n"}


def test_the_program_answers_over_http(witness):
    with server(witness, "127.0.0.1", 0) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{listening.server_port}"
        with httpx.Client(base_url=address, trust_env=False) as client:
            first = client.post(PATH, content=asking(0, [], stated(a_log(5))))
            again = client.post(PATH, content=asking(0, [], stated(a_log(5))))
            lost = client.post("/elsewhere", content=b"")
            long = client.post(PATH, content=b"x" * 200_000)
        listening.shutdown()
        thread.join()
    assert first.status_code == 200
    assert first.text.startswith("— court.example/witness ")
    assert (again.status_code, again.text, again.headers["content-type"]) == (409, "5\n", SIZE_TYPE)
    assert (lost.status_code, long.status_code) == (404, 413)
