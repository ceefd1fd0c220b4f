"""Who writes routing tables, and who publishes them."""

from dataclasses import dataclass
from typing import Any

from tests.people import Desk

from anlan.kernel.clock import now

TO_LEAD = {"number": 1, "to": "@LEAD"}


@dataclass
class Editors:
    """Who writes a table, and who publishes it."""

    writer: Desk
    publisher: Desk

    def draft(self, *rows: dict[str, Any]) -> dict[str, Any]:
        """Begin a draft with these rows."""
        begun = self.writer.post("routing-tables", {}).json()
        reply = self.change(begun, *rows)
        assert reply.status_code == 200, reply.content
        return dict(reply.json())

    def change(self, table: dict[str, Any], *rows: dict[str, Any], **more: Any) -> Any:
        """Write a draft anew."""
        content = {
            "revision": table["revision"],
            "title": "Spring",
            "valid_from": now().date().isoformat(),
            "rows": list(rows),
        }
        return self.writer.put(f"routing-tables/{table['id']}", content | more)

    def move(self, desk: Desk, table: dict[str, Any], name: str, **facts: str) -> Any:
        """Move a table."""
        body = {"revision": table["revision"], **facts}
        return desk.post(f"routing-tables/{table['id']}/moves/{name}", body)

    def publish(self, *rows: dict[str, Any]) -> dict[str, Any]:
        """Bring a table with these rows into force."""
        table = self.draft(*rows)
        proposed = self.move(self.writer, table, "propose")
        assert proposed.status_code == 200, proposed.content
        published = self.move(self.publisher, table, "publish")
        assert published.status_code == 200, published.content
        return dict(published.json())
