from django.db import models
from django.urls import reverse


class Entry(models.Model):
    """Something to read. Its kind decides under which path it lies, and so how its page sets caching."""

    KINDS = [(kind, kind) for kind in ("post", "note", "project", "event")]

    kind = models.CharField(max_length=10, choices=KINDS)
    slug = models.SlugField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240)
    body = models.TextField()
    author = models.SlugField()
    hue = models.PositiveSmallIntegerField(default=210)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_slug_a_kind")]

    def get_absolute_url(self):
        return reverse(self.kind, kwargs={"slug": self.slug})

    @property
    def version(self):
        """Changes whenever the row does; fit for an ETag and for og:plus:cache:etag."""
        return f"{self.kind}-{self.pk}-{self.updated_at.timestamp():.6f}"
