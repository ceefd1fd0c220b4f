"""The witness's program draws a key once and shows its public half alone."""

from click.testing import CliRunner

from anlan_tlog.command import KEY_FILE, witness
from anlan_tlog.notes import WITNESS, Signer


def test_key_is_drawn_once_and_kept_private(tmp_path):
    run = CliRunner()
    shown = run.invoke(witness, ["key", "court.example/w", "--folder", str(tmp_path)])
    kept = tmp_path / KEY_FILE
    signer = Signer.of_text(kept.read_text(encoding="utf-8"))
    assert (shown.exit_code, shown.output.strip()) == (0, str(signer.verifier))
    assert (signer.name, signer.kind) == ("court.example/w", WITNESS)
    assert kept.stat().st_mode & 0o077 == 0
    assert run.invoke(witness, ["key", "court.example/w", "--folder", str(tmp_path)]).exit_code == 1
    assert Signer.of_text(kept.read_text(encoding="utf-8")) == signer


def test_a_key_of_no_log_ends_the_program(tmp_path):
    run = CliRunner()
    run.invoke(witness, ["key", "court.example/w", "--folder", str(tmp_path)])
    refused = run.invoke(witness, ["serve", "--folder", str(tmp_path), "--log", "nonsense"])
    assert (refused.exit_code, "Error" in refused.output) == (1, True)
