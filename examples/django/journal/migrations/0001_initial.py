from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("post", "post"), ("note", "note"), ("project", "project"), ("event", "event")],
                        max_length=10,
                    ),
                ),
                ("slug", models.SlugField()),
                ("title", models.CharField(max_length=120)),
                ("summary", models.CharField(max_length=240)),
                ("body", models.TextField()),
                ("author", models.SlugField()),
                ("hue", models.PositiveSmallIntegerField(default=210)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={"ordering": ["-updated_at", "slug"]},
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("kind", "slug"), name="one_slug_a_kind"),
        ),
    ]
