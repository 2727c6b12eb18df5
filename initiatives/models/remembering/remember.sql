-- The history that the database writes. Run again after every migration (installing.py), by the role that owns the tables.
--
-- The functions run as their owner (SECURITY DEFINER), so that the role that serves needs no right to write the history,
-- and has none: it can neither add, change nor remove an event, whatever SQL it is made to run.

-- Arguments: kind, then the columns of the listing, the other listing and the person ('' where there is none), then
-- 'from_the_start' or '', then the columns to remember. A column that is not among them is never looked at.
CREATE OR REPLACE FUNCTION remember_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    columns text[] := TG_ARGV[5:];
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    whole jsonb := coalesce(after, before);
    was jsonb;
    became jsonb;
    acting jsonb := nullif(current_setting('commons.acting', true), '')::jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(name, before -> name), jsonb_object_agg(name, after -> name) INTO was, became
        FROM unnest(columns) AS name WHERE before -> name IS DISTINCT FROM after -> name;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT jsonb_object_agg(name, before -> name) INTO was FROM unnest(columns) AS name;
    ELSIF TG_ARGV[4] = 'from_the_start' THEN
        SELECT jsonb_object_agg(name, after -> name) INTO became FROM unnest(columns) AS name;
    END IF;
    INSERT INTO initiatives_historyevent
        (at, deed_key, actor, role, deed, kind, "row", listing, other, about, move, was, became)
    VALUES (
        clock_timestamp(),
        -- What is written outside of any deed is told by its transaction.
        coalesce(acting ->> 'key', md5(pg_current_xact_id()::text || now()::text))::uuid,
        (acting ->> 'actor')::bigint,
        coalesce(acting ->> 'role', 'system'),
        coalesce(acting ->> 'deed', ''),
        TG_ARGV[0],
        (whole ->> 'id')::bigint,
        (whole ->> TG_ARGV[1])::bigint,
        (whole ->> TG_ARGV[2])::bigint,
        (whole ->> TG_ARGV[3])::bigint,
        CASE TG_OP WHEN 'INSERT' THEN 'made' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
        was,
        became
    );
    RETURN NULL;
END $$;

-- Whoever owns the table has every right to it, so it has to say that it means to forget; the functions below do. For the
-- role that serves the saying changes nothing: it lacks the right.
CREATE OR REPLACE FUNCTION history_is_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('commons.forgetting', true) = 'on' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'The history is only ever added to.';
END $$;

CREATE OR REPLACE TRIGGER only_added BEFORE UPDATE OR DELETE ON initiatives_historyevent
    FOR EACH ROW EXECUTE FUNCTION history_is_only_added();

-- When a person's row goes, by whatever way, the history no longer tells who it was. Named so that it fires after the
-- trigger that remembers that the row went.
CREATE OR REPLACE FUNCTION sever_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('commons.forgetting', 'on', true);
    UPDATE initiatives_historyevent SET actor = NULL WHERE actor = OLD.id;
    UPDATE initiatives_historyevent SET about = NULL WHERE about = OLD.id;
    PERFORM set_config('commons.forgetting', '', true);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER sever_person AFTER DELETE ON initiatives_user
    FOR EACH ROW EXECUTE FUNCTION sever_person();

-- Of listings that no longer exist and that nobody but their writer ever saw. Answers how many events went.
CREATE OR REPLACE FUNCTION forget_unseen_listings(listings bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    PERFORM set_config('commons.forgetting', 'on', true);
    WITH unseen AS (
        SELECT wanted.id FROM unnest(listings) AS wanted (id)
        WHERE NOT EXISTS (SELECT FROM initiatives_initiative WHERE id = wanted.id)
        AND NOT EXISTS (
            SELECT FROM initiatives_historyevent
            WHERE listing = wanted.id AND (
                kind = 'initiative' AND 'published' IN (was ->> 'review_state', became ->> 'review_state')
                OR kind = 'reviewevent' AND 'published' IN (became ->> 'was', became ->> 'became')
            )
        )
    )
    DELETE FROM initiatives_historyevent WHERE listing IN (SELECT id FROM unseen);
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('commons.forgetting', '', true);
    RETURN gone;
END $$;

-- The rights that the role that serves has to every table are taken back from this one.
DO $$
DECLARE
    who text;
BEGIN
    FOR who IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = 'public' AND table_name = 'initiatives_historyevent'
        AND grantee NOT IN (current_user, 'PUBLIC')
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON initiatives_historyevent FROM %I', who);
    END LOOP;
END $$;
