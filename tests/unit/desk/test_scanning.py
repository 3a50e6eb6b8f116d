"""Scans at the desk: proposed, taken, put back, and a viewer takes none."""

import pytest

from desktop.desk.finding import Finding
from desktop.desk.scanning import Scanning
from desktop.dossier.document import Attachment
from desktop.dossier.errors import VungXaError
from desktop.dossier.scan_views import seconds, time_words
from desktop.store.errors import StoreError
from tests.fixtures.scans import scan
from tests.unit.desk.kit import Office


@pytest.fixture
def scans(office: Office) -> Scanning:
    return Scanning(office.context())


def test_a_proposal_shows_both_and_keeps_nothing(office: Office, scans: Scanning) -> None:
    kept = office.store.attachments.add(scan("PNG"), "Hóa đơn.PNG")
    proposal = scans.propose(kept)
    assert proposal.after < proposal.before == kept.size
    assert [len(draw(proposal, 80)) for draw in (scans.draw_before, scans.draw_after)] == [1, 1]
    assert not scans.has_original(kept)
    made = scans.take(proposal)
    assert (made.name, made.media_type) == ("Hóa đơn.jpg", "image/jpeg")
    assert scans.has_original(made)
    assert scans.put_back(made) == kept.model_copy(update={"name": "Hóa đơn.png"})


def test_a_whole_draft_is_shrunk_and_put_back(office: Office, scans: Scanning) -> None:
    local_id = office.draft(scan=scan("PDF"))
    text = office.store.attachments.add(b"%PDF-1.7 rubbish", "hỏng.pdf")
    before = office.desk.dossier(local_id)
    office.desk.save(before.model_copy(update={"attachments": (*before.attachments, text)}))
    (first, made), (second, refused) = scans.shrink_all(local_id)
    assert isinstance(made, Attachment)
    assert made.size < first.size / 2
    assert isinstance(refused, VungXaError)
    assert office.desk.dossier(local_id).attachments == (made, second)
    scans.put_back_all(local_id)
    assert office.desk.dossier(local_id).attachments == (first, second)


def test_after_submission_nothing_changes(office: Office, scans: Scanning) -> None:
    local_id = office.submit(scan=scan("PDF"))
    with pytest.raises(StoreError) as error:
        scans.shrink_all(local_id)
    assert error.value.code == "draft_frozen"


def test_finding_answers_the_window(office: Office) -> None:
    local_id = office.draft(scan=scan())
    found = {hit.kind: hit.ref.split("/")[0] for hit in Finding(office.context()).find("quet")}
    assert found["attachment"] == local_id


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 giây"), (8_000, "1 giây"), (480_000, "1 phút"), (2_000_000, "4 phút 10 giây")]
)
def test_a_slow_link_in_words(size: int, words: str) -> None:
    assert time_words(size) == words
    assert seconds(size) >= 1
