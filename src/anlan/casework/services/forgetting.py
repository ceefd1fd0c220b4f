"""A case forgets the words of a reporter who asks for it."""

from uuid import UUID

from anlan.casework.models import Case


def forget_case_words(case_id: UUID, said: str, mark: str) -> bool:
    """Put `mark` in place of a case's text where that is `said`; return whether it was."""
    return bool(said and Case.objects.filter(pk=case_id, text=said).update(text=mark))
