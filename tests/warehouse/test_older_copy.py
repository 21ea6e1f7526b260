"""A copy that an older program published is told as one; a wrong query keeps its error."""

import duckdb
import pytest

from fengkou import operations, reads
from fengkou.home import Home
from pipelines.digest.contents import Period
from warehouse.older_copy import OlderCopyError


def _publish_as_if(home: Home, change: str) -> None:
    """Publish, and let the copy be as a program made it that did not know better."""
    file = operations.publish_home(home).file
    file.chmod(0o600)
    with duckdb.connect(str(file)) as con:
        con.execute(change)


def test_a_copy_from_before_a_table_is_told_with_what_makes_it_anew(built_home: Home) -> None:
    _publish_as_if(built_home, "DROP VIEW core.topic_names")
    with pytest.raises(OlderCopyError, match=r"lacks core\.topic_names\. .* fengkou build"):
        operations.write_digest_at(built_home, None, Period.HOUR)
    operations.build(built_home)
    assert operations.write_digest_at(built_home, None, Period.HOUR).digest.topics


def test_a_copy_from_before_a_column_is_told_too(built_home: Home) -> None:
    _publish_as_if(
        built_home, "UPDATE ops.tables SET version = '0-x' WHERE table_name = 'core.stays'"
    )
    with (
        pytest.raises(OlderCopyError, match=r"core\.stays as it is made now"),
        reads.reading(built_home) as con,
    ):
        con.execute("SELECT no_column FROM core.stays")


def test_a_wrong_query_of_a_whole_copy_keeps_its_error(built_home: Home) -> None:
    operations.publish_home(built_home)
    with pytest.raises(duckdb.CatalogException), reads.reading(built_home) as con:
        con.execute("SELECT * FROM core.no_table")
