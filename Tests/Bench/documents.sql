-- A framework of 60 indicators that the demonstration's school reports, each with figures and words for two pages.
WITH teacher AS (
    SELECT area_id, unit_id FROM members WHERE username = 'teacher' AND area_id = (SELECT id FROM areas WHERE code = 'p55-1')
), model AS (
    SELECT i.*, r.opens_on, r.due_at
    FROM teacher t
    JOIN indicators i ON i.area_id = t.area_id AND i.number = '1.1'
    JOIN indicator_rounds r ON r.area_id = i.area_id AND r.indicator_id = i.id AND r.round = 'c06'
    ORDER BY i.id
    LIMIT 1
), framework AS (
    INSERT INTO frameworks (area_id, year, name, short_name, place)
    SELECT area_id, year, 'สำหรับวัดความเร็ว', 'BENCH', 99 FROM model
    RETURNING area_id, id
), made AS (
    INSERT INTO indicators (
        area_id, year, framework_id, number, number_order, name, definition, rationale, measure, weight, value_type,
        criterion_1, criterion_2, criterion_3, criterion_4, criterion_5, formula, state, search_text, created_at
    )
    SELECT m.area_id, m.year, f.id, '1.' || n, lpad(n::text, 5, '0'), 'ร้อยละของนักเรียนที่ผ่านเกณฑ์ลำดับที่ ' || n,
        repeat('นักเรียนที่มีผลการประเมินตั้งแต่ระดับพอใช้ขึ้นไป ', 6), repeat('เป็นพื้นฐานของการเรียนรู้ทุกกลุ่มสาระ ', 4), m.measure, 1,
        m.value_type, m.criterion_1, m.criterion_2, m.criterion_3, m.criterion_4, m.criterion_5, m.formula, 'open', '',
        m.created_at
    FROM model m
    CROSS JOIN framework f
    CROSS JOIN generate_series(1, 60) AS n
    RETURNING area_id, id
), variables AS (
    INSERT INTO variables (area_id, indicator_id, place, name, label, measure, source)
    SELECT made.area_id, made.id, v.place, v.name, v.label, v.measure, v.source
    FROM made
    CROSS JOIN model
    JOIN variables v ON v.area_id = model.area_id AND v.indicator_id = model.id
), rounds AS (
    INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at)
    SELECT made.area_id, made.id, 'c06', model.opens_on, model.due_at
    FROM made
    CROSS JOIN model
    RETURNING area_id, indicator_id
)
INSERT INTO assignments (area_id, indicator_id, round, unit_id, entries, words, narrative, self_score, state, created_at)
SELECT r.area_id, r.indicator_id, 'c06', t.unit_id, jsonb_build_object('a', '281', 'b', '300'),
    repeat('จัดกิจกรรมพี่ช่วยน้องอ่านทุกวันพุธ และสอนเสริมหลังเลิกเรียน ', 8),
    jsonb_build_object(
        'supports', repeat('ผู้บริหารให้ความสำคัญ ', 6), 'obstacles', repeat('ครูไม่ครบชั้น ', 6),
        'suggestions', repeat('ควรจัดครูพี่เลี้ยง ', 6)), 4, 'draft', now()
FROM rounds r
CROSS JOIN teacher t
