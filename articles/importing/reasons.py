"""Why a page is refused, and what an editor should look at, in one sentence each."""

from django.utils.translation import gettext_lazy as _

EMPTY = _("The file is empty.")
NOT_TEXT = _("This is not a text file.")
TOO_LONG = _("The page is too long.")
NOT_DOCX = _("This is not a Word document (.docx), or it is damaged.")
UNPACKS_TOO_LARGE = _("The document unpacks to far more than its size; it was not opened.")
NO_MAIN_TEXT = _("No main text was found in the HTML.")
NO_QUESTION = _("No question with an answer was found.")

NO_COLUMN = _("The page does not name its column.")
NO_AUTHOR = _("The page does not name who answers.")
NO_SOURCE = _("The page does not say where it was published.")
DAMAGED = _("Some characters could not be read.")
LEFT_OUT = _("Text before the first question was left out.")
