-- The reports of the kill tests as they are, one JSON a line.
SELECT jsonb_build_object(
    'id', a.id, 'state', a.state, 'entries', a.entries, 'words', a.words, 'self_score', a.self_score,
    'check_score', a.check_score::float,
    'evidence', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'place', e.place, 'sha256', encode(f.sha256, 'hex'), 'size', f.size, 'description', e.description)), '[]')
        FROM evidence e
        JOIN files f ON f.area_id = e.area_id AND f.id = e.file_id
        WHERE e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL
    ),
    'deeds', (
        SELECT coalesce(jsonb_object_agg(action, times), '{}')
        FROM (
            SELECT j.action, count(*) AS times
            FROM journal j
            JOIN kill_start k ON k.area_id = j.area_id AND k.number < j.number
            WHERE j.area_id = a.area_id AND j.subject = 'report/' || a.id
            GROUP BY j.action
        ) d
    ))
FROM assignments a
JOIN kill_reports k ON k.area_id = a.area_id AND k.report = a.id
ORDER BY a.id;
