"""What crews tell: when it happened by their own clock, photos and voice notes."""

import django.db.models.deletion
from django.db import migrations, models

import anlan.kernel.identifiers
import anlan.kernel.rows
from anlan.kernel.secure_tables import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ("dispatch", "0006_recommendations_by_card"),
    ]

    operations = [
        migrations.AddField(
            model_name="incidentstep",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_at__isnull", True),
                    ("told_at__lte", models.F("made_at")),
                    _connector="OR",
                ),
                name="dispatch_incident_step_not_told_later",
            ),
        ),
        migrations.CreateModel(
            name="IncidentAttachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=anlan.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.BigIntegerField()),
                ("street", anlan.kernel.rows.StreetField(editable=False)),
                ("ordinal", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("content_type", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                ("seconds", models.SmallIntegerField(null=True)),
                ("call_sign", models.CharField(max_length=24)),
                ("added_by", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="dispatch.incident",
                    ),
                ),
            ],
            options={
                "db_table": "dispatch_incident_attachment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("incident", "ordinal"), name="dispatch_incident_attachment_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__range", (1, 60))),
                        name="dispatch_incident_attachment_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["PHOTO", "VOICE"])),
                        name="dispatch_incident_attachment_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True),
                            ("told_at__lte", models.F("added_at")),
                            _connector="OR",
                        ),
                        name="dispatch_incident_attachment_not_told_later",
                    ),
                ],
            },
        ),
        SecureTable("dispatch_incident_attachment", append_only=True),
    ]
