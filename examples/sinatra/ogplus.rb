require "rack/utils"

module OgPlus
  # The tags of a page and its card, for a layout's <head>. `path` is the page's, encoded as in the request.
  def og_tags(path, title:, description:, **more)
    tags = {
      "og:title" => title,
      "og:description" => description,
      "og:type" => "website",
      "og:url" => ENV.fetch("SITE_URL") + path,
      "og:image" => ENV.fetch("OGPLUS_CONNECTION_URL") + path,
      "og:image:width" => 2400,
      "og:image:height" => 1260,
      **more,
    }
    lines = tags.map { |name, content| %(<meta property="#{Rack::Utils.escape_html(name)}" content="#{Rack::Utils.escape_html(content.to_s)}">) }
    [*lines, '<meta name="twitter:card" content="summary_large_image">'].join("\n")
  end
end
