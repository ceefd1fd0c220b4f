from django.db import migrations, models

MARK = "[… 已删除 · erased …]"
FORTH = f"""
CREATE FUNCTION intake_words_erased_alone() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.text IS DISTINCT FROM OLD.text AND NEW.text <> '{MARK}' THEN
        RAISE EXCEPTION 'words of a reporter are erased or stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_words_erased_alone';
    END IF;
    RETURN NEW;
END
$body$;
CREATE FUNCTION intake_place_erased_alone() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.place_text IS DISTINCT FROM OLD.place_text AND NEW.place_text <> '{MARK}' THEN
        RAISE EXCEPTION 'words of a reporter are erased or stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_words_erased_alone';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER words_erased_alone BEFORE UPDATE OF text ON intake_report
    FOR EACH ROW EXECUTE FUNCTION intake_words_erased_alone();
CREATE TRIGGER place_erased_alone BEFORE UPDATE OF place_text ON intake_report
    FOR EACH ROW EXECUTE FUNCTION intake_place_erased_alone();
CREATE TRIGGER words_erased_alone BEFORE UPDATE OF text ON intake_report_update
    FOR EACH ROW EXECUTE FUNCTION intake_words_erased_alone();
GRANT UPDATE (text, place_text) ON intake_report TO anlan_app;
GRANT UPDATE (text) ON intake_report_update TO anlan_app;
GRANT DELETE ON intake_report_photo TO anlan_app;
"""
BACK = """
REVOKE DELETE ON intake_report_photo FROM anlan_app;
REVOKE UPDATE (text) ON intake_report_update FROM anlan_app;
REVOKE UPDATE (text, place_text) ON intake_report FROM anlan_app;
DROP TRIGGER words_erased_alone ON intake_report_update;
DROP TRIGGER place_erased_alone ON intake_report;
DROP TRIGGER words_erased_alone ON intake_report;
DROP FUNCTION intake_place_erased_alone();
DROP FUNCTION intake_words_erased_alone();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0004_case_becomes_incident'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('text', MARK), _negated=True), fields=['received_at'], name='intake_report_words'),
        ),
        migrations.RunSQL(FORTH, BACK),
    ]
