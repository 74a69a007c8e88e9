"""A workshop as a file for those who are in it: all that is said in *open*, but what no mode shows of a person."""

from . import exporting


def as_file(workshop):
    """The workshop as the operator's export has it, less what stays a person's own in every mode.

    That is the warm-up (people were told that only the whole team's answers are shown, and strategies without authors)
    and drafts, which were never submitted, with the links and merges that hang on them. Where nobody left any, it is
    the same file.

    Returns
    -------
    WorkshopFile
    """
    file = exporting.as_file(workshop)
    drafts = {said.key for said in file.statements if said.draft}
    return file.model_copy(
        update={
            "statements": tuple(said for said in file.statements if not said.draft),
            "links": tuple(link for link in file.links if not drafts & {link.from_, link.to}),
            "merges": tuple(merge for merge in file.merges if not drafts & set(merge.statements)),
            "readiness": (),
        }
    )
