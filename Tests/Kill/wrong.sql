-- What must never be, one sentence a line; nothing is well.
SELECT 'report ' || id || ' is ' || state || ' without who confirmed it, when, from which definition or with what result'
FROM assignments
WHERE state IN ('confirmed', 'checked')
    AND id IN (SELECT report FROM kill_reports)
    AND (confirmed_at IS NULL OR confirmed_by IS NULL OR coalesce(confirmed_name, '') = '' OR self_score IS NULL
        OR basis IS NULL OR result IS NULL OR score IS NULL)
UNION ALL
SELECT 'report ' || id || ' is ' || state || ', and confirmed all the same'
FROM assignments
WHERE state IN ('waiting', 'draft', 'returned', 'missed') AND (confirmed_at IS NOT NULL OR result IS NOT NULL)
UNION ALL
SELECT 'report ' || id || ' is ' || state || ' with half of a check'
FROM assignments
WHERE (state = 'checked') <> (check_score IS NOT NULL AND checked_at IS NOT NULL AND checked_name IS NOT NULL)
UNION ALL
SELECT 'report ' || a.id || ' is ' || a.state || ' with evidence that nobody described'
FROM assignments a
JOIN evidence e ON e.area_id = a.area_id AND e.assignment_id = a.id
WHERE a.state IN ('confirmed', 'checked') AND e.removed_at IS NULL AND e.description = ''
UNION ALL
SELECT 'report ' || assignment_id || ' has ' || count(*) || ' pieces of evidence at place ' || place
FROM evidence
WHERE removed_at IS NULL
GROUP BY area_id, assignment_id, place
HAVING count(*) > 1
UNION ALL
SELECT 'evidence ' || e.id || ' names no file'
FROM evidence e
LEFT JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
WHERE f.id IS NULL
UNION ALL
SELECT 'file ' || f.id || ' is stored, and nothing names it: half a deed'
FROM files f
LEFT JOIN evidence e ON e.area_id = f.area_id AND e.file_id = f.id
LEFT JOIN indicator_documents d ON d.area_id = f.area_id AND d.file_id = f.id
WHERE e.id IS NULL AND d.file_id IS NULL AND f.uploader_name <> ''
UNION ALL
SELECT 'round ' || r.round || ' of indicator ' || r.indicator_id || ' counts ' || r.confirmed || '/' || r.checked || '/'
    || r.assigned || ' and ' || r.score_sum || ', and there are ' || n.confirmed || '/' || n.checked || '/' || n.assigned
    || ' and ' || n.score_sum
FROM indicator_rounds r
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.state IN ('confirmed', 'checked')) AS confirmed,
        count(*) FILTER (WHERE a.state = 'checked') AS checked, count(*) AS assigned,
        coalesce(sum(a.check_score), 0) AS score_sum
    FROM assignments a
    WHERE a.area_id = r.area_id AND a.indicator_id = r.indicator_id AND a.round = r.round
) n
WHERE (r.confirmed, r.checked, r.assigned, r.score_sum) IS DISTINCT FROM
    (n.confirmed::int, n.checked::int, n.assigned::int, n.score_sum)
UNION ALL
SELECT 'the record of area ' || h.area_id || ' ends at ' || coalesce(max(j.number), 0) || ', its head says ' || h.number
FROM journal_heads h
LEFT JOIN journal j ON j.area_id = h.area_id
GROUP BY h.area_id, h.number
HAVING coalesce(max(j.number), 0) <> h.number OR count(j.number) <> h.number
UNION ALL
SELECT 'job ' || id || ' (' || kind || ') is held until ' || leased_until
FROM jobs
WHERE leased_until > now() + interval '61 seconds'
UNION ALL
SELECT 'job ' || id || ' (' || kind || ') was given up: ' || last_error
FROM jobs
WHERE failed_at IS NOT NULL;
