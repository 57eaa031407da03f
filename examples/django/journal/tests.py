"""Each path sends exactly what the README's table says."""
from django.test import TestCase, override_settings

from journal.management.commands.seed import Command as Seed
from journal.testing import CardAssertions


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

    def test_middleware_for_a_part_of_the_site(self):
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


@override_settings(OGPLUS_CONNECTION_URL="http://mlghbepw.localhost:3000")
class Cards(CardAssertions, TestCase):
    @classmethod
    def setUpTestData(cls):
        Seed().handle()

    def test_a_post_has_its_card(self):
        response = self.client.get("/posts/reading-a-lighthouse/")
        self.assertOpenGraphTags(response)
        self.assertOgTag(response, "og:type", "article")
        self.assertCardOf(response, "/posts/reading-a-lighthouse/")
        self.assertKeepsCardFor(response, 86400)

    def test_the_others_are_kept_as_they_say(self):
        for path, seconds in [
            ("/", 86400),
            ("/notes/spring-tides/", 0),
            ("/projects/harbour-gauge/", 60),
            ("/events/night-of-the-lamps/", 3600),
            ("/users/ada/", 0),
            ("/about/", 600),
        ]:
            with self.subTest(path):
                self.assertKeepsCardFor(self.client.get(path), seconds)

    def test_what_is_wrong_is_said(self):
        response = self.client.get("/about/")
        with self.assertRaisesMessage(AssertionError, "kept for 600 seconds, because the page says: "):
            self.assertKeepsCardFor(response, 60)
        with self.assertRaisesMessage(AssertionError, "The page has no tag og:video."):
            self.assertOgTag(response, "og:video")
        with self.assertRaises(AssertionError):
            self.assertCardOf(response, "/")


class CompressedPages(TestCase):
    def test_the_etag_of_a_compressed_page_stays_the_same(self):
        Seed().handle()
        headers = {"HTTP_ACCEPT_ENCODING": "gzip"}
        first = self.client.get("/notes/spring-tides/", **headers)
        self.assertEqual(first["Content-Encoding"], "gzip")
        again = self.client.get("/notes/spring-tides/", HTTP_IF_NONE_MATCH=first["ETag"], **headers)
        self.assertEqual(again.status_code, 304)
