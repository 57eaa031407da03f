module OgPlusHelper
  # The tags of a page and its card, for a layout's <head>. The query is left out.
  def og_tags(title:, description:, **more)
    tags = {
      "og:title": title,
      "og:description": description,
      "og:type": "website",
      "og:url": ENV.fetch("SITE_URL") + request.path,
      "og:image": ENV.fetch("OGPLUS_CONNECTION_URL") + request.path,
      "og:image:width": 2400,
      "og:image:height": 1260,
      **more,
    }
    lines = tags.map { |property, content| tag.meta(property: property, content: content) }
    safe_join([*lines, tag.meta(name: "twitter:card", content: "summary_large_image")], "\n")
  end
end
