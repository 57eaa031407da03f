"""Each path sends exactly what the README's table says."""
from django.test import TestCase, override_settings

from journal.management.commands.seed import Command as Seed


class Headers(TestCase):
    @classmethod
    def setUpTestData(cls):
        Seed().handle()

    def sends(self, path, **expected):
        response = self.client.get(path)
        self.assertEqual(response.status_code, 200)
        for name in ("Cache-Control", "ETag", "Last-Modified"):
            want = expected.get(name.replace("-", "_"))
            if want is any:
                self.assertTrue(response.get(name), name)
            elif want is None:
                self.assertIsNone(response.get(name), name)
            else:
                self.assertEqual({p.strip() for p in response[name].split(",")}, set(want), name)
        return response

    def test_decorator_on_a_function_view(self):
        self.sends("/", Cache_Control={"max-age=86400", "public"})

    def test_decorator_on_a_class_based_view(self):
        self.sends("/posts/reading-a-lighthouse/", Cache_Control={"max-age=86400", "public"})

    def test_conditional_get_middleware(self):
        response = self.sends("/notes/spring-tides/", Cache_Control={"no-cache"}, ETag=any)
        again = self.client.get("/notes/spring-tides/", HTTP_IF_NONE_MATCH=response["ETag"])
        self.assertEqual(again.status_code, 304)

    def test_headers_by_hand(self):
        response = self.sends("/projects/harbour-gauge/", Cache_Control={"public", "max-age=60"}, ETag=any)
        again = self.client.get("/projects/harbour-gauge/", HTTP_IF_NONE_MATCH=response["ETag"])
        self.assertEqual(again.status_code, 304)

    def test_only_last_modified(self):
        response = self.sends("/archive/", Last_Modified=any)
        again = self.client.get("/archive/", HTTP_IF_MODIFIED_SINCE=response["Last-Modified"])
        self.assertEqual(again.status_code, 304)

    def test_meta_tags_instead_of_headers(self):
        response = self.sends("/events/night-of-the-lamps/")
        self.assertContains(response, '<meta property="og:plus:cache:max_age" content="3600">')
        self.assertContains(response, '<meta property="og:plus:cache:etag" content="event-')

    def test_no_store(self):
        self.sends("/users/ada/", Cache_Control={"no-store"})

    def test_static_page(self):
        self.sends("/about/", Cache_Control={"public", "max-age=600", "stale-while-revalidate=86400"})


class OpenGraph(TestCase):
    @override_settings(OGPLUS_CONNECTION_URL="http://mlghbepw.localhost:3000")
    def test_the_image_is_the_connection_address_with_path_and_query(self):
        response = self.client.get("/about/?a=1&b=2")
        self.assertContains(
            response, '<meta property="og:image" content="http://mlghbepw.localhost:3000/about/?a=1&amp;b=2">'
        )

    @override_settings(OGPLUS_CONNECTION_URL="")
    def test_there_is_no_image_without_a_connection(self):
        self.assertNotContains(self.client.get("/about/"), "og:image")
