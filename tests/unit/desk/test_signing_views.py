"""Before signing: what is shown is what is signed, who is new, what changed, and who stands for it."""

import json
from collections.abc import Callable

import pytest

from desktop.desk.errors import DeskError
from desktop.desk.sealing import Sealer
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_views import SigningViews
from desktop.desk.sittings import remarks
from desktop.dossier.acknowledgements import PayeeStand
from desktop.dossier.canonical import canonical
from desktop.dossier.descriptor import NamedBytes
from desktop.dossier.sign_views import SignItem
from desktop.dossier.signed_content import SignedContent
from desktop.signing.batch import sign_item
from desktop.store.errors import StoreError
from desktop.store.frozen import Signing
from tests.unit.desk.kit import LISTED, PAYEE, PAYEE_ACCOUNT, PHONE, Office, sha256


def views(office: Office) -> SigningViews:
    context = office.context()
    return SigningViews(context, SignedPapers(context))


def item(office: Office, local_id: str) -> SignItem:
    return views(office).item(local_id)


def paid_list(office: Office) -> str:
    local_id = office.submit(LISTED, number="RDT0700")
    office.sign(local_id)
    office.decide(local_id, "paid")
    return local_id


def relisted(office: Office, number: str, *rows: dict[str, object]) -> str:
    """Another list with these rows, submitted as it is: what its voucher says is another test's matter."""
    local_id = office.draft(LISTED, number=number)
    dossier = office.desk.dossier(local_id)
    voucher, listed = dossier.documents
    kept = listed.tables["lines"][0]
    lines = [kept | row for row in rows]
    total = sum(int(line["amount"]) for line in lines)
    first = voucher.tables["lines"][0] | {"amount": total}
    documents = (
        voucher.model_copy(update={"tables": voucher.tables | {"lines": [first]}}),
        listed.model_copy(update={"tables": {"lines": lines}}),
    )
    office.desk.save(dossier.model_copy(update={"documents": documents}))
    office.desk.submit(local_id, office.warnings(local_id))
    return local_id


def test_the_first_payment_to_anyone_is_news_for_the_last_signer_only(office: Office) -> None:
    local_id = office.submit(LISTED)
    shown = item(office, local_id)
    assert [(news.kind, news.name) for news in shown.news] == [("new", "VNPT Thanh Hóa"), ("new", PAYEE)]
    assert (shown.payee_count, shown.compared_with, shown.must_acknowledge) == (2, "", False)
    office.sign(local_id, 2)
    assert item(office, local_id).must_acknowledge


def test_a_payee_paid_before_is_no_news_and_the_sum_is_told_beside_it(office: Office) -> None:
    first = paid_list(office)
    shown = item(office, office.submit(LISTED, number="RDT0701"))
    assert shown.news == ()
    assert shown.compared_with.startswith(f"hồ sơ {office.desk.dossier(first).number}, ")
    assert (shown.amount_before, shown.changes) == (shown.amount, ("Số tiền bằng lần trước: 3.412.500 đ.",))


def test_what_changed_in_a_list_is_told_and_who_changed_is_news(office: Office) -> None:
    paid_list(office)
    office.desk.acknowledge_payee("999988887777", PAYEE, office.desk.user().name)
    moved = {"account": "999988887777", "amount": 3_000_000}
    other = {"name": "Mùa A Dế", "account": "350811112222", "amount": 412_500}
    shown = item(office, relisted(office, "RDT0702", moved, other))
    assert [(news.kind, news.name) for news in shown.news] == [("changed", PAYEE), ("new", "Mùa A Dế")]
    assert PAYEE_ACCOUNT in shown.news[0].text
    assert shown.changes[1:] == (
        "Thêm 1 người: Mùa A Dế 412.500 đ.",
        f"Đổi tài khoản 1 người: {PAYEE} từ {PAYEE_ACCOUNT} sang 999988887777.",
        f"Đổi số tiền 1 người, nhiều nhất: {PAYEE} giảm 412.500 đ.",
    )


def test_the_last_signer_stands_for_each_new_payee_or_nothing_is_signed(office: Office) -> None:
    local_id = office.submit(LISTED)
    office.sign(local_id, 2)
    holder, (first, *_) = office.people[2], office.news(local_id)
    sealer = Sealer(office.context())
    for given in ((), (first,), ("khác",)):
        with pytest.raises(DeskError) as error:
            sealer.item(local_id, holder.person, given)
        assert error.value.code == "payees_unacknowledged"
    ready = sealer.item(local_id, holder.person, office.news(local_id))
    signed = sign_item(ready, holder, office.clock())
    with pytest.raises(DeskError):
        sealer.keep(local_id, signed, holder.person, office.context().now(), (first,))
    assert (len(office.store.submissions.signed_at(local_id)), office.store.payee_stands.count()) == (2, 0)
    sealer.keep(local_id, signed, holder.person, office.context().now(), office.news(local_id))
    assert office.journal("stand_for_payees") == [f"{local_id}: 2"]
    assert len(office.store.payee_stands.stood(office.store.submissions.number(local_id), "p3")) == 2


def test_who_was_stood_for_is_not_asked_for_again(office: Office) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    number, (key,) = office.store.submissions.number(local_id), views(office).look(local_id).news
    office.store.payee_stands.stand(
        number, local_id, "p3", (PayeeStand(account_key=key[0], name_key=key[1], kind="new"),), office.context().now()
    )
    assert not item(office, local_id).must_acknowledge
    assert Sealer(office.context()).item(local_id, office.people[2].person)


def test_drafting_s_acknowledgement_does_not_stand_for_the_account_holder(office: Office) -> None:
    paid_list(office)
    office.desk.acknowledge_payee("999988887777", PAYEE, office.desk.user().name)
    shown = item(office, relisted(office, "RDT0703", {"account": "999988887777"}))
    assert [news.kind for news in shown.news] == ["changed"]


def test_two_in_one_sitting_are_told_to_the_next(office: Office) -> None:
    local_id = office.submit(LISTED)
    office.sign(local_id, 1)
    office.clock.move(seconds=240)
    assert item(office, local_id).same_sitting.endswith("đã ký trên chính máy này, 4 phút trước.")
    office.sign(local_id, 1)
    office.clock.move(seconds=86_400)
    assert item(office, local_id).same_sitting.endswith("ký trên cùng một máy, cách nhau 4 phút.")


def test_one_sitting_is_told_although_another_computer_signed_between(office: Office) -> None:
    steps = office.store.submissions.steps(office.submit(LISTED))
    at = office.context().now()
    made = [Signing(order, f"p{order}", at, "same" if order != 2 else "other", f"M{order}") for order in (1, 2, 3)]
    first, _, third = (f"{step['title']} ({step['name']})" for step in steps)
    assert remarks(steps, made) == f"{first} và {third} ký trên cùng một máy, liền nhau."


class Stumbling(SignedPapers):
    """Cannot read a dossier the first time: a form pack not there yet, a disk that stumbles."""

    stumbled = False

    def content(self, local_id: str) -> SignedContent:
        if not self.stumbled:
            self.stumbled = True
            raise StoreError("disk_error", "Đọc không được. Thử lại.")
        return super().content(local_id)


def test_what_could_not_be_read_once_still_has_its_news(office: Office) -> None:
    local_id = office.submit()
    office.sign(local_id, 1)
    shown = SigningViews(office.context(), Stumbling(office.context()))
    unread, read = shown.item(local_id), shown.item(local_id)
    assert (unread.mark, bool(read.mark), read.must_acknowledge) == ("", True, True)


def test_the_paper_is_drawn_from_what_is_signed_whatever_the_draft_says(office: Office) -> None:
    local_id = office.submit(LISTED, scan=b"\x89PNG\r\n\x1a\n scan")
    papers = SignedPapers(office.context())
    pages = papers.paper(local_id)
    frozen = {held.name: held.sha256 for held in office.store.submissions.get(local_id).objects}
    assert {page.draw: page.sha256 for page in pages} == {n: d for n, d in frozen.items() if n != "dossier.json"}
    assert [len(papers.draw_signed(local_id, place, 200)) > 0 for place in range(3)] == [True, True, False]
    shown = SigningViews(office.context(), papers).item(local_id)
    assert [file.pages for file in shown.documents] == [1, 1, None]


def hostile(change: Callable[[dict[str, object]], None]) -> Callable[[list[NamedBytes]], list[NamedBytes]]:
    """Freeze a document whose data were changed, with a table of contents that fits it: digests alone hold."""

    def rewrite(objects: list[NamedBytes]) -> list[NamedBytes]:
        file = json.loads(objects[1].content)
        change(file)
        content = canonical(file)
        contents = json.loads(objects[0].content)
        contents["documents"][0]["sha256"] = sha256(content)
        described = NamedBytes("dossier.json", objects[0].media_type, canonical(contents))
        return [described, NamedBytes(objects[1].name, objects[1].media_type, content), *objects[2:]]

    return rewrite


def other_payee(file: dict[str, object]) -> None:
    file["document"]["fields"]["payee_name"] = "Kẻ gian"  # type: ignore[index]


def other_total(file: dict[str, object]) -> None:
    file["computed"]["totals"] = dict.fromkeys(file["computed"]["totals"], 1)  # type: ignore[index]


def other_paper(file: dict[str, object]) -> None:
    file["pdf_sha256"] = "0" * 64


@pytest.mark.parametrize("change", [other_payee, other_total, other_paper])
def test_a_dossier_whose_paper_is_not_what_is_signed_is_neither_shown_nor_signed(
    office: Office, change: Callable[[dict[str, object]], None]
) -> None:
    local_id = office.draft(PHONE)
    good = office.submit(number="RDT0711")
    found = [NamedBytes(o.name, o.media_type, o.content) for o in office.store.submissions.get(good).objects]
    steps = office.store.submissions.steps(good)
    office.store.submissions.freeze(local_id, hostile(change)(found), steps, "p1")
    with pytest.raises(DeskError) as error:
        SignedPapers(office.context()).draw_signed(local_id, 0, 100)
    assert error.value.code == "shown_differs"
    with pytest.raises(DeskError) as error:
        Sealer(office.context()).item(local_id, office.people[1].person)
    assert error.value.code in ("shown_differs", "bad_package")
    assert [one.local_id for one in views(office).items("p2")] == [good, local_id]
