"""Database and system codes become words once, and the words follow the house rules."""

import errno

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.errors import MESSAGES, FactError, from_database, from_system


def failed(sql: str) -> sqlcipher.Error:
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL)")
    connection.execute("CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'fact_immutable'); END")
    connection.execute("INSERT INTO t VALUES (1, 'bi mat')")
    with pytest.raises(sqlcipher.Error) as error:
        connection.execute(sql)
    connection.close()
    return error.value


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("INSERT INTO t VALUES (1, 'x')", "constraint"),
        ("INSERT INTO t VALUES (2, NULL)", "constraint"),
        ("DELETE FROM t", "fact_immutable"),
        ("SELECT nothing FROM nowhere", "store_fault"),
        ("ATTACH '/no/such/folder/x' AS y", "cannot_open"),
    ],
)
def test_database_errors(sql: str, code: str) -> None:
    error = from_database(failed(sql))
    assert error.code == code
    assert error.message == MESSAGES[code]
    assert isinstance(error, FactError) == (code == "fact_immutable")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.ENOENT, "no_store"),
        (errno.EIO, "disk_error"),
        (errno.ENODEV, "disk_gone"),
        (errno.EBUSY, "file_locked"),
        (None, "disk_error"),
    ],
)
def test_system_errors(number: int | None, code: str) -> None:
    assert from_system(OSError(number, "/home/ai/bi-mat")).code == code
    assert "bi-mat" not in str(from_system(OSError(number, "/home/ai/bi-mat")))


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_messages_are_at_most_two_calm_sentences(code: str) -> None:
    message = MESSAGES[code]
    assert message.endswith(".")
    assert message.count(". ") <= 1
    assert "!" not in message
