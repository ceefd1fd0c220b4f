"""Sealed text: opens in its own row, with keys of which the database knows none."""

import json
import stat

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from tests.people import EVERYTHING

from anlan.kernel.clock import machine_now
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import DataKey
from anlan.kernel.scope import scoped
from anlan.kernel.vault import SealBrokenError, SealedColumn, erase_unused_keys, open_sealed, seal
from anlan.kernel.vault.data_keys import ERASE_BATCH_ROWS, SEALS_FOR, UNUSED_AFTER
from anlan.kernel.vault.errors import MasterFileError, MasterKeyMissingError
from anlan.kernel.vault.masters import draw_master, drop_masters, masters

pytestmark = pytest.mark.django_db

TELEPHONE = "+358 40 123 4567 赫尔辛基"
CONTACTS = SealedColumn("intake_contact", "sealed")
SECRETS = SealedColumn("exchange_webhook", "sealed_secret")
ROW = new_id()


@pytest.fixture
def own_masters(tmp_path, monkeypatch):
    """Keep the master keys of one test in a file of its own."""
    file = tmp_path / "keys" / "contacts.json"
    monkeypatch.setenv("ANLAN_CONTACT_KEYS", str(file))
    return file


def closed(sealed: bytes, column: SealedColumn = CONTACTS, row_id=ROW) -> None:
    with pytest.raises(SealBrokenError) as refused:
        open_sealed(sealed, column, row_id)
    assert refused.value.facts == {}


def test_sealed_text_opens_again():
    assert open_sealed(seal(TELEPHONE, CONTACTS, ROW), CONTACTS, ROW) == TELEPHONE


def test_sealed_text_does_not_show_and_never_looks_the_same():
    first, second = (seal(TELEPHONE, CONTACTS, ROW) for _ in range(2))
    assert TELEPHONE.encode() not in first
    assert first != second


def test_changed_or_foreign_seal_does_not_open():
    sealed = seal(TELEPHONE, CONTACTS, ROW)
    for place in (0, 5, 20, 40, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        closed(bytes(changed))
    foreign = Fernet(Fernet.generate_key()).encrypt(TELEPHONE.encode())
    for broken in (foreign, b"", sealed[:1], sealed[:17], sealed[:30], TELEPHONE.encode()):
        closed(broken)


def test_sealed_text_moved_to_another_row_or_column_does_not_open():
    sealed = seal(TELEPHONE, CONTACTS, ROW)
    closed(sealed, CONTACTS, new_id())
    closed(sealed, SECRETS, ROW)


def test_text_of_the_form_before_still_opens(settings):
    settings.ANLAN_CONTACT_KEY = Fernet.generate_key().decode()
    old = Fernet(settings.ANLAN_CONTACT_KEY).encrypt(TELEPHONE.encode())
    assert open_sealed(old, CONTACTS, ROW) == TELEPHONE
    settings.ANLAN_CONTACT_KEY = ""
    closed(old)


def test_one_data_key_seals_a_column_for_a_day():
    for _ in range(3):
        seal(TELEPHONE, CONTACTS, ROW)
    seal(TELEPHONE, SECRETS, ROW)
    with scoped(EVERYTHING):
        keys = DataKey.objects.filter(made_at__gt=machine_now() - SEALS_FOR)
        holders = sorted(keys.values_list("holder", flat=True))
        assert holders == ["exchange_webhook.sealed_secret", "intake_contact.sealed"]
        first = keys.get(holder=str(CONTACTS)).pk
        with connection.cursor() as cursor:  # a key cannot be aged in place; its twin is
            cursor.execute(
                "INSERT INTO kernel_data_key SELECT gen_random_uuid(), area, street, 'x.y',"
                " made_at - interval '25 hours', master, sealed FROM kernel_data_key"
                " WHERE id = %s",
                [first],
            )
    seal(TELEPHONE, SealedColumn("x", "y"), ROW)
    with scoped(EVERYTHING):
        assert DataKey.objects.filter(holder="x.y").count() == 2


def test_deleting_a_data_key_closes_what_it_sealed():
    sealed = seal(TELEPHONE, CONTACTS, ROW)
    with scoped(EVERYTHING):
        DataKey.objects.filter(holder=str(CONTACTS)).delete()
    closed(sealed)


def test_key_that_seals_nothing_goes_in_bounded_batches_and_no_other():
    sealed = seal(TELEPHONE, CONTACTS, ROW)
    old = machine_now() - UNUSED_AFTER
    with scoped(EVERYTHING):
        young = DataKey.objects.get(holder=str(CONTACTS))
        DataKey.objects.bulk_create(
            DataKey(
                area=0, holder=str(CONTACTS), made_at=old, master=young.master, sealed=young.sealed
            )
            for _ in range(ERASE_BATCH_ROWS + 1)
        )
    assert [erase_unused_keys(CONTACTS) for _ in range(3)] == [ERASE_BATCH_ROWS, 1, 0]
    assert open_sealed(sealed, CONTACTS, ROW) == TELEPHONE


def test_missing_master_is_named_with_its_file_in_one_line(own_masters):
    first = masters().current
    sealed = seal(TELEPHONE, SealedColumn("a", "b"), ROW)
    draw_master()
    drop_masters([first])
    with pytest.raises(MasterKeyMissingError) as refused:
        open_sealed(sealed, SealedColumn("a", "b"), ROW)
    assert (
        str(refused.value) == f"the contact key {first} is missing: put it back into {own_masters}"
    )


def test_wrong_master_of_the_right_name_opens_nothing(own_masters):
    sealed = seal(TELEPHONE, SealedColumn("a", "b"), ROW)
    held = json.loads(own_masters.read_text())
    own_masters.write_text(json.dumps(held | {"keys": {held["current"]: "A" * 43 + "="}}))
    closed(sealed, SealedColumn("a", "b"))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"current":"a","keys":{"a":"AAAA"}}', "null"])
def test_file_that_holds_no_keys_is_refused_and_stays(own_masters, text):
    own_masters.parent.mkdir()
    own_masters.write_text(text)
    with pytest.raises(MasterFileError, match=str(own_masters)):
        masters()
    assert own_masters.read_text() == text


def test_file_of_keys_is_its_owners_alone(own_masters):
    masters()
    draw_master()
    assert stat.S_IMODE(own_masters.stat().st_mode) == 0o600
    assert [file.name for file in own_masters.parent.iterdir()] == [own_masters.name]


def test_current_master_is_never_dropped(own_masters):
    first = masters().current
    drop_masters([first])
    assert masters().current == first
