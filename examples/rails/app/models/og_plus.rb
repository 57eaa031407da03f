require "net/http"

# The service's management API, with the key for this app.
module OgPlus
  module_function

  def key? = ENV.key?("OGPLUS_API_KEY")

  # Forgets the cards of pages: the next request for one draws the page again.
  def purge(*targets)
    # The key knows one website.
    website = ask(Net::HTTP::Get, "/websites").fetch("websites").first.fetch("id")
    ask(Net::HTTP::Post, "/websites/#{website}/purges", { kind: "pages", targets: targets })
  end

  def ask(method, path, body = nil)
    uri = URI("#{ENV.fetch("OGPLUS_SERVICE")}/api/v1#{path}")
    request = method.new(uri, "Authorization" => "Bearer #{ENV.fetch("OGPLUS_API_KEY")}", "Content-Type" => "application/json")
    request.body = body.to_json if body
    response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https", open_timeout: 5, read_timeout: 10) { |http| http.request(request) }
    response.value # raises where it was refused
    JSON.parse(response.body) if response.body.present?
  end
end
