"""An incident forgets the words of a reporter who asks for it."""

from uuid import UUID

from anlan.dispatch.models import Incident


def forget_incident_words(incident_id: UUID, said: str, mark: str) -> bool:
    """Put `mark` in place of an incident's text where that is `said`; return whether it was.

    Where it happened stays: help finds it by that.
    """
    return bool(said and Incident.objects.filter(pk=incident_id, text=said).update(text=mark))
