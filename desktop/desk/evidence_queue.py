"""The sync thread's EvidenceSink: what each package lacks, and the evidence that came, verified before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from desktop.desk.errors import DeskError
from desktop.desk.evidence import REST, time_stamping
from desktop.desk.evidence_lists import EvidenceLists, pieces_of, room_for, waiting_in_words
from desktop.desk.trusting import unit_trust
from desktop.dossier.dates import instant
from desktop.signing.asice import Signed, read
from desktop.signing.cmsinfo import read_signature
from desktop.signing.evidence import add_revocation, add_time_stamp, needed_for_lt
from desktop.signing.timestamps import request_for, token_of
from desktop.signing.trust import Trust
from desktop.store.store import Store

FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(days=1)
NO_LIST = "crl_missing"
NO_ROOM = "crl_later"


class EvidenceQueue:
    """Works on the packages of one store, in one thread."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._lists = EvidenceLists(store)

    def authority(self) -> str:
        """See EvidenceSink; nobody while no root is known, since no answer could be judged."""
        if unit_trust(self._store) is None or self._rest()[1] > instant(self._clock()):
            return ""
        return time_stamping(self._store)

    def leave_alone(self) -> None:
        """See EvidenceSink: ten minutes at first, a day at most."""
        tries = self._rest()[0]
        rest = min(LONGEST_REST, FIRST_REST * 2 ** min(tries, 8))
        self._store.settings.set(REST, f"{tries + 1} {instant(self._clock() + rest)}")

    def _rest(self) -> tuple[int, str]:
        """How often in a row the authority was silent, and until when it is left alone."""
        tries, _, until = self._store.settings.get(REST).partition(" ")
        return int(tries or 0), until

    def due(self, limit: int, *, stamping: bool) -> Sequence[str]:
        """See EvidenceSink."""
        if unit_trust(self._store) is None:
            return []
        now = instant(self._clock())
        ready = [item for item in self._store.evidence.waiting() if item.next_at <= now]
        return [item.package_id for item in ready if stamping or item.stamped == item.signed][:limit]

    def query(self, package_id: str) -> tuple[int, bytes] | None:
        """See EvidenceSink. Raises ContainerError."""
        reached = self._store.evidence.reached(package_id)
        for step, signed in enumerate(self._signatures(package_id), 1):
            if step not in reached:
                return step, request_for(signed.cms)[0]
        return None

    def stamp(self, package_id: str, step: int, query: bytes, answer: bytes) -> None:
        """See EvidenceSink. Raises EvidenceError, DeskError tsa_untrusted, ContainerError, StoreError."""
        signed = self._signatures(package_id)[step - 1]
        stamped = add_time_stamp(signed.cms, token_of(answer, query))
        if self._level(signed.manifest, stamped) == "B":
            raise DeskError(
                "tsa_untrusted",
                "Dấu thời gian do nơi cấp mà máy chưa tin. Cập nhật danh sách tin cậy, hoặc chọn nơi cấp khác.",
            )
        with self._store.transaction():
            self._store.evidence.add(package_id, step, "T", stamped, pieces_of(stamped))
            self._store.evidence.clear_wait(package_id)
            if self._rest()[0]:
                self._store.settings.set(REST, "")

    def complete(self, package_id: str) -> bool:
        """See EvidenceSink. Raises EvidenceError, ContainerError, StoreError."""
        reached = self._store.evidence.reached(package_id)
        signatures = self._signatures(package_id)
        if len(reached) < len(signatures):  # cut off between two time-stamps: the next pass goes on there
            return False
        room = room_for(signatures)
        for step, signed in enumerate(signatures, 1):
            if reached[step] == "T" and not self._make_lasting(package_id, step, signed.manifest, room):
                return False
        lasting = self._store.evidence.waiting_of(package_id) is None
        if lasting:
            self._store.evidence.clear_wait(package_id)
        return lasting

    def put_off(self, package_id: str, code: str, text: str) -> None:
        """See EvidenceSink: ten minutes at first, a day at most."""
        waiting = self._store.evidence.waiting_of(package_id)
        tries = waiting.tries if waiting else 0
        rest = min(LONGEST_REST, FIRST_REST * 2 ** min(tries, 8))
        self._store.evidence.put_off(package_id, instant(self._clock() + rest), code, text)

    def _make_lasting(self, package_id: str, step: int, manifest: bytes, room: int) -> bool:
        cms, trust, kept = self._store.evidence.get(package_id, step, "T"), self._trust(), self._lists.kept()
        needed = needed_for_lt(cms, trust, kept)
        until = None if needed.missing else self._lists.wait_until(needed, self._clock())
        if needed.missing or until:
            self.put_off(
                package_id, *((NO_ROOM, waiting_in_words(until)) if until else (NO_LIST, lacking(needed.missing)))
            )
            return False
        lasting = add_revocation(cms, trust, kept, room)
        if self._level(manifest, lasting) != "LT":
            self.put_off(package_id, NO_LIST, lacking(()))
            return False
        self._store.evidence.add(package_id, step, "LT", lasting, pieces_of(lasting))
        return True

    def _level(self, manifest: bytes, cms: bytes) -> str:
        from desktop.signing.sigcheck import SignatureChecker  # pyHanko is slow to load: with the first time-stamp

        return SignatureChecker(self._trust(), self._clock()).check(manifest, read_signature(cms)).level

    def _signatures(self, package_id: str) -> tuple[Signed, ...]:
        """Manifests and signatures as sealed: they all lie in the core."""
        return read(self._store.packages.get(package_id).core).signatures

    def _trust(self) -> Trust:
        return unit_trust(self._store) or Trust()


def lacking(missing: Sequence[str]) -> str:
    """What is missing for level LT ("crl:…", "certificate:…") in words."""
    words = {"crl": "danh sách thu hồi của", "certificate": "chứng thư của", "time_stamp": "dấu thời gian"}
    told = [f"{words.get(kind, kind)} {name}".strip() for kind, _, name in (item.partition(":") for item in missing)]
    return f"Còn thiếu {', '.join(told)}." if told else "Danh sách thu hồi trong máy chưa đủ. Máy chờ bản mới hơn."
