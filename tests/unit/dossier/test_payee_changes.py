"""What differs from the last time a payee or a list was paid, in one sentence each."""

import time

import pytest

from desktop.dossier.payee_changes import amount_change, payee_changes
from desktop.dossier.payouts import Payout


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (100, 100, "Số tiền bằng lần trước: 100 đ."),
        (15_600_000, 14_400_000, "Số tiền tăng 1.200.000 đ (8,3%), lần trước 14.400.000 đ."),
        (3_000_000, 4_000_000, "Số tiền giảm 1.000.000 đ (25%), lần trước 4.000.000 đ."),
        (3, 2_000, "Số tiền giảm 1.997 đ (99,9%), lần trước 2.000 đ."),
        (5, 0, "Số tiền tăng 5 đ, lần trước 0 đ."),
    ],
)
def test_a_sum_is_told_beside_the_last(now: int, before: int, words: str) -> None:
    assert amount_change(now, before) == words


def paid(*payees: tuple[str, str, int]) -> list[Payout]:
    return [Payout(name, account, "Agribank", amount) for name, account, amount in payees]


PO, DE, PAO = ("Sùng Thị Pó", "111111", 3_000), ("Mùa A Dế", "222222", 2_000), ("Giàng Thị Páo", "333333", 1_000)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (paid(PO, DE), ()),
        (paid(PO, DE, PAO), ("Thêm 1 người: Giàng Thị Páo 1.000 đ.",)),
        (paid(PO, PAO), ("Thêm 1 người: Giàng Thị Páo 1.000 đ.", "Bớt 1 người: Mùa A Dế 2.000 đ.")),
        (paid(PO, ("Mùa A Dế", "999", 2_000)), ("Đổi tài khoản 1 người: Mùa A Dế từ 222222 sang 999.",)),
        (paid(PO, ("mua a de", "2222 22", 2_500)), ("Đổi số tiền 1 người, nhiều nhất: mua a de tăng 500 đ.",)),
        (
            paid(("Sùng Thị Pó", "111111", 1_000), ("Mùa A Dế", "222222", 2_100)),
            ("Đổi số tiền 2 người, nhiều nhất: Sùng Thị Pó giảm 2.000 đ, Mùa A Dế tăng 100 đ.",),
        ),
    ],
)
def test_a_list_is_told_beside_the_last(now: list[Payout], words: tuple[str, ...]) -> None:
    assert payee_changes(now, paid(PO, DE)) == words


def test_one_payee_who_moved_to_another_account() -> None:
    assert payee_changes(paid(("Sùng Thị Pó", "999", 1)), paid(PO)) == (
        "Sùng Thị Pó đổi tài khoản: lần trước 111111, nay 999.",
    )


def test_of_many_only_the_largest_are_named() -> None:
    many = paid(*((f"Người {n}", f"44444{n}", n) for n in range(1, 8)))
    assert payee_changes(many, paid(PO))[0] == "Thêm 7 người: Người 7 7 đ, Người 6 6 đ, Người 5 5 đ và 4 người khác."


def test_a_thousand_payees_are_compared_in_no_time() -> None:
    before = paid(*((f"Người thứ {n}", f"35082{n:06d}", n) for n in range(1_000)))
    now = [payout._replace(account=f"9{payout.account}") for payout in before]
    began = time.perf_counter()
    assert payee_changes(now, before)[0].startswith("Đổi tài khoản 1000 người")
    assert time.perf_counter() - began < 1
