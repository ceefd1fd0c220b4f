"""Trees against the vectors of Certificate Transparency, and against the definition itself."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan_tlog.merkle import (
    EMPTY_ROOT,
    TILE_WIDTH,
    Frontier,
    Tree,
    consistency_holds,
    inclusion_holds,
    leaf_hash,
    node_hash,
)

# The reference leaves and hashes that implementations of RFC 6962 test themselves with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FIRST_IN_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
SIXTH_IN_EIGHT = [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
LARGEST = 70_000  # a tree of three levels of tiles


def by_definition(hashes: Sequence[bytes]) -> bytes:
    """Return the root as RFC 6962 defines it."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256().digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(by_definition(hashes[:split]), by_definition(hashes[split:]))


def grown(leaves: Sequence[bytes]) -> tuple[Frontier, Tree]:
    """Return a tree of these leaf hashes, as it grows and as it is read."""
    frontier, levels = Frontier(), {0: list(leaves)}
    for leaf in leaves:
        for node in frontier.append(leaf):
            kept = levels.setdefault(node.level, [])
            assert node.index == len(kept)
            kept.append(node.hash)
    tree = Tree(len(leaves), lambda level, first, count: levels[level][first : first + count])
    return frontier, tree


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size):
    frontier, tree = grown([leaf_hash(leaf) for leaf in LEAVES[:size]])
    assert frontier.root().hex() == tree.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "proof"), [(0, FIRST_IN_EIGHT), (5, SIXTH_IN_EIGHT)])
def test_inclusion_proofs_are_the_published_ones(index, proof):
    _, tree = grown([leaf_hash(leaf) for leaf in LEAVES])
    assert [step.hex() for step in tree.inclusion_proof(index)] == proof


def test_consistency_proof_is_the_published_one():
    _, tree = grown([leaf_hash(leaf) for leaf in LEAVES])
    assert [step.hex() for step in tree.consistency_proof(1)] == FIRST_IN_EIGHT
    assert consistency_holds(
        1, 8, tree.consistency_proof(1), bytes.fromhex(ROOTS[1]), bytes.fromhex(ROOTS[8])
    )


def test_every_pair_of_small_trees_is_proven():
    leaves = numbered(20)
    trees = [grown(leaves[:size])[1] for size in range(21)]
    roots = [by_definition(leaves[:size]) for size in range(21)]
    for new, tree in enumerate(trees):
        assert tree.root() == roots[new]
        for index in range(new):
            proof = tree.inclusion_proof(index)
            assert inclusion_holds(index, new, leaves[index], proof, roots[new])
        for old in range(new + 1):
            proof = tree.consistency_proof(old)
            assert consistency_holds(old, new, proof, roots[old], roots[new])


@pytest.mark.parametrize("size", [TILE_WIDTH - 1, TILE_WIDTH, TILE_WIDTH + 1, LARGEST])
def test_tree_of_many_tiles_is_the_tree_of_the_definition(size):
    leaves = numbered(size)
    frontier, tree = grown(leaves)
    assert frontier.root() == tree.root() == by_definition(leaves)
    for index in (0, size // 2, size - 1):
        assert inclusion_holds(index, size, leaves[index], tree.inclusion_proof(index), tree.root())
    old = size // 3
    proof = tree.consistency_proof(old)
    assert consistency_holds(old, size, proof, by_definition(leaves[:old]), tree.root())


@given(size=st.integers(1, 40), draw=st.data())
def test_no_other_leaf_place_or_path_is_taken(size, draw):
    leaves = numbered(size)
    _, tree = grown(leaves)
    index = draw.draw(st.integers(0, size - 1))
    other = draw.draw(st.integers(-1, size + 1))
    proof, root = tree.inclusion_proof(index), tree.root()
    if other != index:
        assert not inclusion_holds(other, size, leaves[index], proof, root)
    assert not inclusion_holds(index, size, leaf_hash(b"another"), proof, root)
    assert not inclusion_holds(index, size, leaves[index], [*proof, root], root)
    if proof:
        assert not inclusion_holds(index, size, leaves[index], proof[:-1], root)


@given(old=st.integers(1, 40), more=st.integers(0, 40), draw=st.data())
def test_a_log_that_changed_its_past_does_not_go_on(old, more, draw):
    leaves = numbered(old + more)
    changed = list(leaves)
    changed[draw.draw(st.integers(0, old - 1))] = leaf_hash(b"another")
    _, tree = grown(changed)
    proof = tree.consistency_proof(old)
    assert not consistency_holds(old, old + more, proof, by_definition(leaves[:old]), tree.root())
    assert not consistency_holds(
        old, old + more, [*proof, EMPTY_ROOT], by_definition(changed[:old]), tree.root()
    )


def test_a_log_does_not_shrink():
    leaves = numbered(5)
    assert not consistency_holds(5, 4, [], by_definition(leaves), by_definition(leaves[:4]))
    assert not consistency_holds(0, 4, [], by_definition(leaves[:1]), by_definition(leaves[:4]))
    assert consistency_holds(0, 4, [], EMPTY_ROOT, by_definition(leaves[:4]))
