-- Projections: everything the screens and the engine read about states is computed here from facts, never stored.
CREATE VIEW active_submissions AS
SELECT s.* FROM submissions s
WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id);

-- On another machine for signatures, or sent back there: the last hand-over says so.
CREATE VIEW away AS
SELECT h.submission_id FROM handovers h
WHERE h.kind IN ('out', 'back')
    AND NOT EXISTS (SELECT 1 FROM handovers x WHERE x.submission_id = h.submission_id AND x.handover_id > h.handover_id);

CREATE VIEW deliveries AS
SELECT
    o.package_id, p.local_id, o.priority, o.core_size, o.size, o.queued_at,
    COALESCE(a.id, 0) AS last_id,
    COALESCE(a.state, 'queued') AS state,
    a.next_at, a.at, a.code, a.text,
    COALESCE(a.missing, '[]') AS missing,
    EXISTS (SELECT 1 FROM attempts x WHERE x.package_id = o.package_id) AS tried,
    EXISTS (SELECT 1 FROM attempts x WHERE x.package_id = o.package_id AND x.kind = 'working') AS core_arrived,
    EXISTS (SELECT 1 FROM cancellations c WHERE c.package_id = o.package_id) AS cancelled,
    COALESCE((SELECT w.kind = 'pause' FROM wishes w WHERE w.package_id = o.package_id AND w.kind IN ('pause', 'resume')
              ORDER BY w.id DESC LIMIT 1), 0) AS paused,
    (SELECT max(w.after_event) FROM wishes w WHERE w.package_id = o.package_id AND w.kind = 'send_now') AS hurried,
    -- A part the gateway no longer misses has arrived, be it with another package.
    COALESCE((SELECT sum(CASE WHEN a.state = 'parts' AND q.sha256 NOT IN (SELECT value FROM json_each(a.missing)) THEN q.size
                              ELSE COALESCE((SELECT g.offset FROM part_progress g
                                             WHERE g.package_id = q.package_id AND g.sha256 = q.sha256), 0) END)
              FROM package_parts q WHERE q.package_id = o.package_id), 0) AS parts_sent
FROM outbox o
JOIN packages p ON p.package_id = o.package_id
LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.package_id = o.package_id);

CREATE VIEW all_paused AS
SELECT COALESCE((SELECT kind = 'pause' FROM wishes WHERE package_id IS NULL AND kind IN ('pause', 'resume')
                 ORDER BY id DESC LIMIT 1), 0) AS paused;

-- Joined from tables only: a view with a join inside would be built whole before the first row could be read.
CREATE VIEW dossier_facts AS
SELECT
    d.id, d.local_id, d.number, d.kind, d.title, d.payee, d.amount, d.budget_year, d.sources, d.errors, d.updated_at,
    d.deleted_at, s.submission_id, f.reason AS paper_reason,
    CASE WHEN f.reason IS NULL THEN COALESCE(s.steps, 0) ELSE 0 END AS steps,
    CASE WHEN f.reason IS NULL THEN (SELECT count(*) FROM signatures g WHERE g.submission_id = s.submission_id)
    ELSE 0 END AS signed,
    p.package_id, o.size, o.core_size,
    COALESCE(a.state, 'queued') AS delivery, COALESCE(a.code, '') AS code, COALESCE(a.text, '') AS text,
    r.receipt_no,
    COALESCE(h.kind IN ('out', 'back'), 0) AS away, COALESCE(h.machine, '') AS other_machine,
    u.submission_id IS NOT NULL AS guest,
    e.decision, COALESCE(e.reason, '') AS reason, e.official_code, e.seq AS decision_seq,
    CASE WHEN e.decision = 'paid' THEN json_extract(d.body, '$.case') END AS accepted_case,
    c.package_id IS NOT NULL AS cancelled,
    COALESCE((SELECT w.kind = 'pause' FROM wishes w WHERE w.package_id = p.package_id AND w.kind IN ('pause', 'resume')
              ORDER BY w.id DESC LIMIT 1), 0) AS paused,
    COALESCE(a.missing, '[]') AS missing,
    CASE WHEN a.state = 'parts' THEN o.core_size + COALESCE((
        SELECT sum(CASE WHEN q.sha256 NOT IN (SELECT value FROM json_each(a.missing)) THEN q.size
                        ELSE COALESCE((SELECT g.offset FROM part_progress g
                                       WHERE g.package_id = q.package_id AND g.sha256 = q.sha256), 0) END)
        FROM package_parts q WHERE q.package_id = p.package_id), 0)
    ELSE 0 END AS sent
FROM drafts d
LEFT JOIN submissions s ON s.submission_id = (
    SELECT max(x.submission_id) FROM submissions x WHERE x.local_id = d.local_id
    AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = x.submission_id))
LEFT JOIN paper_filings f ON f.submission_id = s.submission_id
LEFT JOIN guests u ON u.submission_id = s.submission_id
LEFT JOIN handovers h ON h.handover_id = (
    SELECT max(x.handover_id) FROM handovers x WHERE x.submission_id = s.submission_id)
LEFT JOIN packages p ON p.submission_id = s.submission_id
LEFT JOIN outbox o ON o.package_id = p.package_id
LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.package_id = p.package_id)
LEFT JOIN receipts r ON r.package_id = p.package_id
LEFT JOIN cancellations c ON c.package_id = p.package_id
LEFT JOIN feed_events e ON e.seq = (
    SELECT max(x.seq) FROM feed_events x WHERE x.package_id = p.package_id AND x.kind = 'decision');

-- The same rule as desktop.dossier.lifecycle.project, so that lists can be filtered in SQL; a test keeps the two equal.
CREATE VIEW dossier_states AS
SELECT f.*,
    CASE
        WHEN decision IN ('paid', 'returned', 'supplement') THEN decision
        WHEN decision = 'mismatch' THEN 'returned'
        WHEN decision IS NOT NULL OR receipt_no IS NOT NULL THEN 'accepted'
        WHEN delivery = 'refused' THEN 'refused'
        WHEN cancelled THEN 'cancelled'
        WHEN package_id IS NOT NULL THEN CASE
            WHEN delivery = 'doubtful' THEN 'doubtful'
            WHEN delivery = 'sending' OR delivery = 'parts' AND missing != '[]' THEN 'sending'
            WHEN delivery = 'queued' THEN 'sealed'
            ELSE 'sent' END
        WHEN paper_reason IS NOT NULL THEN 'paper'
        WHEN submission_id IS NOT NULL THEN CASE WHEN signed >= steps AND NOT guest THEN 'sealed' ELSE 'to_sign' END
        ELSE 'draft'
    END AS state
FROM dossier_facts f
WHERE deleted_at IS NULL;

-- Dossiers in the file of a closed year: submitted ones are deleted in no other way. The list does not show them.
CREATE VIEW put_away AS
SELECT d.local_id FROM drafts d INDEXED BY drafts_gone
WHERE d.deleted_at IS NOT NULL AND EXISTS (SELECT 1 FROM submissions s WHERE s.local_id = d.local_id
    AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id));

-- What the list counts and filters by, read from indexes alone; a test holds `standing` and dossier_states equal.
CREATE VIEW decided AS
SELECT p.local_id, e.decision,
    CASE WHEN e.decision = 'mismatch' THEN 'returned' WHEN e.decision IN ('paid', 'returned', 'supplement') THEN e.decision
         ELSE 'accepted' END AS state
FROM feed_events e JOIN packages p INDEXED BY packages_ids ON p.package_id = e.package_id
WHERE e.kind = 'decision' AND NOT EXISTS (
    SELECT 1 FROM feed_events l INDEXED BY feed_events_decisions
    WHERE l.package_id = e.package_id AND l.kind = 'decision' AND l.seq > e.seq)
    AND p.local_id NOT IN (SELECT local_id FROM put_away);

CREATE VIEW undecided AS
SELECT p.package_id, p.local_id FROM packages p INDEXED BY packages_ids
WHERE NOT EXISTS (
    SELECT 1 FROM feed_events e INDEXED BY feed_events_decisions WHERE e.package_id = p.package_id AND e.kind = 'decision')
    AND p.local_id NOT IN (SELECT local_id FROM put_away);

CREATE VIEW unpackaged AS
SELECT s.submission_id, s.local_id FROM active_submissions s
WHERE s.submission_id NOT IN (SELECT p.submission_id FROM packages p)
    AND s.local_id NOT IN (SELECT local_id FROM put_away);

CREATE VIEW unsubmitted AS
SELECT d.local_id, d.errors > 0 AS faulty FROM drafts d INDEXED BY drafts_live
WHERE d.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM active_submissions s WHERE s.local_id = d.local_id);

CREATE VIEW in_hand AS
SELECT u.local_id FROM undecided u WHERE NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = u.package_id)
UNION ALL
SELECT u.local_id FROM unpackaged u
WHERE NOT EXISTS (SELECT 1 FROM paper_filings f WHERE f.submission_id = u.submission_id);

CREATE VIEW standing AS
SELECT local_id, state, 0 AS faulty FROM decided
UNION ALL
SELECT u.local_id, 'accepted', 0 FROM undecided u JOIN receipts r USING (package_id)
UNION ALL
SELECT u.local_id, 'paper', 0 FROM unpackaged u JOIN paper_filings f USING (submission_id)
UNION ALL
SELECT local_id, 'draft', faulty FROM unsubmitted
UNION ALL
SELECT f.local_id, f.state, 0 FROM dossier_states f WHERE f.local_id IN (SELECT local_id FROM in_hand);

-- How many dossiers are in each state, each package looked at once; the same as grouping `standing`, in half the time.
CREATE VIEW counted AS
WITH last AS MATERIALIZED (
    SELECT p.package_id, p.local_id,
        (SELECT e.decision FROM feed_events e INDEXED BY feed_events_decisions
         WHERE e.package_id = p.package_id AND e.kind = 'decision' ORDER BY e.seq DESC LIMIT 1) AS decision
    FROM packages p INDEXED BY packages_ids WHERE p.local_id NOT IN (SELECT local_id FROM put_away)),
waiting AS MATERIALIZED (
    SELECT l.local_id, EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = l.package_id) AS received
    FROM last l WHERE l.decision IS NULL),
loose AS MATERIALIZED (
    SELECT u.local_id, EXISTS (SELECT 1 FROM paper_filings f WHERE f.submission_id = u.submission_id) AS paper
    FROM unpackaged u)
SELECT CASE WHEN decision = 'mismatch' THEN 'returned' WHEN decision IN ('paid', 'returned', 'supplement') THEN decision
            ELSE 'accepted' END AS state, 0 AS faulty, count(*) AS many
FROM last WHERE decision IS NOT NULL GROUP BY decision
UNION ALL
SELECT 'accepted', 0, count(*) FROM waiting WHERE received
UNION ALL
SELECT 'paper', 0, count(*) FROM loose WHERE paper
UNION ALL
SELECT 'draft', faulty, count(*) FROM unsubmitted GROUP BY faulty
UNION ALL
SELECT f.state, 0, count(*) FROM dossier_states f
WHERE f.local_id IN (SELECT local_id FROM waiting WHERE NOT received UNION ALL SELECT local_id FROM loose WHERE NOT paper)
GROUP BY f.state;

-- Submitted in place of another package, and neither withdrawn, cancelled, refused nor returned itself.
CREATE VIEW live_corrections AS
SELECT n.replaces, n.local_id, n.submission_id FROM submissions n
LEFT JOIN packages q ON q.submission_id = n.submission_id
WHERE n.replaces IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = n.submission_id)
    AND NOT EXISTS (SELECT 1 FROM cancellations x WHERE x.package_id = q.package_id)
    AND NOT (EXISTS (SELECT 1 FROM attempts t WHERE t.package_id = q.package_id AND t.state = 'refused')
             AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = q.package_id))
    AND NOT EXISTS (SELECT 1 FROM feed_events e WHERE e.package_id = q.package_id AND e.decision IN ('returned', 'mismatch'));

-- Held from «Trình ký» until the Treasury's word; released when nothing will come of it. A guest holds nothing here.
CREATE VIEW submission_standing AS
SELECT s.submission_id, s.local_id, s.at, p.package_id, date(e.at, '+7 hours') AS decided_on, e.applied_at, e.amount AS accepted,
    CASE
        WHEN EXISTS (SELECT 1 FROM cancellations x WHERE x.package_id = p.package_id) THEN 'released'
        WHEN e.decision IN ('returned', 'mismatch') THEN 'released'
        -- Its correction holds the money now.
        WHEN e.decision = 'supplement' AND EXISTS (SELECT 1 FROM live_corrections n WHERE n.replaces = p.package_id)
            THEN 'released'
        WHEN e.decision = 'paid' THEN 'paid'
        WHEN EXISTS (SELECT 1 FROM attempts t WHERE t.package_id = p.package_id AND t.state = 'refused')
             AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = p.package_id) THEN 'released'
        ELSE 'held'
    END AS standing
FROM submissions s
LEFT JOIN packages p ON p.submission_id = s.submission_id
LEFT JOIN feed_events e ON e.seq = (
    SELECT max(x.seq) FROM feed_events x WHERE x.package_id = p.package_id AND x.kind = 'decision')
WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission_id = s.submission_id)
    AND NOT EXISTS (SELECT 1 FROM guests u WHERE u.submission_id = s.submission_id);

-- Booked once the balance change for the same line arrived: then the Treasury's figure counts and ours no more.
CREATE VIEW posting_standing AS
SELECT
    c.submission_id, c.position, c.kind, c.cause, c.budget_year, c.account, c.econ, c.chapter, c.sector, c.source,
    c.contract_no, c.project_code, c.program, c.document_no, c.date, c.advance_no, c.content,
    -- The Treasury may accept less than was asked to be settled (Điều 6.2.e): the first lines take what it accepted.
    -- With a voucher beside it, its amount says nothing of the settlement.
    CASE WHEN c.cause = 'settlement' AND s.standing = 'paid' AND s.accepted > 0 AND NOT EXISTS (
        SELECT 1 FROM postings v WHERE v.submission_id = c.submission_id AND v.cause = 'payment')
    THEN (CASE WHEN c.amount < 0 THEN -1 ELSE 1 END) * max(0, min(abs(c.amount), s.accepted - COALESCE((
        SELECT sum(abs(x.amount)) FROM postings x WHERE x.submission_id = c.submission_id AND x.cause = 'settlement'
        AND x.kind = c.kind AND x.accepted = c.accepted AND x.position < c.position), 0)))
    ELSE c.amount END AS amount,
    s.local_id, s.package_id, s.decided_on,
    CASE WHEN EXISTS (
        SELECT 1 FROM feed_events b INDEXED BY feed_events_package
        WHERE b.package_id = s.package_id AND b.kind = 'balance'
        AND b.budget_year = c.budget_year AND b.account = c.account AND b.source = c.source AND b.sector = c.sector
        AND b.seq NOT IN (SELECT seq FROM retold_changes))
    AND s.standing != 'released' THEN 'booked' ELSE s.standing END AS standing
FROM postings c
JOIN submission_standing s ON s.submission_id = c.submission_id
WHERE c.accepted = EXISTS (SELECT 1 FROM accepted_submissions a WHERE a.submission_id = c.submission_id);
