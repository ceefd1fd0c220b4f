"""The routing table of the city: one person writes it, another publishes it, as everywhere."""

from anlan.project.demo.shift import Shift


def publish_table(shift: Shift) -> None:
    """Bring the table into force with which every city begins, unless one is in force."""
    writer, publisher = shift.roster.administrator, shift.roster.supervisor
    listed = writer.get("routing-tables")["items"]
    if any(table["state"] == "PUBLISHED" for table in listed):
        return
    draft = writer.post("routing-tables")
    written = writer.put(
        f"routing-tables/{draft['id']}",
        revision=draft["revision"],
        title=shift.phrases.of("routing", 0),
        valid_from=draft["valid_from"],
        rows=draft["rows"],
    )
    for session, move in ((writer, "propose"), (publisher, "publish")):
        session.post(f"routing-tables/{draft['id']}/moves/{move}", revision=written["revision"])
