"""Investment projects: what was decided for them, told by the unit, and what its vouchers drew."""

from __future__ import annotations

from desktop.dossier.ledger import ProjectFacts
from desktop.store.database import Database
from desktop.store.standing import COMMITTED, CONFIRMED, POSTED, Without

_DRAWN = f"""
SELECT {COMMITTED} AS disbursed,
    max(budget_year) AS newest,
    count(*) AS postings
{POSTED} AND project_code = :code AND cause IN ('payment', 'return') AND standing != 'released'
"""
_IN_YEAR = (
    f"SELECT {COMMITTED} {POSTED} AND project_code = :code AND cause IN ('payment', 'return') AND budget_year = :year"
)
_OPEN = f"""
SELECT sum(amount) {POSTED} AND project_code = :code AND kind = 'advance'
    AND (amount > 0 AND {CONFIRMED} OR amount < 0 AND standing != 'released')
"""
_DECLARE = """
INSERT INTO projects VALUES (:code, :year, coalesce(:total, (SELECT total_investment FROM projects
    WHERE project_code = :code AND total_investment IS NOT NULL ORDER BY budget_year DESC LIMIT 1)), :plan)
ON CONFLICT DO UPDATE SET total_investment = coalesce(:total, total_investment, excluded.total_investment),
    plan = coalesce(:plan, plan)
"""
_PLAN = "SELECT * FROM projects WHERE project_code = ? ORDER BY budget_year DESC LIMIT 1"


class Projects:
    """Keeps total investment and yearly plan of each project, since no voucher states them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def declare(self, project_code: str, budget_year: int, total_investment: int | None, plan: int | None) -> None:
        """Set what was decided for a project in a year: tổng mức đầu tư and kế hoạch vốn, in VND.

        None leaves what was said before: of the plan in that year, of the total in any year.
        """
        given = {"code": project_code, "year": budget_year, "total": total_investment, "plan": plan}
        with self._database.transaction():
            self._database.run(_DECLARE, given)


def project_facts(database: Database, project_code: str, without: Without) -> ProjectFacts | None:
    """Return where a project stands; None when nothing was declared and nothing drawn."""
    asked = {**without, "code": project_code}
    drawn, plan = database.one(_DRAWN, asked), database.one(_PLAN, (project_code,))
    if drawn is None or (plan is None and not drawn["postings"]):
        return None
    year = plan["budget_year"] if plan is not None else drawn["newest"]
    return ProjectFacts(
        total_investment=plan["total_investment"] if plan is not None else None,
        plan_year=plan["plan"] if plan is not None else None,
        disbursed=drawn["disbursed"] or 0,
        disbursed_year=database.value(_IN_YEAR, {**asked, "year": year}) or 0,
        open_advance=database.value(_OPEN, asked) or 0,
    )
